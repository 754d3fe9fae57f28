const dayMs = 86_400_000;

/** National holidays on a fixed date, `MM-DD` (legge 260/1949 and later changes). */
const fixedHolidays: ReadonlySet<string> = new Set([
  '01-01',
  '01-06',
  '04-25',
  '05-01',
  '06-02',
  '08-15',
  '11-01',
  '12-08',
  '12-25',
  '12-26',
]);

/** Saint Francis, a national holiday again since 2026 (legge 151/2025). */
const saintFrancis = { monthAndDay: '10-04', fromYear: 2026 } as const;

/** Easter Sunday of a Gregorian year, `YYYY-MM-DD` (the anonymous algorithm of 1876). */
export function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const lift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - lift + 15) % 30;
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const count = epact + weekday - 7 * correction + 114;
  return `${year}-${twoDigits(Math.floor(count / 31))}-${twoDigits((count % 31) + 1)}`;
}

/** Monday to Friday and no Italian national holiday, Easter Monday included; patron saints are not counted. */
export function isWorkingDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  const weekday = new Date(time).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  const monthAndDay = day.slice(5);
  if (fixedHolidays.has(monthAndDay)) return false;
  const year = Number(day.slice(0, 4));
  if (monthAndDay === saintFrancis.monthAndDay && year >= saintFrancis.fromYear) return false;
  return Date.parse(`${easterSunday(year)}T00:00:00Z`) + dayMs !== time;
}

/** The day on which `count` working days after `day` have passed; `day` itself does not count. */
export function addWorkingDays(day: string, count: number): string {
  let time = Date.parse(`${day}T00:00:00Z`);
  let current = day;
  for (let left = count; left > 0; ) {
    time += dayMs;
    current = new Date(time).toISOString().slice(0, 10);
    if (isWorkingDay(current)) left -= 1;
  }
  return current;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
