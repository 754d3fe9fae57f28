import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FOUNDING_PARTNERS, type Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import {
  household,
  KEY,
  opaque,
  person,
  type StoreUnderTest,
} from './person-index-store.contract.ts';
import { LinkageKeyMismatchError, type PersonIndexStore } from './person-index-store.ts';
import { writeOutcome } from './write-outcome.ts';

/** What must be true after failures, restarts, corrections and careless hands. */
export function describePersonIndexResilience(
  name: string,
  open: () => Promise<StoreUnderTest>,
): void {
  describe(`person index resilience (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    async function sourcesOf(partner: Partner, one: string): Promise<string> {
      const key = { partner, sectorKey: opaque(one) };
      const [row] = await store.clustersBySectorKeys('people', [key]);
      return Object.keys(row?.cluster.sectorKeys ?? {})
        .sort()
        .join(' ');
    }

    async function enrolChain(): Promise<void> {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('health-authority', KEY, [person('h', [['CODICE_FISCALE', '2']])]);
      await store.enrolPeople('social-services', KEY, [
        person(
          's',
          [
            ['CUI', '1'],
            ['CODICE_FISCALE', '2'],
          ],
          { closedOn: '2026-10-01' },
        ),
      ]);
    }

    it.each([
      ['links', 'link'],
      ['doubts', 'doubt'],
      ['people', 'record'],
      ['its own revision', 'identity'],
    ])('believes nothing of a write that fails when it comes to %s', async (_what, table) => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [
          ['CUI', '1'],
          ['PERMIT', '2'],
        ]),
        person('r2', [['PERMIT', '3']]),
      ]);
      await test.query(`CREATE FUNCTION person_index.fail() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`);
      await test.query(`CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON person_index.${table}
        FOR EACH ROW EXECUTE FUNCTION person_index.fail()`);
      const batch = [
        person('s', [['CUI', '1']]),
        person('s2', [
          ['PERMIT', '3'],
          ['CUI', '8'],
        ]),
        person('s3', [['PERMIT', '2']]),
      ];
      try {
        await expect(store.enrolPeople('social-services', KEY, batch)).rejects.toThrow('no room');
      } finally {
        await test.query('DROP FUNCTION person_index.fail() CASCADE');
      }
      await store.enrolPeople('health-authority', KEY, [person('h', [['CUI', '8']])]);
      expect(await sourcesOf('health-authority', 'h')).toBe('health-authority');
      expect((await store.figures('social-services')).people).toBe(0);
      expect(await store.enrolPeople('social-services', KEY, batch)).toMatchObject({ changed: 3 });
      expect(await sourcesOf('social-services', 's')).toBe('reception-centres social-services');
      expect(await sourcesOf('social-services', 's2')).toBe(
        'health-authority reception-centres social-services',
      );
    });

    it('sees what another process wrote, however the two take turns', async () => {
      const other = test.reopen();
      for (const [turn, one] of ['a', 'b', 'c', 'd'].entries()) {
        const [first, second] = turn % 2 === 0 ? [store, other] : [other, store];
        await first.enrolPeople('reception-centres', KEY, [person(`r${one}`, [['CUI', one]])]);
        await second.enrolPeople('social-services', KEY, [person(`s${one}`, [['CUI', one]])]);
      }
      await other.close();
      const { peopleByInstitutionCount } = await store.status(FOUNDING_PARTNERS);
      expect(peopleByInstitutionCount[1]).toEqual({ institutions: 2, people: 4 });
    });

    it('parts whom only a forgotten record joined, also right after a restart', async () => {
      await enrolChain();
      expect(await sourcesOf('reception-centres', 'r')).toContain('health-authority');
      test.setClock('2027-10-03T00:00:00Z');
      const again = test.reopen();
      expect(await again.sweep()).toBe(1);
      await again.close();
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres');
      expect(await sourcesOf('health-authority', 'h')).toBe('health-authority');
    });

    it('makes room for a person’s next record when one is enrolled past its retention', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [
        person('s', [['CUI', '1']], { closedOn: '2020-01-01', isRestricted: true }),
      ]);
      await store.enrolPeople('social-services', KEY, [person('s2', [['CUI', '1']])]);
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres social-services');
    });

    it.each([
      ['is removed', () => store.remove('reception-centres', 'people', [opaque('r2')])],
      [
        'is said to be somebody else',
        () => store.enrolPeople('reception-centres', KEY, [person('r2', [['PERMIT', '6']])]),
      ],
      [
        'is said to be the duplicate of somebody else',
        () =>
          store.enrolPeople('reception-centres', KEY, [
            person('r2', [['PERMIT', '6']], { duplicateOf: opaque('r3') }),
          ]),
      ],
    ])('takes back what a duplicate said of a person once the duplicate %s', async (_how, take) => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r2', [['PERMIT', '5']], { duplicateOf: opaque('r') }),
        person('r'),
        person('r3'),
      ]);
      await store.enrolPeople('social-services', KEY, [person('s', [['PERMIT', '5']])]);
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres social-services');
      await take();
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres');
      expect(await sourcesOf('social-services', 's')).toBe('social-services');
    });

    it('treats duplicates of themselves, of one another, of nobody and of duplicates as in one batch, in any order', async () => {
      const duplicateOf = (one: string) => ({ duplicateOf: opaque(one) });
      const batch = [
        person('self', [['PERMIT', '1']], duplicateOf('self')),
        person('x', [['PERMIT', '2']], duplicateOf('y')),
        person('y', [['PERMIT', '3']], duplicateOf('x')),
        person('lost', [['PERMIT', '4']], duplicateOf('nobody')),
        person('c', [['PERMIT', '5']], duplicateOf('b')),
        person('b', [['PERMIT', '6']], duplicateOf('a')),
        person('a', [['PERMIT', '7']]),
      ];
      const others = batch.map((_, place) => person(`s${place}`, [['PERMIT', `${place + 1}`]]));
      await store.enrolPeople('social-services', KEY, others);
      const orders = [batch.map((one) => [one]), [...batch].reverse().map((one) => [one]), [batch]];
      const seen = [];
      for (const order of orders) {
        for (const part of order) await store.enrolPeople('reception-centres', KEY, part);
        const rows = await store.clustersBySectorKeys(
          'people',
          others.map(({ sectorKey }) => ({ partner: 'social-services', sectorKey })),
        );
        seen.push(
          rows
            .map(({ sectorKey, cluster }) => [sectorKey, cluster.sectorKeys['reception-centres']])
            .sort(),
        );
        const keys = batch.map(({ sectorKey }) => sectorKey);
        await store.remove('reception-centres', 'people', keys);
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      // Of a chain only the last step is one record: `b` is one with `a`, and `c` stands alone.
      expect(seen[0]?.filter(([, key]) => key !== undefined)).toHaveLength(6);
    });

    it('shows a duplicate as itself once its principal is forgotten', async () => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [], { closedOn: '2026-10-01' }),
        person('r2', [['PERMIT', '5']], { duplicateOf: opaque('r') }),
      ]);
      await store.enrolPeople('social-services', KEY, [person('s', [['PERMIT', '5']])]);
      test.setClock('2027-10-03T00:00:00Z');
      await store.sweep();
      expect(await sourcesOf('social-services', 's')).toBe('reception-centres social-services');
    });

    it('lets a reviewer take a decision back, whichever record is named first', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      const r = { partner: 'reception-centres', sectorKey: opaque('r') } as const;
      const s = { partner: 'social-services', sectorKey: opaque('s') } as const;
      await store.decide({ a: r, b: s, verdict: 'TWO_PEOPLE', reviewer: 'office' });
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres');
      await store.decide({ a: s, b: r, verdict: 'SAME_PERSON', reviewer: 'office' });
      expect(await sourcesOf('reception-centres', 'r')).toBe('reception-centres social-services');
    });

    it('parts two households when the only person they had in common goes', async () => {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      await store.enrolHouseholds('reception-centres', KEY, [household('rh', '1', ['r'])]);
      await store.enrolHouseholds('social-services', KEY, [household('sh', '2', ['s'])]);
      const key = { partner: 'reception-centres', sectorKey: opaque('rh') } as const;
      const sizeOf = async (): Promise<number> => {
        const [row] = await store.clustersBySectorKeys('households', [key]);
        return Object.keys(row?.cluster.sectorKeys ?? {}).length;
      };
      expect(await sizeOf()).toBe(2);
      await store.remove('social-services', 'people', [opaque('s')]);
      expect(await sizeOf()).toBe(1);
    });

    it('gives the two parts of one former person two ids, however many others are written between them', async () => {
      const others = Array.from({ length: 10_001 }, (_, number) => `k${number}`);
      await test.query(`
        INSERT INTO person_index.record (subject, partner, sector_key, version, cluster_id, enrolled_at)
        SELECT 'people', 'health-authority', 'k' || i, 'v', gen_random_uuid(), now()
          FROM generate_series(0, 10000) AS i
        UNION ALL SELECT 'people', partner, 'part', 'v', '${randomUUID()}', now()
          FROM unnest(ARRAY['reception-centres', 'social-services']) AS p (partner)`);
      const db = new Kysely<IndexDatabase>({
        dialect: new PostgresDialect({ pool: new Pool({ connectionString: test.databaseUrl }) }),
      });
      await db.transaction().execute((transaction) =>
        writeOutcome(
          { transaction, now: '2026-11-22T04:00:00Z', newId: randomUUID, added: new Set() },
          {
            groups: [
              ['reception-centres/part'],
              ...others.map((key) => [`health-authority/${key}`]),
              ['social-services/part'],
            ],
            links: [],
            doubts: [],
            households: [],
          },
        ),
      );
      const { rows } = await sql<{ people: number; splits: number }>`
        SELECT (SELECT count(DISTINCT cluster_id)::int FROM person_index.record) AS people,
          (SELECT count(*)::int FROM person_index.event WHERE kind = 'SPLIT') AS splits`.execute(
        db,
      );
      await db.destroy();
      expect(rows).toEqual([{ people: 10_003, splits: 2 }]);
    });

    it('lets whoever named a key id first correct its key while nobody else uses it, and not later', async () => {
      const [wrong, right] = ['11111111', '22222222'].map((check) => ({ id: 'shared', check }));
      if (wrong === undefined || right === undefined) throw new Error('Two keys');
      await store.enrolPeople('reception-centres', wrong, [person('r')]);
      await expect(store.enrolPeople('social-services', right, [person('s')])).rejects.toThrow(
        LinkageKeyMismatchError,
      );
      await store.enrolPeople('reception-centres', right, [person('r')]);
      await store.enrolPeople('social-services', right, [person('s')]);
      for (const partner of ['reception-centres', 'social-services'] as const) {
        await expect(store.enrolPeople(partner, wrong, [person('r')])).rejects.toThrow('new id');
      }
    });
  });
}
