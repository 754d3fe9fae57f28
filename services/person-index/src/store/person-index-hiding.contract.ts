import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FOUNDING_PARTNERS } from '../partner.ts';
import {
  household,
  KEY,
  opaque,
  person,
  type StoreUnderTest,
} from './person-index-store.contract.ts';
import type { ClusterRow, PersonIndexStore, SectorKey } from './person-index-store.ts';

/** By no road is anybody shown who must not be. */
export function describePersonIndexHiding(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`whom the person index hides (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    const keyOf = (partner: SectorKey['partner'], one: string): SectorKey => ({
      partner,
      sectorKey: opaque(one),
    });

    async function find(
      subject: 'people' | 'households',
      key: SectorKey,
    ): Promise<ClusterRow | null> {
      return (await store.clustersBySectorKeys(subject, [key]))[0]?.cluster ?? null;
    }

    const HIDDEN = [
      ['protected', { isRestricted: true }],
      ['against being shared', { sharing: 'EXCLUDED' }],
      ['too new', { knownSince: '2026-11-20' }],
    ] as const;

    it.each(HIDDEN)('counts in its figures nobody who is %s', async (_what, flag) => {
      await store.enrolPeople('social-services', KEY, [person('s', [], flag), person('s2')]);
      const status = await store.status(FOUNDING_PARTNERS);
      expect(status.people).toBe(1);
      expect(status.peopleByInstitutionCount[0]).toEqual({ institutions: 1, people: 1 });
      expect(status.partners).toContainEqual(
        expect.objectContaining({ partner: 'social-services', people: 1 }),
      );
    });

    it.each(HIDDEN)('asks no reviewer about anybody who is %s', async (_what, flag) => {
      const doubtful = [
        ['CUI', '1'],
        ['PERMIT', '2'],
      ] as const;
      await store.enrolPeople('reception-centres', KEY, [person('r', doubtful)]);
      const other = [
        ['CUI', '9'],
        ['PERMIT', '2'],
      ] as const;
      await store.enrolPeople('social-services', KEY, [person('s', other)]);
      expect(await store.reviewQueue(10)).toHaveLength(1);
      await store.enrolPeople('social-services', KEY, [person('s', other, flag)]);
      expect(await store.reviewQueue(10)).toEqual([]);
    });

    it.each(HIDDEN)(
      'shows no household, nor that two institutions know it, when all in it are %s',
      async (_what, flag) => {
        await store.enrolPeople('social-services', KEY, [person('s', [], flag)]);
        await store.enrolPeople('reception-centres', KEY, [person('r')]);
        await store.enrolHouseholds('social-services', KEY, [household('sh', '7', ['s'])]);
        await store.enrolHouseholds('reception-centres', KEY, [household('rh', '7', ['r'])]);
        expect(await find('households', keyOf('social-services', 'sh'))).toBeNull();
        const seen = await find('households', keyOf('reception-centres', 'rh'));
        expect(seen?.sectorKeys).toEqual({ 'reception-centres': opaque('rh') });
        const known = await find('people', keyOf('reception-centres', 'r'));
        const rows = await store.householdsByPersonIds([known?.id ?? '']);
        expect(rows.map((row) => row.household.sectorKeys)).toEqual([seen?.sectorKeys]);
        expect((await store.status(FOUNDING_PARTNERS)).households).toBe(1);
      },
    );

    it('does not tell by its confidence that another institution has just come to know a person', async () => {
      await store.enrolPeople('social-services', KEY, [person('s', [['CUI', '1']])]);
      await store.enrolPeople('reception-centres', KEY, [
        person('r', [['CUI', '1']], { knownSince: '2026-11-20' }),
      ]);
      const seen = await find('people', keyOf('social-services', 's'));
      expect(seen).toMatchObject({
        confidence: null,
        sectorKeys: { 'social-services': opaque('s') },
      });
      expect(await store.clustersByIds('people', [seen?.id ?? ''])).toEqual([seen]);
    });

    it('does not bring a removed person back by noting who was asked about just before', async () => {
      await store.enrolPeople('social-services', KEY, [person('s')]);
      await store.remove('social-services', 'people', [opaque('s')]);
      const asked = { day: '2026-11-22', purpose: 'table', times: 1, requestIds: [] };
      await store.noteAccesses([{ ...keyOf('social-services', 's'), ...asked }]);
      expect(await test.dump()).not.toContain(opaque('s'));
    });
  });
}
