import type { Particulars } from '../create-finding.ts';
import type { Judged } from '../judged.ts';
import { placeOf } from '../place-of.ts';

/**
 * Where a coordinate of the graph was written: by who submits it if they did, else at their own part of its type;
 * the other sides are those who wrote it too.
 */
export function whereOf(
  { submittedAt, othersAt }: Judged,
  coordinate: string,
): Pick<Particulars, 'coordinate' | 'at' | 'others'> {
  const type = coordinate.split('.')[0] ?? '';
  const own = submittedAt.get(coordinate) ?? submittedAt.get(type) ?? [];
  const theirs = othersAt.get(coordinate) ?? [];
  return {
    coordinate,
    at: own[0]?.node,
    others: [...own.slice(1), ...theirs].flatMap(({ node }) => placeOf(node) ?? []),
  };
}
