import { readBirthDate } from './filter/birth-date.ts';

/** What a codice fiscale says about whom it was given to (D.M. 23-12-1976 n. 13813, art. 4). */
export interface CodiceFiscaleFacts {
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
}

const MONTHS = 'ABCDEHLMPRST';
const HOMOCODY = 'LMNPQRSTUV';

/** Null = not of the form. The century is the youngest in which the holder is already born. */
export function readCodiceFiscaleFacts(
  code: string,
  latestYear: number = new Date().getUTCFullYear(),
): CodiceFiscaleFacts | null {
  const compact = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const [, yearText, monthLetter, dayText] =
    /^[A-Z]{6}([0-9LMNPQRSTUV]{2})([ABCDEHLMPRST])([0-9LMNPQRSTUV]{2})[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/.exec(
      compact,
    ) ?? [];
  if (yearText === undefined || monthLetter === undefined || dayText === undefined) return null;
  const twoDigits = Number(inDigits(yearText));
  const thisCentury = Math.floor(latestYear / 100) * 100 + twoDigits;
  const year = thisCentury <= latestYear ? thisCentury : thisCentury - 100;
  const codedDay = Number(inDigits(dayText));
  const day = codedDay > 40 ? codedDay - 40 : codedDay;
  const month = MONTHS.indexOf(monthLetter) + 1;
  const birthDate = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (readBirthDate(birthDate, latestYear) === null) return null;
  return { birthDate, sex: codedDay > 40 ? 'F' : 'M' };
}

/** Letters that stand for digits where two people's codes were equal. */
function inDigits(text: string): string {
  return Array.from(text, (char) => {
    const digit = HOMOCODY.indexOf(char);
    return digit >= 0 ? String(digit) : char;
  }).join('');
}
