const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Day and time of day that a wall clock in Italy shows at an instant. */
export function romeClock(instant: string): { readonly isoDay: string; readonly time: string } {
  const [isoDay = '', time = ''] = clock.format(new Date(instant)).split(' ');
  return { isoDay, time };
}
