import type { FactStore } from '@tavolo/analysis';
import { noFacts } from '../no-facts.fixture.ts';

type Value = string | number | boolean | null;

/** One invented person of the fact `people`; nobody has anything until a test says so. */
export type InventedPerson = { readonly ref: string } & Readonly<Record<string, Value>>;

/**
 * A fact `people` loaded five hours ago, or when a test says, whose rows a test changes as it goes; it gives the
 * columns that are asked for, two rows a page.
 */
export function createPeopleFacts(everybody: {
  people: readonly InventedPerson[];
  now?: Date;
  loadedAt?: string | null;
}): FactStore {
  return {
    ...noFacts,
    state: (fact) => ({
      ...noFacts.state(fact),
      loadedAt:
        everybody.loadedAt ??
        new Date((everybody.now?.getTime() ?? 0) - 5 * 3_600_000).toISOString(),
    }),
    async *rows(_fact, columns) {
      for (let from = 0; from < everybody.people.length; from += 2) {
        yield everybody.people.slice(from, from + 2).map((person) => ({
          unitRef: person.ref,
          values: Object.fromEntries(columns.map((column) => [column, person[column] ?? null])),
        }));
      }
    },
  };
}

/** Somebody who asked for reception at a desk of Fidenza on that day and is nowhere taken in. */
export function atTheDesk(
  ref: string,
  lastReceptionDemandOn: string,
  more: Readonly<Record<string, Value>> = {},
): InventedPerson {
  return { ref, district: 'FIDENZA', inReception: false, lastReceptionDemandOn, ...more };
}
