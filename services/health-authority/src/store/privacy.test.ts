import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHl7Delivery } from '../feed/read-hl7-delivery.ts';
import { forgetOldRaw } from '../feed/start-retention.ts';
import { adt, visit } from '../testing/adt.ts';
import { createLibsqlHealthFeedStore } from './libsql-health-feed-store.ts';
import { openHealthDatabase } from './open-health-database.ts';

const canaries = [
  'CANARYDIAGNOSIS',
  'CANARYNOTE',
  'CANARYREASON',
  'INVENTATO',
  'PROVA',
  '19900101',
  '1990-01-01',
];

function setUp() {
  const database = openHealthDatabase(':memory:');
  const store = createLibsqlHealthFeedStore(database, {
    deriveId: (label, id) => `${label}:${id}`,
    dayOf: (instant) => instant.slice(0, 10),
  });
  const take = (text: string, receivedAt = '2026-03-01T12:00:00Z') =>
    store.take([
      readHl7Delivery(
        Buffer.from(text),
        { source: 'mllp', line: null, receivedAt },
        { patientAuthority: 'AUSLPR', timeZone: 'Europe/Rome' },
      ).delivery,
    ]);
  /** Every cell of the store; without the raw messages, also without what is kept for the encoder. */
  const dump = (withRaw: boolean) => {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all([]) as { name: string }[];
    const read = tables.filter(({ name }) => withRaw || name !== 'person_attributes');
    const rows = read.flatMap(
      ({ name }) => database.prepare(`SELECT * FROM ${name}`).all([]) as Record<string, unknown>[],
    );
    const raw = database.prepare('SELECT hex(bytes) AS hex FROM message').all([]) as {
      hex: string;
    }[];
    return [
      ...rows.flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          column === 'bytes' ? [] : [String(value)],
        ),
      ),
      ...(withRaw ? raw.map(({ hex }) => Buffer.from(hex, 'hex').toString('latin1')) : []),
    ].join('\n');
  };
  return { database, store, take, dump };
}

describe('what a hospital writes about a person', () => {
  const message = adt('C1', {
    segments: [
      'PV2|||^CANARYREASON',
      visit('V1', '20260101100000'),
      'DG1|1||^CANARYDIAGNOSIS',
      'OBX|1|TX|||CANARYNOTE',
    ],
  });

  it('stays in the raw message, name and birth date also in the encoder’s table: no table that the graph reads holds them', () => {
    const { take, dump, database } = setUp();
    expect(take(message)).toEqual([{ kind: 'applied' }]);
    take(message.replace('C1', 'C2').replace('INV1', ''));
    for (const canary of canaries) {
      expect(dump(true)).toContain(canary);
      expect(dump(false)).not.toContain(canary);
    }
    expect(database.prepare('SELECT * FROM person_attributes').raw().all([])).toEqual([
      ['INV1', 'INVENTATO PROVA', '1990-01-01', 'M', null],
    ]);
  });

  it('is let go after its retention, while what was taken in and the control id stay', async () => {
    const { store, take, dump, database } = setUp();
    const dropDir = await mkdtemp(path.join(tmpdir(), 'health-retention-'));
    await mkdir(path.join(dropDir, 'processed'));
    await writeFile(path.join(dropDir, 'processed', 'old.hl7'), message);
    const now = new Date(Date.now() + 40 * 86_400_000);
    await utimes(path.join(dropDir, 'processed', 'old.hl7'), new Date(), new Date());
    take(message, '2026-03-01T12:00:00Z');
    take(message.replace('C1', 'C2'), now.toISOString());

    expect(await forgetOldRaw({ store, dropDir, rawDays: 30, now: () => now })).toEqual({
      messages: 1,
      files: 1,
    });
    expect(await readdir(path.join(dropDir, 'processed'))).toEqual([]);
    expect(dump(true).split('CANARYNOTE')).toHaveLength(2);
    expect(database.prepare('SELECT count(*) AS n FROM event').get([])).toMatchObject({ n: 1 });
    expect(take(message)).toEqual([{ kind: 'duplicate' }]);
    await rm(dropDir, { recursive: true });
  });
});

describe('merges', () => {
  it('keep every number pointing at the record in use, in whatever order they come', () => {
    const { take, database } = setUp();
    const merge = (id: string, into: string, from: string) =>
      take(
        adt(id, {
          event: 'A40',
          ids: `${into}^^^AUSLPR^PI`,
          segments: [`MRG|${from}^^^AUSLPR^PI`],
        }),
      );
    merge('M1', 'B', 'A');
    merge('M2', 'C', 'B');
    merge('M3', 'A', 'C');
    const people = database
      .prepare('SELECT local_id, merged_into FROM person ORDER BY local_id')
      .all([]);
    expect(people).toMatchObject([
      { local_id: 'A', merged_into: 'C' },
      { local_id: 'B', merged_into: 'C' },
      { local_id: 'C', merged_into: null },
    ]);
    expect(database.prepare('SELECT count(*) AS n FROM merge').get([])).toMatchObject({ n: 3 });
  });
});
