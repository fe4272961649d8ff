import { choice, group, textField } from '../../fields/builders';
import { withFormat, type Format, type Mismatch } from '../../fields/formats';

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

/** What a number of one type must be. */
interface NumberFormat extends Mismatch {
  allowed: RegExp;
}

const digitsOnly = (least: number, most = least): NumberFormat => ({
  allowed: new RegExp(`^\\d{${least},${most}}$`),
  expected: least === most ? `${least} digits` : `${least} to ${most} digits`,
  digits: least,
});

const lettersAndDigits = (least: number, most = least): NumberFormat => ({
  allowed: new RegExp(`^[A-Z0-9]{${least},${most}}$`),
  expected: `${least === most ? least : `${least} to ${most}`} capital letters and digits`,
});

const like = (example: string, allowed: RegExp): NumberFormat => ({
  allowed,
  expected: `letters and digits as in ${example}`,
});

/**
 * https://plaid.com/docs/identity-verification/hybrid-input-validation/#id-numbers, without China's, whose format has
 * alternatives.
 */
const NUMBER_FORMATS: Readonly<Record<string, NumberFormat>> = {
  us_ssn: digitsOnly(9),
  us_ssn_last_4: digitsOnly(4),
  ar_dni: digitsOnly(8, 10),
  au_drivers_license: lettersAndDigits(6, 11),
  au_passport: lettersAndDigits(7, 9),
  br_cpf: digitsOnly(11),
  ca_sin: digitsOnly(9),
  cl_run: like('12345678K', /^\d{7,8}[0-9Kk]$/),
  co_nit: digitsOnly(8, 10),
  dk_cpr: digitsOnly(9, 11),
  eg_national_id: digitsOnly(14),
  es_dni: like('12345678A', /^\d{8}[A-Z]$/),
  es_nie: like('A1234567B', /^[A-Z]\d{7}[A-Z]$/),
  hk_hkid: lettersAndDigits(8, 9),
  in_pan: like('ABCDE1234F', /^[A-Z]{5}\d{4}[A-Z]$/),
  in_epic: like('ABC1234567', /^[A-Z]{3}\d{7}$/),
  it_cf: like('ABCDEF12G34H567I', /^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/),
  jo_civil_id: digitsOnly(10, 14),
  jp_my_number: digitsOnly(12),
  ke_huduma_namba: digitsOnly(10),
  kw_civil_id: digitsOnly(12),
  mx_curp: like('ABCD123456EFGHIJ01', /^[A-Z]{4}\d{6}[A-Z]{6}[A-Z\d]\d$/),
  mx_rfc: like('ABCD123456E78', /^[A-Z]{4}\d{6}[A-Z\d]{3}$/),
  my_nric: digitsOnly(12),
  ng_nin: digitsOnly(11),
  nz_drivers_license: like('AB123456', /^[A-Z]{2}\d{6}$/),
  om_civil_id: digitsOnly(8, 9),
  ph_psn: digitsOnly(12),
  pl_pesel: digitsOnly(11),
  ro_cnp: digitsOnly(13),
  sa_national_id: lettersAndDigits(10),
  se_pin: digitsOnly(9, 12),
  sg_nric: like('A1234567B', /^[A-Z]\d{7}[A-Z]$/),
  tr_tc_kimlik: digitsOnly(11),
  za_smart_id: digitsOnly(13),
};

/** Of any type, a number has all spaces, periods and hyphens stripped. */
const STRIPPED: NumberFormat = {
  allowed: /^[\p{L}\p{N}]+$/u,
  expected: 'only letters and digits, without spaces or hyphens',
};

const numberOfItsType: Format = (text, { type }) => {
  const known = typeof type === 'string' && Object.hasOwn(NUMBER_FORMATS, type);
  const { allowed, expected, digits: least } = (known && NUMBER_FORMATS[type]) || STRIPPED;
  return allowed.test(text)
    ? undefined
    : { expected: known ? `${expected} because type is "${type}"` : expected, digits: least };
};

/** An identity number, alone or as a list entry. */
export const idNumberMembers = {
  value: withFormat(
    textField({
      name: 'Number',
      description: 'The number, letters and digits only',
      secret: true,
    }),
    numberOfItsType,
  ),
  type: idNumberType,
};

export const idNumber = group(
  { name: 'ID Number', description: 'A number that identifies the person, such as the SSN' },
  idNumberMembers,
);
