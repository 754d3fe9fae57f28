import { Temporal } from 'temporal-polyfill';

const inAWeek = Temporal.Now.plainDateISO('Europe/Rome').add({ weeks: 1 });

/**
 * The ISO week after the running one in Rome, such as 2026-W48. The hub makes lists for the running week and the next:
 * this one is still good when midnight of a Sunday passes while a journey runs.
 */
export const nextWeek = `${inAWeek.yearOfWeek}-W${String(inAWeek.weekOfYear).padStart(2, '0')}`;
