import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Partner } from '../partner.ts';
import { KEY, opaque, person, type StoreUnderTest } from './person-index-store.contract.ts';
import { LinkageKeyMismatchError, type PersonIndexStore } from './person-index-store.ts';

/** What every adapter promises to the people behind the records. */
export function describePersonIndexGovernance(
  name: string,
  open: () => Promise<StoreUnderTest>,
): void {
  describe(`person index governance (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    const R = { partner: 'reception-centres', sectorKey: opaque('r') } as const;
    const S = { partner: 'social-services', sectorKey: opaque('s') } as const;

    async function shown(partner: Partner, one: string): Promise<readonly string[] | null> {
      const key = { partner, sectorKey: opaque(one) };
      const [row] = await store.clustersBySectorKeys('people', [key]);
      return row === undefined ? null : Object.keys(row.cluster.sectorKeys).sort();
    }

    async function enrolPair(): Promise<void> {
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
    }

    it('never links again what a reviewer broke, whatever is enrolled later', async () => {
      await enrolPair();
      expect(await shown('reception-centres', 'r')).toEqual([
        'reception-centres',
        'social-services',
      ]);
      expect(await store.decide({ a: R, b: S, verdict: 'TWO_PEOPLE', reviewer: 'office' })).toBe(
        true,
      );
      expect(await shown('reception-centres', 'r')).toEqual(['reception-centres']);
      await store.enrolPeople('social-services', KEY, [
        person('s', [
          ['CUI', '1'],
          ['CODICE_FISCALE', '2'],
        ]),
      ]);
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [
          ['CUI', '1'],
          ['CODICE_FISCALE', '2'],
        ]),
      ]);
      await store.relinkAll();
      expect(await shown('reception-centres', 'r')).toEqual(['reception-centres']);
      const again = test.reopen();
      await again.enrolPeople('health-authority', KEY, [person('h', [['CODICE_FISCALE', '2']])]);
      await again.close();
      const together = await Promise.all([
        shown('reception-centres', 'r'),
        shown('social-services', 's'),
      ]);
      expect(together.filter((sources) => sources?.length === 2)).toHaveLength(1);
    });

    it('links what a reviewer confirmed, tells it as an event, and asks no more', async () => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [
          ['CUI', '1'],
          ['PERMIT', '2'],
        ]),
      ]);
      await store.enrolPeople('social-services', KEY, [
        person('s', [
          ['CUI', '9'],
          ['PERMIT', '2'],
        ]),
      ]);
      const [doubt] = await store.reviewQueue(10);
      expect(doubt).toMatchObject({
        reason: 'CONTRADICTION',
        agreement: { sameIdentifiers: ['PERMIT'], differentIdentifiers: ['CUI'] },
      });
      expect(await store.decide({ a: R, b: S, verdict: 'SAME_PERSON', reviewer: 'office' })).toBe(
        true,
      );
      expect(await shown('social-services', 's')).toEqual(['reception-centres', 'social-services']);
      expect(await store.reviewQueue(10)).toEqual([]);
      expect((await store.events('0', 10)).map(({ kind }) => kind)).toEqual([
        'CONFIRMED',
        'MERGED',
      ]);
      expect((await store.quality()).reviewed).toBe(1);
    });

    it('decides nothing about records that nobody enrolled', async () => {
      expect(await store.decide({ a: R, b: S, verdict: 'SAME_PERSON', reviewer: 'office' })).toBe(
        false,
      );
    });

    it.each([
      ['protected', { isRestricted: true }],
      ['against being shared', { sharing: 'EXCLUDED' }],
    ] as const)(
      'shows a person to nobody whom one institution says to be %s, and again when it takes that back',
      async (_what, flag) => {
        await enrolPair();
        await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']], flag)]);
        expect(await shown('reception-centres', 'r')).toBeNull();
        expect(await shown('social-services', 's')).toBeNull();
        await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
        expect(await shown('reception-centres', 'r')).toEqual([
          'reception-centres',
          'social-services',
        ]);
      },
    );

    it('keeps a protected person protected through a merge with others', async () => {
      await store.enrolPeople('social-services', KEY, [
        person('s', [['CUI', '1']], { isRestricted: true }),
      ]);
      await store.enrolPeople('health-authority', KEY, [person('h', [['CUI', '1']])]);
      expect(await shown('health-authority', 'h')).toBeNull();
    });

    it('keeps a person protected when the institution that protected them removes or forgets its record', async () => {
      const protectedRecord = person('s', [['CUI', '1']], { isRestricted: true });
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [protectedRecord]);
      await store.remove('social-services', 'people', [S.sectorKey]);
      expect(await shown('reception-centres', 'r')).toBeNull();
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [
          ['CUI', '1'],
          ['PERMIT', '7'],
        ]),
      ]);
      expect(await shown('reception-centres', 'r')).toBeNull();
      expect(await test.dump()).not.toContain(S.sectorKey);

      await store.enrolPeople('health-authority', KEY, [person('h', [['VESTANET', '3']])]);
      await store.enrolPeople('social-services', KEY, [
        person('t', [['VESTANET', '3']], { isRestricted: true, closedOn: '2026-10-01' }),
      ]);
      test.setClock('2027-10-03T00:00:00Z');
      expect(await store.sweep()).toBe(1);
      expect(await shown('health-authority', 'h')).toBeNull();
    });

    it('does not share for seven days whom an institution has just come to know', async () => {
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [['CUI', '1']], { knownSince: '2026-11-20' }),
      ]);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      expect(await shown('reception-centres', 'r')).toBeNull();
      expect(await shown('social-services', 's')).toEqual(['social-services']);
      test.setClock('2026-11-28T00:00:00Z');
      expect(await shown('reception-centres', 'r')).toEqual([
        'reception-centres',
        'social-services',
      ]);
    });

    it('forgets a closed file after its retention, does not ask for it again, and takes it back when it reopens', async () => {
      await enrolPair();
      await store.enrolPeople('social-services', KEY, [
        person('s', [['CUI', '1']], { closedOn: '2026-10-01' }),
      ]);
      expect(await store.sweep()).toBe(0);
      test.setClock('2027-10-03T00:00:00Z');
      expect(await store.sweep()).toBe(1);
      expect(await shown('social-services', 's')).toBeNull();
      expect(await shown('reception-centres', 'r')).toEqual(['reception-centres']);
      expect((await store.manifest('social-services', 'people', null, 10)).records).toHaveLength(1);
      expect((await store.figures('social-services')).people).toBe(1);
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      expect(await shown('social-services', 's')).toEqual(['reception-centres', 'social-services']);
    });

    it('forgets a removed person wholly, the access list too', async () => {
      await enrolPair();
      await store.noteAccesses([
        { ...S, day: '2026-11-22', purpose: 'table', times: 2, requestIds: ['q-1'] },
      ]);
      await store.remove('social-services', 'people', [S.sectorKey]);
      expect(await test.dump()).not.toContain(S.sectorKey);
    });

    it('tells an institution who was asked about its own person, and nothing for a key that is not its own', async () => {
      await enrolPair();
      const entry = { day: '2026-11-22', purpose: 'table' };
      await store.noteAccesses([{ ...R, ...entry, times: 2, requestIds: ['q-1', 'q-2'] }]);
      await store.noteAccesses([{ ...R, ...entry, times: 1, requestIds: [] }]);
      const many = Array.from({ length: 100 }, (_, place) => `q-${place + 3}`);
      await store.noteAccesses([{ ...R, ...entry, times: 100, requestIds: many }]);
      expect(await store.accessesOf(R)).toEqual([
        { ...entry, times: 103, requestIds: ['q-1', 'q-2', ...many].slice(0, 100) },
      ]);
      expect(await store.accessesOf({ ...R, partner: 'health-authority' })).toEqual([]);
    });

    it('refuses a batch under a key that only has the name of the agreed one, and keeps nothing of it', async () => {
      await enrolPair();
      const other = { ...KEY, check: 'ffffffff' };
      await expect(store.enrolPeople('health-authority', other, [person('h')])).rejects.toThrow(
        LinkageKeyMismatchError,
      );
      expect((await store.figures('health-authority')).people).toBe(0);
    });

    it('keeps the links of those who have changed their key before the others did', async () => {
      await enrolPair();
      const rotated = person('s', []);
      await store.enrolPeople('social-services', { id: 'k2', check: '11111111' }, [
        {
          ...rotated,
          identifiers: [{ kind: 'CUI', keyId: 'k2', mac: opaque('under the new key') }],
        },
      ]);
      expect(await shown('social-services', 's')).toEqual(['reception-centres', 'social-services']);
    });

    it('takes two records for one person when their institution says so, and only then', async () => {
      const twice = [
        person('r', [['CUI', '1']]),
        person('r2', [['PERMIT', '5']], { duplicateOf: opaque('r') }),
      ];
      await store.enrolPeople('reception-centres', KEY, twice);
      await store.enrolPeople('social-services', KEY, [person('s', [['PERMIT', '5']])]);
      expect(await shown('reception-centres', 'r2')).toEqual([
        'reception-centres',
        'social-services',
      ]);
      expect(await shown('social-services', 's')).toEqual(['reception-centres', 'social-services']);
      await store.remove('reception-centres', 'people', [opaque('r')]);
      expect(await shown('reception-centres', 'r2')).toEqual([
        'reception-centres',
        'social-services',
      ]);
    });

    it('holds nothing that an encoding could be found in', async () => {
      await enrolPair();
      expect(await test.dump()).not.toContain(opaque('CUI1'));
    });

    it('says how well it links with every number between nought and one', async () => {
      await enrolPair();
      const { precision, recall, links } = await store.quality();
      expect(links).toBe(1);
      for (const { estimate, low, high } of [precision, recall]) {
        expect(low).toBeLessThanOrEqual(estimate);
        expect(estimate).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeGreaterThanOrEqual(0);
      }
    });
  });
}
