/** Years before this are placeholders: nobody in care is older. */
const firstYear = 1900;

/**
 * A birth date as HL7 (`19900305`) or FHIR (`1990-03-05`) writes it; null for anything else. One that is
 * known to the year or the month only becomes 1 January: the first of the month would be a day nobody
 * stated, and would speak against the true one.
 */
export function readBirthDate(text: string): string | null {
  const [, year, , month = '00', day = '00'] =
    /^(\d{4})(?:(-?)(\d{2})(?:\2(\d{2})(?:[T\d].*)?)?)?$/.exec(text.trim()) ?? [];
  if (year === undefined || Number(year) < firstYear) return null;
  if (month > '12' || day > '31') return null;
  if (month === '00' || day === '00') return `${year}-01-01`;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return null;
  return `${year}-${month}-${day}`;
}
