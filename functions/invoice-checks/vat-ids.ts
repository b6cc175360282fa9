/** The form of a country's VAT ID, without blanks, points and hyphens. */
interface Form {
  readonly pattern: RegExp;
  readonly words: string;
}

/**
 * Directive 2006/112/EC art. 215 and the structures that VIES tells (ec.europa.eu/taxation_customs/vies, question 11); HMRC for the United Kingdom,
 * ESTV for Switzerland, the qualified invoice issuers of Japan. A country that is not here is not judged.
 */
export const VAT_IDS: Readonly<Record<string, Form>> = {
  AT: form(/^ATU\d{8}$/, 'ATU and 8 digits'),
  BE: form(/^BE[01]\d{9}$/, 'BE and 10 digits, the first 0 or 1'),
  BG: form(/^BG\d{9,10}$/, 'BG and 9 or 10 digits'),
  CH: form(/^CHE\d{9}(MWST|TVA|IVA)?$/, 'CHE, 9 digits and MWST, TVA or IVA'),
  CY: form(/^CY\d{8}[A-Z]$/, 'CY, 8 digits and a letter'),
  CZ: form(/^CZ\d{8,10}$/, 'CZ and 8 to 10 digits'),
  DE: form(/^DE\d{9}$/, 'DE and 9 digits'),
  DK: form(/^DK\d{8}$/, 'DK and 8 digits'),
  EE: form(/^EE\d{9}$/, 'EE and 9 digits'),
  ES: form(/^ES[A-Z0-9]\d{7}[A-Z0-9]$/, 'ES and 9 characters, the inner 7 digits'),
  FI: form(/^FI\d{8}$/, 'FI and 8 digits'),
  FR: form(/^FR[A-HJ-NP-Z0-9]{2}\d{9}$/, 'FR, 2 characters and 9 digits'),
  GB: form(/^(GB|XI)(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, 'GB (XI in Northern Ireland) and 9 or 12 digits'),
  GR: form(/^EL\d{9}$/, 'EL and 9 digits'),
  HR: form(/^HR\d{11}$/, 'HR and 11 digits'),
  HU: form(/^HU\d{8}$/, 'HU and 8 digits'),
  IE: form(/^IE(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, 'IE and 8 or 9 characters'),
  IT: form(/^IT\d{11}$/, 'IT and 11 digits'),
  JP: form(/^T\d{13}$/, 'T and 13 digits'),
  LT: form(/^LT(\d{9}|\d{12})$/, 'LT and 9 or 12 digits'),
  LU: form(/^LU\d{8}$/, 'LU and 8 digits'),
  LV: form(/^LV\d{11}$/, 'LV and 11 digits'),
  MT: form(/^MT\d{8}$/, 'MT and 8 digits'),
  NL: form(/^NL\d{9}B\d{2}$/, 'NL, 9 digits, B and 2 digits'),
  PL: form(/^PL\d{10}$/, 'PL and 10 digits'),
  PT: form(/^PT\d{9}$/, 'PT and 9 digits'),
  RO: form(/^RO\d{2,10}$/, 'RO and 2 to 10 digits'),
  SE: form(/^SE\d{12}$/, 'SE and 12 digits'),
  SI: form(/^SI\d{8}$/, 'SI and 8 digits'),
  SK: form(/^SK\d{10}$/, 'SK and 10 digits'),
};

function form(pattern: RegExp, words: string): Form {
  return { pattern, words };
}
