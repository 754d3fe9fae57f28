import { sharedOwner } from '@tavolo/access-model';
import type { PartnerEntry } from '../model/partner.ts';
import { Refusal } from '../refusal.ts';

/** Who owns a field: ids of partners or names of subgraphs; none = there is no such field. */
export type OwnersOf = (coordinate: string) => readonly string[];

/** Fields named in one refusal, so that its size is bounded. */
const mostNamed = 20;

/** The ids of all partners whose data these fields are, in order. */
export function ownersOfCoordinates(
  coordinates: readonly string[],
  ownersOf: OwnersOf,
  partners: readonly PartnerEntry[],
): readonly string[] {
  const partnerOf = new Map([
    ...partners.flatMap(({ id, content }) => content.subgraphs.map((name) => [name, id] as const)),
    // An owner the schema names is a partner's id, whatever subgraphs are called.
    ...partners.map(({ id }) => [id, id] as const),
  ]);
  const owners = new Set<string>();
  const unknown: string[] = [];
  const unowned: string[] = [];
  for (const coordinate of coordinates) {
    const names = ownersOf(coordinate);
    if (names.length === 0) unknown.push(coordinate);
    for (const name of names) {
      if (name === sharedOwner) continue;
      const partner = partnerOf.get(name);
      if (partner === undefined) unowned.push(coordinate);
      else owners.add(partner);
    }
  }
  if (unknown.length > 0) {
    throw new Refusal('UNKNOWN_COORDINATE', 'The supergraph has no such field', fields(unknown));
  }
  if (unowned.length > 0) {
    throw new Refusal('OWNER_UNKNOWN', 'An owner of the field is not registered', fields(unowned));
  }
  if (owners.size === 0) {
    throw new Refusal(
      'OWNER_UNKNOWN',
      'All fields are the hub’s own: there is nobody to approve',
      [],
    );
  }
  return [...owners].sort();
}

function fields(coordinates: readonly string[]) {
  return coordinates.slice(0, mostNamed).map((coordinate) => ({
    field: 'coordinates',
    rule: 'COORDINATE',
    // A coordinate has been read by its pattern: a name of the schema, never data.
    message: coordinate,
  }));
}
