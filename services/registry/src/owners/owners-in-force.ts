import { Refusal } from '../refusal.ts';
import type { RegistryReader } from '../store/registry-store.ts';
import type { OwnersOf } from './owners-of-coordinates.ts';
import { ownersIn } from './read-owners.ts';

/** Whose the fields of the supergraph in force are; read inside the change that goes by it. */
export type OwnersInForce = (reader: Pick<RegistryReader, 'schemas'>) => Promise<OwnersOf>;

/** Reads the owners once for each release. */
export function createOwnersInForce(): OwnersInForce {
  let known: { readonly sequence: number; readonly ownersOf: OwnersOf } | undefined;
  return async ({ schemas }) => {
    const head = await schemas.releaseHead();
    if (head !== null && known?.sequence === head.sequence) return known.ownersOf;
    const owners = head === null ? null : await schemas.fieldOwners();
    if (head === null || owners === null) {
      throw new Refusal('UNKNOWN_COORDINATE', 'No schema is published yet, so there is no field');
    }
    known = { sequence: head.sequence, ownersOf: ownersIn(owners) };
    return known.ownersOf;
  };
}
