import type { Scope } from '@tavolo/access-model';
import type { FieldRule } from './read-access-rules.ts';

/** Their fields are never kept by anybody, whatever is declared of them. */
export const typesOfPeople: ReadonlySet<string> = new Set(['Person', 'Household']);
/** Scopes of what is about a single person, however pseudonymous. */
const scopesOfPeople: ReadonlySet<string> = new Set<Scope>(['people:read', 'priority-list:read']);

/** A special category (`@sensitive`), or anything about a single person: of the field, its type, what it returns or is computed from. */
export function tellsOfPeople({ categories, scopes }: FieldRule): boolean {
  return (
    categories.length > 0 ||
    scopes.some((anyOf) => anyOf.flat().some((scope) => scopesOfPeople.has(scope)))
  );
}
