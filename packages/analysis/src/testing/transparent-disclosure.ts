import type { Cell, Disclosure, FigureRules } from '@tavolo/disclosure';

/** Lets every true figure through, for tests that compute the same by hand; notes the rules it was given. */
export function createTransparentDisclosure(): Disclosure & { readonly asked: FigureRules[] } {
  const asked: FigureRules[] = [];
  const shown = (value: number, rules: FigureRules): Cell => {
    asked.push(rules);
    return { display: String(value), value, lower: value, upper: value, status: 'PUBLISHED' };
  };
  return {
    asked,
    contributors: (of, rules) => shown(of.count, rules),
    events: (_of, { events }, rules) => shown(events, rules),
    share: (part, whole, rules) => shown(whole.count === 0 ? 0 : part.count / whole.count, rules),
    mean: (of, { sum }, rules) => shown(of.count === 0 ? 0 : sum / of.count, rules),
    quantile: (_of, { around }, rules) => shown(around[2] ?? 0, rules),
  };
}
