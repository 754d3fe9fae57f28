import type { Caller } from './caller.ts';
import { HubError } from './errors.ts';

/** The province's social-health districts, as the hub's `District` names them. */
export const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;
export type District = (typeof districts)[number];

/** Whose rows may be seen; null = the whole province, empty = nobody's. Goes into the query, not after it. */
export type DistrictScope = readonly District[] | null;

/**
 * The districts whose rows this caller may see, narrowed to the one it asks for. One outside the caller's is
 * answered as one with nothing in it; a name this version does not know grants nothing.
 */
export function districtsOf(
  { districts: allowed }: Pick<Caller, 'districts'>,
  asked?: District | null,
): DistrictScope {
  const known =
    allowed === null ? null : districts.filter((district) => allowed.includes(district));
  if (asked == null) return known;
  return known === null || known.includes(asked) ? [asked] : [];
}

/** Refuses a purpose that was not granted this special category, before anything is looked for. */
export function requireCategory({ categories }: Pick<Caller, 'categories'>, needed: string): void {
  if (categories.includes(needed)) return;
  throw new HubError(
    'FORBIDDEN',
    `This purpose was not granted the category this field needs: ${needed}`,
  );
}
