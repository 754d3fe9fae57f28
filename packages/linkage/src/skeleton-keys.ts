import type { BirthDate } from './filter/birth-date.ts';
import type { NameToken } from './name/name-tokens.ts';

/** Which parts of a person a skeleton key is made of; the order is the strength of a link. */
export const SKELETON_KINDS = [
  'NAME_DATE_CITIZENSHIP',
  'NAME_DATE',
  'NAME_EITHER_DATE',
  'NAME_PAIR_DATE',
  'NAME_PART_DATE_CITIZENSHIP',
] as const;

export type SkeletonKind = (typeof SKELETON_KINDS)[number];

export interface SkeletonKey {
  readonly kind: SkeletonKind;
  /** Clear text: to be encoded, never to be sent. */
  readonly text: string;
}

/** More words than these make no more pairs. */
const MOST_PAIRED_TOKENS = 5;

/**
 * The combinations under which two registers' records of one person are equal although no name is spelled
 * alike. Parts of a name count only together with a real day: on 1 January they would say nothing, and be many.
 */
export function skeletonKeysOf(
  tokens: readonly NameToken[],
  born: BirthDate,
  citizenship: string | null,
): SkeletonKey[] {
  const skeletons = [...new Set(tokens.map(({ skeleton }) => skeleton))].sort();
  const whole = skeletons.join(' ');
  const { year, month, day, isYearOnly } = born;
  const date = `${year}-${month}-${day}`;
  const eitherDate = `${year}-${Math.min(month, day)}-${Math.max(month, day)}`;
  const keys: SkeletonKey[] = [{ kind: 'NAME_DATE', text: `${whole}|${date}` }];
  if (!isYearOnly) keys.push({ kind: 'NAME_EITHER_DATE', text: `${whole}|${eitherDate}` });
  if (citizenship !== null) {
    keys.push({ kind: 'NAME_DATE_CITIZENSHIP', text: `${whole}|${date}|${citizenship}` });
  }
  if (skeletons.length > 2) {
    for (const pair of pairsOf(skeletons.slice(0, MOST_PAIRED_TOKENS))) {
      keys.push({ kind: 'NAME_PAIR_DATE', text: `${pair}|${date}` });
    }
  } else keys.push({ kind: 'NAME_PAIR_DATE', text: `${whole}|${date}` });
  if (!isYearOnly && citizenship !== null) {
    for (const part of skeletons.slice(0, MOST_PAIRED_TOKENS)) {
      keys.push({ kind: 'NAME_PART_DATE_CITIZENSHIP', text: `${part}|${date}|${citizenship}` });
    }
  }
  return keys;
}

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((one, place) => words.slice(place + 1).map((other) => `${one} ${other}`));
}
