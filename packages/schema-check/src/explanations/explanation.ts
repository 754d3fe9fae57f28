import type { Bilingual, Severity } from '../finding.ts';

/** What a code means, whatever it was found in; `tavolo explain CODE` shows all of it. */
export interface Explanation {
  readonly severity: Severity;
  /** Whether somebody of another organisation may answer for it, at one coordinate of one subgraph. */
  readonly isWaivable: boolean;
  readonly title: Bilingual;
  readonly cause: Bilingual;
  readonly fix: Bilingual;
  readonly more: Bilingual;
}

type Words = readonly [en: string, it: string];

const inBoth = ([en, it]: Words): Bilingual => ({ en, it });

/** An error nobody can wave through. */
export function rule(title: Words, cause: Words, fix: Words, more: Words): Explanation {
  return {
    severity: 'ERROR',
    isWaivable: false,
    title: inBoth(title),
    cause: inBoth(cause),
    fix: inBoth(fix),
    more: inBoth(more),
  };
}

/** An error that the privacy officer of another organisation can answer for. */
export function waivableRule(title: Words, cause: Words, fix: Words, more: Words): Explanation {
  return { ...rule(title, cause, fix, more), isWaivable: true };
}

/** What the composer refuses; its own words are told with each finding. */
export function refusal(
  title: Words,
  cause: Words,
  fix: Words,
  more: Words = composerSays,
): Explanation {
  return rule(title, cause, fix, more);
}

const composerSays: Words = [
  'Nothing is published while subgraphs do not compose. The finding gives the composer’s own words, your place, and the places and owners of the other sides.',
  'Nulla si pubblica finché i sottografi non compongono. Il rilievo riporta le parole del compositore, il vostro punto, e i punti e gli enti delle altre parti.',
];
