import type { JsonObject, JsonValue } from 'n8n-workflow';

/** A number of each type that Plaid accepts (https://plaid.com/docs/identity-verification/hybrid-input-validation/). */
export const ID_NUMBERS: Readonly<Record<string, string>> = {
  us_ssn: '078051120',
  us_ssn_last_4: '0012',
  ar_dni: '12345678',
  au_drivers_license: 'AB1234',
  au_passport: 'PA1234567',
  br_cpf: '12345678901',
  ca_sin: '123456789',
  cl_run: '12345678K',
  cn_resident_card: '110101199003070011',
  co_nit: '123456789',
  dk_cpr: '0101901234',
  eg_national_id: '12345678901234',
  es_dni: '12345678A',
  es_nie: 'X1234567L',
  hk_hkid: 'A1234567',
  in_pan: 'ABCDE1234F',
  in_epic: 'ABC1234567',
  it_cf: 'RSSMRA85T10A562S',
  jo_civil_id: '1234567890',
  jp_my_number: '123456789012',
  ke_huduma_namba: '1234567890',
  kw_civil_id: '123456789012',
  mx_curp: 'ABCD850101HDFRRL09',
  mx_rfc: 'ABCD850101AB1',
  my_nric: '850101012345',
  ng_nin: '12345678901',
  nz_drivers_license: 'AB123456',
  om_civil_id: '12345678',
  ph_psn: '123456789012',
  pl_pesel: '85010112345',
  ro_cnp: '1850101123456',
  sa_national_id: '1234567890',
  se_pin: '198501011234',
  sg_nric: 'S1234567D',
  tr_tc_kimlik: '12345678901',
  za_smart_id: '8501015800087',
};

const EMAIL = 'ada@example.com';
const URL = 'https://example.com/done';
const CATEGORIES = ['EARNED_INCOME.SALARY', 'BENEFITS.*', '*'];

/** A text that Plaid accepts in a field, by the end of the field's path; told here independently of the catalog. */
const TEXTS: ReadonlyArray<[RegExp, (value: string, siblings: JsonObject) => string]> = [
  [/^user_id$/, (value) => (value.startsWith('usr_') ? value : `usr_${value}`)],
  [/^language$/, (value) => (/^[a-z]{2}$/.test(value) ? value : 'en')],
  [/^user\.phone_number$/, () => '+14155550100'],
  [/^user\.email_address$|\bemails\[\](\.data)?$/, () => EMAIL],
  [/\bdate_of_birth$/, (value) => (value > '2020' ? '1990-01-31' : value)],
  [/^user\.address\.country$|\bprimary_address\.country$/, () => 'US'],
  [/^user\.address\.region$/, () => 'CA'],
  [/\bpostal_code$/, () => '02134'],
  [/^user\.address\.street$/, () => '1 First Street'],
  [/^user\.address\.city$/, () => 'Boston'],
  [/\bid_numbers?(\[\])?\.value$/, (value, { type }) => ID_NUMBERS[String(type)] ?? value],
  [/\bssn_full$/, () => '078-05-1120'],
  [/^(redirect_uri|resource|hosted_link\.completion_redirect_uri)$/, () => URL],
  [/^options\.transactions_end_date$/, (value) => (value > '2020' ? '2020-02-03' : value)],
  [/^expiration_time$/, () => new Date(Date.now() + 3_600_000).toISOString()],
  [/^scope$/, (value) => (/^[A-Z]+_[A-Z]+$/.test(value) ? value : 'user:read exchange')],
  [/\b(in|ex)cluded_categories\[\]$/, (value) => CATEGORIES[value.length % 3] ?? '*'],
];

/** A request whose texts have the formats that Plaid states. */
export const withFormats = <T extends object>(body: T): T =>
  formatted(body as JsonObject, '', {}) as T;

function formatted(value: JsonValue, at: string, siblings: JsonObject): JsonValue {
  if (typeof value === 'string') {
    const [, valid] = TEXTS.find(([field]) => field.test(at)) ?? [];
    return valid ? valid(value, siblings) : value;
  }
  if (Array.isArray(value)) {
    return value.map((entry) => formatted(entry, `${at}[]`, siblings));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      formatted(member, at ? `${at}.${name}` : name, value),
    ]),
  );
}
