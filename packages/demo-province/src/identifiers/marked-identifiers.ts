/**
 * Identifiers that keep the real ones' form and carry a mark no real one can: an unused region, province
 * or office code. `serial` starts at 1; each maker gives distinct values for distinct serials.
 */

/** AFIS code; real ones have seven characters and no such letters in front. */
export function inventedCui(serial: number): string {
  return `0TVL${digits(serial, 7)}`;
}

/** Number of the asylum procedure; no province has the code `XT`. */
export function inventedVestanet(serial: number): string {
  return `XT${digits(serial, 7)}`;
}

/** Residence permit; real series never reach `X99`. */
export function inventedPermit(serial: number): string {
  return `X99${digits(serial, 7)}`;
}

/** Sixteen characters, region 999 and local health unit 999, which do not exist. */
export function inventedStp(serial: number): string {
  return `STP999999${digits(serial, 7)}`;
}

/** Same form as the STP, for citizens of the Union. */
export function inventedEni(serial: number): string {
  return `ENI999999${digits(serial, 7)}`;
}

/** Eleven digits: serial, office 999, and a check digit that is always five off. */
export function inventedProvisionalCodiceFiscale(serial: number): string {
  const body = `${digits(serial, 7)}999`;
  return `${body}${(provisionalCheckDigit(body) + 5) % 10}`;
}

/** The check digit of the ten digits before it (Luhn's method, as for an Italian VAT number). */
export function provisionalCheckDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < 10; i++) {
    const digit = Number(body.charAt(i)) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** `width` digits, distinct for distinct serials below ten to that power. */
export function digits(serial: number, width: number): string {
  return String(scrambled(serial, 10 ** width)).padStart(width, '0');
}

/** Spreads serials over the range one to one: neighbours in the province do not get neighbouring numbers. */
function scrambled(serial: number, range: number): number {
  if (serial >= range)
    throw new RangeError(`a province of ${serial} people outgrows its identifiers`);
  // A prime other than 2 and 5, so that no two serials meet.
  return (serial * 7919) % range;
}
