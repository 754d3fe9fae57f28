import { HubError } from '@tavolo/subgraph-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SocialServicesStore } from './social-services-store.ts';

export interface StoreUnderTest {
  readonly store: SocialServicesStore;
  close(): Promise<void>;
}

const all = { districts: null, status: null } as const;

/** What every store over the fixture's rows has to keep. */
export function describeSocialServicesStore(
  name: string,
  start: () => Promise<StoreUnderTest>,
): void {
  describe(`social services store: ${name}`, () => {
    let underTest: StoreUnderTest;
    let store: SocialServicesStore;
    beforeAll(async () => {
      underTest = await start();
      ({ store } = underTest);
    });
    afterAll(() => underTest.close());

    const idsOf = (rows: readonly { readonly localId: string }[]) => rows.map((row) => row.localId);

    it('serves no cancelled row, no orphan, nobody cancelled and no row that cannot be read', async () => {
      const rows = await store.listCases(all, { afterId: null, limit: 100 });
      expect(idsOf(rows)).toEqual(['FID:1', 'FID:4', 'PAR:1', 'PAR:3']);
    });

    it('goes on after any row, also where rows that cannot be read lie between', async () => {
      const seen: string[] = [];
      let afterId: string | null = null;
      for (;;) {
        const [row] = await store.listCases(all, { afterId, limit: 1 });
        if (row === undefined) break;
        seen.push(row.localId);
        afterId = row.localId;
      }
      expect(seen).toEqual(['FID:1', 'FID:4', 'PAR:1', 'PAR:3']);
    });

    it('filters by district in each service’s own coding of municipalities', async () => {
      const page = { afterId: null, limit: 10 };
      const inFidenza = await store.listCases({ districts: ['FIDENZA'], status: null }, page);
      expect(idsOf(inFidenza)).toEqual(['FID:1', 'FID:4']);
      expect(inFidenza[0]?.municipalityCode).toBe('034014');
      const inBoth = await store.listCases({ districts: ['PARMA', 'FIDENZA'], status: null }, page);
      expect(idsOf(inBoth)).toEqual(['FID:1', 'FID:4', 'PAR:1', 'PAR:3']);
      expect(await store.listCases({ districts: [], status: null }, page)).toEqual([]);
    });

    it('finds of a person, a household and by id only what lies in the districts asked for', async () => {
      expect(idsOf(await store.findCasesOfPeople(['U1'], ['FIDENZA']))).toEqual(['FID:4']);
      expect(idsOf(await store.findCasesOfHouseholds(['N1'], ['FIDENZA']))).toEqual(['FID:4']);
      expect(idsOf(await store.findCases(['PAR:1', 'FID:4'], ['FIDENZA']))).toEqual(['FID:4']);
      expect(await store.findCasesOfPeople(['U1'], [])).toEqual([]);
      expect(idsOf(await store.findDeskContactsOfPeople(['U1', 'U2'], ['PARMA']))).toEqual([
        'PAR:1',
      ]);
    });

    it('serves nothing of a protected person, however it is asked', async () => {
      expect(await store.findCasesOfPeople(['U3'], null)).toEqual([]);
      expect(await store.findCases(['APP:1'], null)).toEqual([]);
      const page = { afterId: null, limit: 10 };
      expect(await store.listCases({ districts: ['SUD_EST'], status: null }, page)).toEqual([]);
    });

    it('filters by status as the last movement says', async () => {
      const page = { afterId: null, limit: 10 };
      const closed = await store.listCases({ districts: null, status: 'CLOSED' }, page);
      expect(idsOf(closed)).toEqual(['FID:4', 'PAR:3']);
      const open = await store.listCases({ districts: null, status: 'OPEN' }, page);
      expect(idsOf(open)).toEqual(['FID:1', 'PAR:1']);
    });

    it('reads text dates as days, and serves no impossible one as another day', async () => {
      const rows = await store.findCasesOfPeople(['U2', 'U1'], null);
      const opened = Object.fromEntries(rows.map((row) => [row.localId, row.openedAt]));
      expect(opened).toEqual({
        'FID:1': '2024-02-03',
        'FID:4': '2024-03-05',
        'PAR:1': '2024-01-10',
      });
    });

    it('serves the cases of a person from every service, latest first', async () => {
      expect(idsOf(await store.findCasesOfPeople(['U1'], null))).toEqual(['FID:4', 'PAR:1']);
      expect(await store.findCasesOfPeople(['U4', 'U9', 'nobody'], null)).toEqual([]);
    });

    it('keeps a case closed whose closing day cannot be read, without inventing the day', async () => {
      const [row] = await store.findCases(['PAR:3'], null);
      expect(row).toMatchObject({ status: 'CLOSED', closedAt: null, areaOfNeed: null });
    });

    it('serves the cases of a household by its present members’ files', async () => {
      const rows = await store.findCasesOfHouseholds(['N1', 'N3'], null);
      expect(idsOf(rows).toSorted()).toEqual(['FID:4', 'PAR:1', 'PAR:3']);
    });

    it('keeps every movement in the order in which they were written', async () => {
      const rows = await store.findMovements(['PAR:1', 'PAR:3']);
      expect(rows.filter(({ parentId }) => parentId === 'PAR:1').map(({ kind }) => kind)).toEqual([
        'REOPENED',
        'OTHER',
        'CLOSED',
        'OPENED',
      ]);
      expect(rows.find(({ localId }) => localId === 'PAR:7')).toMatchObject({ on: null });
    });

    it('maps the areas of each service by its own table and shows a code without an area as such', async () => {
      const areas = await store.findPlanAreas(['PAR:2', 'APP:1']);
      expect(areas.map(({ area, localCode }) => [localCode, area])).toEqual([
        [null, null],
        ['TEMPO LIBERO', null],
        ['INTEGRAZIONE SOCIO-SANITARIA E CULTURALE', 'HEALTH'],
        ['SUPPORTO ALLA GENITORIALITÀ E AI MINORI', 'SOCIAL'],
        ['LAVORO E FORMAZIONE', 'WORK_TRAINING'],
        ['AREA ABITATIVA', 'HOUSING'],
        ['SPO', null],
        ['ABI', 'HOUSING'],
        ['TGL', 'LEGAL'],
      ]);
    });

    it('counts every area code in use', async () => {
      expect(await store.countAreaCodes()).toContainEqual({
        socialService: 'PAR',
        localCode: 'SPO',
        area: null,
        rows: 2,
      });
    });

    it('gives amounts as bands, whichever way they are written', async () => {
      const rows = await store.findInterventions(['PAR:1', 'FID:1']);
      expect(rows.map(({ localId, amountBand }) => [localId, amountBand])).toEqual([
        ['FID:1', 'UP_TO_2500'],
        ['PAR:1', 'UP_TO_500'],
      ]);
    });

    it('serves desk contacts at their instant in UTC, winter and summer', async () => {
      const rows = await store.listDeskContacts(
        { districts: null, from: null, to: null },
        { afterId: null, limit: 10 },
      );
      expect(rows.map(({ localId, at }) => [localId, at])).toEqual([
        ['FID:1', '2024-01-30T08:30:00Z'],
        ['PAR:1', '2024-01-08T09:15:00Z'],
        ['PAR:2', '2024-07-08T08:15:00Z'],
      ]);
    });

    it('filters desk contacts by day in both ways of writing days', async () => {
      const page = { afterId: null, limit: 10 };
      const filter = { districts: null, from: '2024-01-08', to: '2024-01-30' };
      expect(idsOf(await store.listDeskContacts(filter, page))).toEqual(['FID:1', 'PAR:1']);
      const parma = { districts: ['PARMA'], from: '2024-01-09', to: null } as const;
      expect(idsOf(await store.listDeskContacts(parma, page))).toEqual(['PAR:2']);
    });

    it('serves vulnerability factors as the categories of the law, and leaves the others out', async () => {
      const [row] = await store.findAssessments(['PAR:1']);
      expect(row?.vulnerabilityFactors).toEqual(['TRAFFICKING_VICTIM', 'PREGNANT']);
    });

    it('asks nothing when there is nothing to ask for', async () => {
      expect(await store.findCases([], null)).toEqual([]);
      expect(await store.findCases(['XYZ:1'], null)).toEqual([]);
    });

    it('says unavailable, and nothing else, once the database is closed', async () => {
      await underTest.close();
      await expect(store.findCasesOfPeople(['U1'], null)).rejects.toBeInstanceOf(HubError);
    });
  });
}
