import { type IdentifierKind, normaliseIdentifier } from '@tavolo/linkage';
import type { ReadPerson } from '../person/read-person.ts';
import { createRowTallies, type RowTallies } from '../person/row-tally.ts';

export interface DuplicateFinder {
  add(person: ReadPerson, line: number): void;
  /** By kind: rows with an identifier that another person's row already had. */
  readonly found: RowTallies<IdentifierKind>;
}

/** Finds identifiers that two people of one file share: two files of one person, or a mistake. */
export function createDuplicateFinder(): DuplicateFinder {
  const owners = new Map<string, string>();
  const found = createRowTallies<IdentifierKind>();
  return {
    found,
    add({ localId, person }, line) {
      for (const { kind, value } of person.identifiers) {
        const key = `${kind}:${normaliseIdentifier(kind, value)?.canonical ?? value}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, localId);
        else if (owner !== localId) found.add(kind, line);
      }
    },
  };
}
