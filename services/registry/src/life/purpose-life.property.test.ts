import { type SensitiveCategory, sensitiveCategory } from '@tavolo/access-model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PurposeEntry } from '../model/purpose.ts';
import { buildState } from '../publication/build-state.ts';
import { Refusal } from '../refusal.ts';
import { purpose } from '../registry.fixture.ts';
import {
  approvePurpose,
  archivePurpose,
  draftPurpose,
  rejectPurpose,
  submitPurpose,
} from './purpose-life.ts';

const fieldOwners = { 'A.a': ['one'], 'B.b': ['two'], 'C.c': ['one', 'three'] } as const;
type Coordinate = keyof typeof fieldOwners;
const coordinates = Object.keys(fieldOwners) as Coordinate[]; // its own keys
const now = new Date('2026-11-22T10:00:00Z');

const version = fc.integer({ min: 1, max: 6 });
const owner = fc.constantFrom('one', 'two', 'three', 'stranger');
const categories = fc.uniqueArray(fc.constantFrom(...sensitiveCategory.options.slice(0, 3)));
/** Weighted, or hardly anything would come into force. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('draft' as const),
      coordinates: fc.uniqueArray(fc.constantFrom(...coordinates), { minLength: 1 }),
      categories,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('submit' as const), version }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('approve' as const), version, owner, categories }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('approveAll' as const), categories }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject' as const), version, owner }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reassign' as const),
      to: fc.constantFrom('three', 'four'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('archive' as const) }) },
);

it('no sequence of steps publishes a version that some owner of its data did not approve', () => {
  let published = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      let entry: PurposeEntry | null = null;
      let ownerOfC: string = 'three';
      const ownersOf = (names: readonly string[]): readonly string[] =>
        [
          ...new Set(
            names.flatMap((name) =>
              name === 'C.c' ? ['one', ownerOfC] : fieldOwners[name as Coordinate],
            ),
          ),
        ].sort();
      /** What each owner said yes to, kept apart from the code under test. */
      const said = new Map<
        string,
        { content: unknown; categories: readonly string[]; owners: readonly string[] }
      >();
      const approve = (by: string, number: number, granted: readonly SensitiveCategory[]) => {
        if (entry === null) return;
        const pending = entry.pending;
        const ownersNow = ownersOf(pending?.content.coordinates ?? []);
        entry = approvePurpose(entry, {
          version: number,
          owner: by,
          categories: granted,
          ownersNow,
          now,
        });
        if (pending?.version !== number) return;
        said.set(`${number} ${by}`, {
          content: pending.content,
          categories: [...granted].sort(),
          owners: ownersNow,
        });
      };
      for (const one of steps) {
        try {
          if (one.kind === 'reassign') ownerOfC = one.to;
          if (one.kind === 'draft') {
            const content = purpose({ coordinates: one.coordinates, categories: one.categories });
            entry = draftPurpose(entry, { id: 'p1', consumerId: 'asker', content });
          }
          if (entry === null) continue;
          if (one.kind === 'submit') {
            const names = entry.pending?.content.coordinates ?? [];
            entry = submitPurpose(entry, one.version, ownersOf(names));
          }
          if (one.kind === 'approve') approve(one.owner, one.version, one.categories);
          if (one.kind === 'approveAll' && entry.pending !== null) {
            const { version: number, content } = entry.pending;
            entry = submitPurpose(entry, number, ownersOf(content.coordinates));
            const granted = one.categories.filter((name) => content.categories.includes(name));
            for (const by of ownersOf(content.coordinates)) approve(by, number, granted);
          }
          if (one.kind === 'reject') {
            entry = rejectPurpose(entry, { ...one, reason: 'no', now });
          }
          if (one.kind === 'archive') entry = archivePurpose(entry);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refusal);
        }
        const purposes: readonly PurposeEntry[] = entry === null ? [] : [entry];
        const state = buildState({ version: 1, partners: [], consumers: [], purposes });
        for (const { version: number, coordinates: names, grants } of state.purposes) {
          published += 1;
          expect(entry?.isArchived).toBe(false);
          const owners = Object.keys(grants).sort();
          expect(owners.length).toBeGreaterThan(0);
          for (const by of owners) {
            const yes = said.get(`${number} ${by}`);
            expect(yes?.content).toBe(entry?.inForce?.content);
            expect(yes?.categories).toEqual(grants[by]);
            expect(yes?.owners).toEqual(owners);
          }
          expect(entry?.inForce?.content.coordinates).toEqual(names);
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(published).toBeGreaterThan(500);
});
