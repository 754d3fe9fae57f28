const romeDate = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day it is in Italy, YYYY-MM-DD: the law changes at midnight there, also when the clocks change. */
export function romeDay(at: Date): string {
  return romeDate.format(at);
}
