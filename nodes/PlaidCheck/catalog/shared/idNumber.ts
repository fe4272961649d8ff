import { choice, group, textField } from '../../fields/builders';

/** SDK 47, IDNumberType. */
const idNumberType = choice(
  { name: 'Type', description: 'The country and the type of the number' },
  {
    us_ssn: { name: 'US Social Security Number (SSN)', description: 'All nine digits' },
    us_ssn_last_4: { name: 'US Social Security Number (SSN), Last Four Digits' },
    ar_dni: 'Argentina: DNI',
    au_drivers_license: "Australia: Driver's License",
    au_passport: 'Australia: Passport',
    br_cpf: 'Brazil: CPF',
    ca_sin: 'Canada: SIN',
    cl_run: 'Chile: RUN',
    cn_resident_card: 'China: Resident Card',
    co_nit: 'Colombia: NIT',
    dk_cpr: 'Denmark: CPR',
    eg_national_id: 'Egypt: National ID',
    es_dni: 'Spain: DNI',
    es_nie: 'Spain: NIE',
    hk_hkid: 'Hong Kong: HKID',
    in_pan: 'India: PAN',
    in_epic: 'India: EPIC',
    it_cf: 'Italy: Codice Fiscale',
    jo_civil_id: 'Jordan: Civil ID',
    jp_my_number: 'Japan: My Number',
    ke_huduma_namba: 'Kenya: Huduma Namba',
    kw_civil_id: 'Kuwait: Civil ID',
    mx_curp: 'Mexico: CURP',
    mx_rfc: 'Mexico: RFC',
    my_nric: 'Malaysia: NRIC',
    ng_nin: 'Nigeria: NIN',
    nz_drivers_license: "New Zealand: Driver's License",
    om_civil_id: 'Oman: Civil ID',
    ph_psn: 'Philippines: PSN',
    pl_pesel: 'Poland: PESEL',
    ro_cnp: 'Romania: CNP',
    sa_national_id: 'Saudi Arabia: National ID',
    se_pin: 'Sweden: PIN',
    sg_nric: 'Singapore: NRIC',
    tr_tc_kimlik: 'Turkey: TC Kimlik',
    za_smart_id: 'South Africa: Smart ID',
  },
);

/** An identity number, alone or as a list entry. */
export const idNumberMembers = {
  value: textField({
    name: 'Number',
    description: 'The number, letters and digits only',
    secret: true,
  }),
  type: idNumberType,
};

export const idNumber = group(
  { name: 'ID Number', description: 'A number that identifies the person, such as the SSN' },
  idNumberMembers,
);
