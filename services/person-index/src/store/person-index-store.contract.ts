import { createHash } from 'node:crypto';
import type { HouseholdRecord, LinkageKeyMark, PersonRecord } from '@tavolo/linkage';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FOUNDING_PARTNERS, type Partner } from '../partner.ts';
import type { PersonIndexStore } from './person-index-store.ts';

export interface StoreUnderTest {
  readonly store: PersonIndexStore;
  /** Forgets every record, keeps the schema. */
  empty(): Promise<void>;
  /** What the store takes for now, RFC 3339; `empty` sets it back. */
  setClock(at: string): void;
  /** Another store over the same data. */
  reopen(): PersonIndexStore;
  /** Everything the database holds, as text. */
  dump(): Promise<string>;
  /** Speaks to the database past the store. */
  query(text: string): Promise<void>;
  readonly databaseUrl: string;
  /** Statements sent since the last call. */
  takeStatements(): string[];
  close(): Promise<void>;
}

/** 43 base64url characters that stand for a name in a test. */
export function opaque(name: string): string {
  return createHash('sha256').update(name).digest('base64url');
}

export const KEY: LinkageKeyMark = { id: 'k1', check: '00000000' };

export function person(
  name: string,
  identifiers: readonly (readonly [
    kind: PersonRecord['identifiers'][number]['kind'],
    value: string,
  ])[] = [],
  more: Partial<PersonRecord> = {},
): PersonRecord {
  return {
    sectorKey: opaque(name),
    version: opaque(JSON.stringify([identifiers, more])),
    identifiers: identifiers.map(([kind, value]) => ({
      kind,
      keyId: 'k1',
      mac: opaque(kind + value),
    })),
    knownSince: '2026-01-01',
    ...more,
  };
}

export function household(one: string, code: string, members: readonly string[]): HouseholdRecord {
  return {
    sectorKey: opaque(one),
    version: opaque(JSON.stringify([code, members])),
    codes: [{ keyId: 'k1', mac: opaque(`code ${code}`) }],
    memberSectorKeys: members.map(opaque),
  };
}

/** A value that so many records hold links nobody. */
const COMMON_FROM_RECORDS = 51;

/** The promises every adapter of the index's store keeps. */
export function describePersonIndexStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`person index store (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    /** Who shares a cluster, as sets of `partner/name`. */
    async function partition(records: readonly [Partner, string][]): Promise<string[]> {
      const nameOf = new Map(records.map(([partner, one]) => [`${partner}/${opaque(one)}`, one]));
      const rows = await store.clustersBySectorKeys(
        'people',
        records.map(([partner, one]) => ({ partner, sectorKey: opaque(one) })),
      );
      const clusters = rows.map(({ cluster }) =>
        Object.entries(cluster.sectorKeys)
          .map(([partner, key]) => `${partner}/${nameOf.get(`${partner}/${key}`) ?? '?'}`)
          .sort()
          .join(' '),
      );
      return [...new Set(clusters)].sort();
    }

    async function idOf(partner: Partner, one: string): Promise<string | undefined> {
      const key = { partner, sectorKey: opaque(one) };
      return (await store.clustersBySectorKeys('people', [key]))[0]?.cluster.id;
    }

    it('links, splits when the evidence goes away, and keeps the id where most records stay', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [
        person('s', [
          ['CUI', '1'],
          ['CODICE_FISCALE', '2'],
        ]),
      ]);
      await store.enrolPeople('health-authority', KEY, [person('h', [['CODICE_FISCALE', '2']])]);
      const everybody: [Partner, string][] = [
        ['reception-centres', 'r'],
        ['social-services', 's'],
        ['health-authority', 'h'],
      ];
      expect(await partition(everybody)).toEqual([
        'health-authority/h reception-centres/r social-services/s',
      ]);
      const id = await idOf('social-services', 's');

      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '9']])]);
      expect(await partition(everybody)).toEqual([
        'health-authority/h social-services/s',
        'reception-centres/r',
      ]);
      expect(await idOf('health-authority', 'h')).toBe(id);

      await store.remove('social-services', 'people', [opaque('s')]);
      expect(await partition(everybody)).toEqual(['health-authority/h', 'reception-centres/r']);
    });

    it('applies a link that a conflict had refused once the stronger record is gone', async () => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [
          ['CUI', '1'],
          ['PERMIT', '2'],
        ]),
      ]);
      await store.enrolPeople('social-services', KEY, [
        person('s1', [['CUI', '1']]),
        person('s2', [['PERMIT', '2']]),
      ]);
      expect((await store.status(FOUNDING_PARTNERS)).conflicts).toBe(1);
      expect(await idOf('reception-centres', 'r')).toBe(await idOf('social-services', 's1'));
      await store.remove('social-services', 'people', [opaque('s1')]);
      expect((await store.status(FOUNDING_PARTNERS)).conflicts).toBe(0);
      expect(await idOf('reception-centres', 'r')).toBe(await idOf('social-services', 's2'));
    });

    it('takes the same batch twice as no change', async () => {
      const batch = [person('r', [['CUI', '1']]), person('q')];
      expect(await store.enrolPeople('reception-centres', KEY, batch)).toMatchObject({
        received: 2,
        changed: 2,
      });
      const id = await idOf('reception-centres', 'r');
      expect(await store.enrolPeople('reception-centres', KEY, batch)).toMatchObject({
        received: 2,
        changed: 0,
      });
      expect(await idOf('reception-centres', 'r')).toBe(id);
      expect(await store.figures('reception-centres')).toMatchObject({ people: 2, households: 0 });
    });

    it('keeps one institution from changing or counting the records of another', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('same', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('same', [['CUI', '2']])]);
      await store.remove('social-services', 'people', [opaque('same')]);
      expect(await store.figures('reception-centres')).toMatchObject({ people: 1 });
      expect(await idOf('reception-centres', 'same')).toBeDefined();
      const page = await store.manifest('social-services', 'people', null, 10);
      expect(page.records).toEqual([]);
    });

    it('answers who it holds page by page, each record once', async () => {
      const batch = Array.from({ length: 7 }, (_, index) => person(`p${index}`));
      await store.enrolPeople('health-authority', KEY, batch);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await store.manifest('health-authority', 'people', after, 3);
        seen.push(...page.records.map(({ sectorKey }) => sectorKey));
        after = page.next;
      } while (after !== null);
      expect(seen.sort()).toEqual(batch.map(({ sectorKey }) => sectorKey).sort());
    });

    const step = fc.record({
      partner: fc.constantFrom(...FOUNDING_PARTNERS),
      name: fc.constantFrom('a', 'b', 'c'),
      evidence: fc.array(
        fc.tuple(
          fc.constantFrom('CUI', 'CODICE_FISCALE', 'STP'),
          fc.constantFrom('1', '2', '3', '4'),
        ),
        { maxLength: 3 },
      ),
    });

    it('reaches the same people whatever the order and size of the batches and the corrections on the way', async () => {
      const final = fc.uniqueArray(step, {
        selector: ({ partner, name }) => `${partner}/${name}`,
        minLength: 1,
        maxLength: 10,
      });
      await fc.assert(
        fc.asyncProperty(
          final,
          fc.array(step, { maxLength: 6 }),
          fc.nat(),
          async (truth, noise, seed) => {
            const names = FOUNDING_PARTNERS.flatMap((partner) =>
              ['a', 'b', 'c'].map((one): [Partner, string] => [partner, one]),
            );
            await test.empty();
            for (const { partner, name, evidence } of truth) {
              await store.enrolPeople(partner, KEY, [person(name, evidence)]);
            }
            const expected = await partition(names);
            const conflicts = (await store.status(FOUNDING_PARTNERS)).conflicts;

            await test.empty();
            for (const { partner, name, evidence } of noise) {
              await store.enrolPeople(partner, KEY, [person(name, evidence)]);
            }
            const rotated = [
              ...truth.slice(seed % truth.length),
              ...truth.slice(0, seed % truth.length),
            ];
            for (const partner of FOUNDING_PARTNERS) {
              const batch = rotated.filter((one) => one.partner === partner).reverse();
              const kept = new Set(batch.map(({ name }) => opaque(name)));
              const gone = ['a', 'b', 'c'].map(opaque).filter((key) => !kept.has(key));
              if (batch.length > 0) {
                await store.enrolPeople(
                  partner,
                  KEY,
                  batch.map(({ name, evidence }) => person(name, evidence)),
                );
              }
              await store.remove(partner, 'people', gone);
            }
            expect(await partition(names)).toEqual(expected);
            expect((await store.status(FOUNDING_PARTNERS)).conflicts).toBe(conflicts);
          },
        ),
        { numRuns: 12 },
      );
    }, 120_000);

    it('lets two institutions enrol the same people at once', async () => {
      const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
      const batches = (partner: Partner) =>
        names.map((one) => store.enrolPeople(partner, KEY, [person(one, [['CUI', one]])]));
      await Promise.all([...batches('reception-centres'), ...batches('social-services')]);
      const status = await store.status(FOUNDING_PARTNERS);
      expect(status.people).toBe(40);
      expect(status.peopleByInstitutionCount).toContainEqual({ institutions: 2, people: 40 });
    });

    it('lets an encoding that everybody holds link nobody, and link again when it is rare', async () => {
      const many = Array.from({ length: COMMON_FROM_RECORDS - 1 }, (_, index) =>
        person(`m${index}`, [['PERMIT', 'sample']]),
      );
      await store.enrolPeople('social-services', KEY, many);
      await store.enrolPeople('reception-centres', KEY, [person('r', [['PERMIT', 'sample']])]);
      const known = [['reception-centres', 'r']] as [Partner, string][];
      expect(await partition(known)).toEqual(['reception-centres/r']);
      await store.remove(
        'social-services',
        'people',
        many.slice(1).map((one) => one.sectorKey),
      );
      expect(await idOf('reception-centres', 'r')).toBe(await idOf('social-services', 'm0'));
    });

    it('joins households by their codes and answers them for every member', async () => {
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']]), person('s2')]);
      await store.enrolHouseholds('social-services', KEY, [household('sh', '7', ['s', 's2'])]);
      await store.enrolHouseholds('volunteer-registry', KEY, [household('vh', '7', [])]);
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      const personId = (await idOf('reception-centres', 'r')) ?? '';
      const rows = await store.householdsByPersonIds([personId]);
      expect(rows).toMatchObject([
        {
          personId,
          household: {
            sectorKeys: {
              'social-services': opaque('sh'),
              'volunteer-registry': opaque('vh'),
            },
          },
        },
      ]);
      const byId = await store.clustersByIds(
        'households',
        rows.map((row) => row.household.id),
      );
      expect(byId).toHaveLength(1);
      // A person is no household, and an id that is none at all is nobody.
      expect(await store.clustersByIds('households', [personId, 'not-an-id'])).toEqual([]);
    });

    it('answers a thousand keys with one statement, unknown ones with nothing', async () => {
      const batch = Array.from({ length: 500 }, (_, index) =>
        person(`k${index}`, [['CUI', `${index}`]]),
      );
      await store.enrolPeople('health-authority', KEY, batch);
      test.takeStatements();
      const rows = await store.clustersBySectorKeys(
        'people',
        Array.from({ length: 1_000 }, (_, index) => ({
          partner: 'health-authority' as const,
          sectorKey: opaque(`k${index}`),
        })),
      );
      expect(rows).toHaveLength(500);
      expect(test.takeStatements()).toHaveLength(1);
    });

    it('keeps everything, and its epoch, when it is opened again', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      const before = await store.figures('reception-centres');
      const again = test.reopen();
      expect(await again.figures('reception-centres')).toEqual(before);
      expect(await again.lastEnrolmentAt()).toBe(await store.lastEnrolmentAt());
      await again.close();
    });
  });
}
