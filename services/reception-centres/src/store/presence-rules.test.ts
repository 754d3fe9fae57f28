import { openFeedDatabase } from '@tavolo/feed-kit';
import { municipalities } from '@tavolo/schemas';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrations } from './migrations.ts';
import { createReceptionFeedStore, type DropTransaction } from './reception-feed-store.ts';
import { createSourceStatus } from './source-figures.ts';
import { createSqliteReceptionStore } from './sqlite-reception-store.ts';

const [parma] = municipalities;
const secret = 'a secret of the tests, longer than 32 characters';

let database = openFeedDatabase(':memory:', migrations);
let feed = createReceptionFeedStore(database, { sectorKeySecret: secret, absentSheets: 3 });
let drops = 0;
beforeEach(() => {
  database.close();
  database = openFeedDatabase(':memory:', migrations);
  feed = createReceptionFeedStore(database, { sectorKeySecret: secret, absentSheets: 3 });
  drops = 0;
});

const commit = (work: (transaction: DropTransaction) => void) =>
  feed.commitDrop(async (transaction) => {
    work(transaction);
    drops += 1;
    return {
      sha256: String(drops),
      name: 'sheet.xlsx',
      kind: 'PRESENCES',
      outcome: 'ingested',
      dataAt: '2026-11-01T00:00:00.000Z',
      receivedAt: '2026-11-01T00:00:00.000Z',
      accepted: 1,
      identifiersIgnored: 0,
      rejections: [],
    };
  });

/** A sheet of one centre and day that lists these CUIs as present. */
const sheet = (day: string, cuis: readonly string[], capacity = 10, centre = 'Casa Rossa') =>
  commit(({ facilities, people, presences }) => {
    if (parma === undefined) throw new Error('the province has municipalities');
    const id = facilities.identify({
      receptionType: 'CAS',
      managingBody: 'Cooperativa',
      name: centre,
      municipality: parma,
      describedOn: day,
    });
    presences.write({
      facility: { id, receptionType: 'CAS' },
      day,
      sha256: day,
      modifiedAt: `${day}T10:00:00.000Z`,
      receivedAt: `${day}T10:00:00.000Z`,
      lines: cuis.map((value) => ({
        person: people.resolve({
          identifiers: [{ kind: 'CUI', value }],
          household: null,
          seenOn: day,
        }),
        present: true,
        entryOn: '2026-10-01',
        entryAt: null,
        exitOn: null,
      })),
      rowCount: cuis.length,
      statedTotal: null,
      capacity,
      reserved: null,
      outOfService: null,
    });
  });

const guests = (count: number) => Array.from({ length: count }, (_, index) => `CUI000${index}`);
const page = { size: 50, afterId: undefined };

async function alarms(today: string): Promise<unknown[]> {
  const rows = await createSqliteReceptionStore(database).presenceAlarms(
    { districts: null, kind: null, since: null },
    today,
    page,
  );
  return rows.map(({ kind, day, expected, observed }) => ({ kind, day, expected, observed }));
}

const exits = () => database.prepare('SELECT exit_on FROM stay ORDER BY exit_on').raw().all();

describe('presence alarms', () => {
  it('rise when rows fall by half, and go when the sheet is corrected', async () => {
    await sheet('2026-11-01', guests(6));
    await sheet('2026-11-02', guests(2));
    expect(await alarms('2026-11-02')).toEqual([
      { kind: 'ROWS_DOWN_BY_HALF', day: '2026-11-02', expected: 6, observed: 2 },
    ]);
    await sheet('2026-11-02', guests(6));
    expect(await alarms('2026-11-02')).toEqual([]);
  });

  it('rise when more are present than the centre may hold', async () => {
    await sheet('2026-11-01', guests(3), 2);
    expect(await alarms('2026-11-01')).toEqual([
      { kind: 'ABOVE_CAPACITY', day: '2026-11-01', expected: 2, observed: 3 },
    ]);
  });

  it('rise for a centre that was silent for two days, not for one', async () => {
    await sheet('2026-11-01', guests(1));
    expect(await alarms('2026-11-02')).toEqual([]);
    expect(await alarms('2026-11-03')).toMatchObject([
      { kind: 'SILENT_TWO_DAYS', day: '2026-11-03' },
    ]);
  });

  it('rise for one person in two centres on the same day, whatever the history before', async () => {
    await sheet('2026-11-01', guests(2));
    await sheet('2026-11-01', guests(1), 10, 'Villa Verde');
    expect(await alarms('2026-11-01')).toMatchObject([
      { kind: 'SAME_PERSON_TWO_CENTRES', day: '2026-11-01', observed: 1 },
    ]);
  });
});

describe('a stay', () => {
  it('ends on the first of three sheets without the guest, not before, and goes on when the guest is back', async () => {
    await sheet('2026-11-01', guests(2));
    await sheet('2026-11-02', guests(1));
    await sheet('2026-11-03', guests(1));
    expect(exits()).toEqual([[null], [null]]);
    await sheet('2026-11-04', guests(1));
    expect(exits()).toEqual([[null], ['2026-11-02']]);
    await sheet('2026-11-05', guests(2));
    expect(exits()).toEqual([[null], [null]]);
  });

  it('ends alike when the sheets come in the opposite order', async () => {
    await sheet('2026-11-04', guests(1));
    await sheet('2026-11-03', guests(1));
    await sheet('2026-11-02', guests(1));
    await sheet('2026-11-01', guests(2));
    expect(exits()).toEqual([[null], ['2026-11-02']]);
  });
});

describe('people', () => {
  it('known apart by two identifiers are one from the row that states both, with their stays', async () => {
    await sheet('2026-11-01', guests(1));
    await commit(({ people }) => {
      const resolve = (identifiers: Parameters<typeof people.resolve>[0]['identifiers']) =>
        people.resolve({ identifiers, household: null, seenOn: '2026-11-01' });
      const byVestanet = resolve([{ kind: 'VESTANET', value: 'XX12345' }]);
      const both = resolve([
        { kind: 'CUI', value: 'CUI0000' },
        { kind: 'VESTANET', value: 'XX12345' },
      ]);
      expect(byVestanet).not.toBe(both);
      expect(resolve([{ kind: 'VESTANET', value: 'XX12345' }])).toBe(both);
    });
    const standing = database.prepare('SELECT count(*) FROM person WHERE merged_into IS NULL');
    expect(standing.raw().get([])).toEqual([1]);
  });
});

describe('the state of the source', () => {
  it('is stale once nothing was taken in for longer than allowed, and before anything was', async () => {
    const status = createSourceStatus(database, 48);
    expect(status(new Date('2026-11-01T00:00:00Z')).stale).toBe(true);
    await sheet('2026-11-01', guests(1));
    expect(status(new Date('2026-11-03T00:00:00Z')).stale).toBe(false);
    expect(status(new Date('2026-11-03T00:00:01Z')).stale).toBe(true);
  });
});
