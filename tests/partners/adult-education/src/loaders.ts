import DataLoader from 'dataloader';
import type { Course, Districts, Enrolment, Store } from './store.ts';

/** What one call reads, each kind in batches: the districts of its caller are part of every statement. */
export interface Loaders {
  readonly person: DataLoader<string, string | null>;
  readonly course: DataLoader<string, Course | null>;
  readonly enrolment: DataLoader<string, Enrolment | null>;
  readonly enrolmentsOf: (first: number) => DataLoader<string, readonly Enrolment[]>;
}

function byId<Row extends { readonly id: string }>(
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

export function createLoaders(store: Store, districts: Districts): Loaders {
  const ofPeople = new Map<number, DataLoader<string, readonly Enrolment[]>>();
  return {
    person: new DataLoader(async (keys) => {
      const known = new Set(await store.people(keys, districts));
      return keys.map((key) => (known.has(key) ? key : null));
    }),
    course: byId(store.courses),
    enrolment: byId(async (ids) => await store.enrolments(ids, districts)),
    enrolmentsOf(first) {
      const known = ofPeople.get(first);
      if (known !== undefined) return known;
      const loader = new DataLoader<string, readonly Enrolment[]>(async (keys) => {
        const rows = await store.enrolmentsOf(keys, districts, first);
        const byPerson = new Map<string, Enrolment[]>(keys.map((key) => [key, []]));
        for (const row of rows) byPerson.get(row.personKey)?.push(row);
        return keys.map((key) => byPerson.get(key) ?? []);
      });
      ofPeople.set(first, loader);
      return loader;
    },
  };
}
