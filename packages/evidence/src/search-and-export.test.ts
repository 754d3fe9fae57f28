import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyOf, newFolder, openTestLog, operation } from './evidence.fixture.ts';
import { EvidenceFaultError } from './evidence-fault.ts';
import type { OperationRecord } from './evidence-record.ts';
import { exportEvidence } from './export-evidence.ts';
import { type EvidenceFilter, searchEvidence } from './search-evidence.ts';
import { verifyEvidence } from './verify-evidence.ts';

async function logOf(records: readonly Partial<OperationRecord>[], maxSegmentRecords = 5) {
  let at = 0;
  const moment = () => new Date(Date.UTC(2026, 10, 1, at));
  const opened = await openTestLog({ now: moment, maxSegmentRecords });
  for (const [number, more] of records.entries()) {
    at = number;
    await opened.log.append(operation(number, { at: moment().toISOString(), ...more }));
  }
  await opened.log.close();
  return opened;
}

describe('a search', () => {
  const searches: readonly [string, EvidenceFilter, readonly number[]][] = [
    [
      'time, its end exclusive',
      {
        from: new Date('2026-11-01T01:00:00Z'),
        to: new Date('2026-11-01T03:00:00Z'),
        kind: 'operation',
      },
      [1, 2],
    ],
    ['organisation', { organisation: 'ausl-di-prova' }, [1]],
    ['purpose', { purposeId: 'case-work' }, [2]],
    ['user', { user: 'pseudonym-7' }, [3]],
    ['coordinate', { coordinate: 'Person.name' }, [2]],
    ['type', { coordinate: 'Person' }, [2, 4]],
    ['outcome', { outcome: 'REFUSED' }, [4]],
    ['refusal', { refusalCode: 'FORBIDDEN' }, [4]],
    ['questions', { requestIds: new Set(['request-0', 'request-4', 'request-77']) }, [0, 4]],
    ['both', { coordinate: 'Person', outcome: 'REFUSED' }, [4]],
    ['nothing that is there', { organisation: 'nobody' }, []],
  ];

  it.each(searches)('finds by %s', async (_name, filter, expected) => {
    const { folder } = await logOf([
      {},
      { organisation: 'ausl-di-prova' },
      { purposeId: 'case-work', coordinates: ['Person.name'] },
      { user: 'pseudonym-7' },
      {
        outcome: 'REFUSED',
        httpStatus: 403,
        coordinates: [],
        refusal: { code: 'FORBIDDEN', reason: null, coordinate: 'Person.birthDate' },
      },
    ]);
    const { records } = await searchEvidence(folder, filter);
    expect(records.map(({ body }) => ('requestId' in body ? body.requestId : body.kind))).toEqual(
      expected.map((number) => `request-${number}`),
    );
  });

  it('answers page after page, each record once', async () => {
    const { folder } = await logOf(Array.from({ length: 23 }, () => ({})));
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await searchEvidence(folder, { kind: 'operation' }, { first: 5, after });
      expect(page.records.length).toBeLessThanOrEqual(5);
      seen.push(...page.records.map(({ seq }) => seq));
      after = page.nextAfter;
    }
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
  });

  it('shows nothing of a record that was changed, but says where it is', async () => {
    const { folder } = await logOf([{}, {}], 100);
    const file = join(folder, 'segment-00000001.ndjson');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"rows":20', '"rows":19'));
    await expect(searchEvidence(folder, {})).rejects.toBeInstanceOf(EvidenceFaultError);
  });
});

describe('an exported pack', () => {
  const now = () => new Date('2026-12-01T00:00:00Z');

  it('verifies elsewhere, whole or as a part, and holds the asked time', async () => {
    const { folder, key } = await logOf(Array.from({ length: 30 }, () => ({})));
    const publicKeys = [key.verifyingKey];
    for (const range of [
      {},
      { from: new Date('2026-11-01T10:00:00Z'), to: new Date('2026-11-01T14:00:00Z') },
    ]) {
      const out = await newFolder();
      await exportEvidence(folder, out, { publicKeys, now, ...range });
      const verdict = await verifyEvidence(await copyOf(out), { publicKeys, as: 'pack' });
      expect(verdict.fault).toBeNull();
      const { records } = await searchEvidence(out, { kind: 'operation', ...range });
      expect(records).toHaveLength('from' in range ? 4 : 30);
      expect(verdict.begins).toBe('from' in range ? 'PACK' : 'GENESIS');
      expect((await verifyEvidence(out, { publicKeys })).fault).toMatchObject({
        kind: 'UNEXPECTED',
      });
    }
  });

  it('is found out when any of its files was changed', async () => {
    const { folder, key } = await logOf(Array.from({ length: 12 }, () => ({})));
    const publicKeys = [key.verifyingKey];
    const out = await newFolder();
    const { manifest } = await exportEvidence(folder, out, { publicKeys, now });
    for (const { name } of manifest.files) {
      const copy = await copyOf(out);
      await appendFile(join(copy, name), ' ');
      expect((await verifyEvidence(copy, { publicKeys, as: 'pack' })).fault).not.toBeNull();
    }
  });

  it('is never written into a folder that holds something', async () => {
    const { folder, key } = await logOf([{}]);
    await expect(
      exportEvidence(folder, folder, { publicKeys: [key.verifyingKey], now }),
    ).rejects.toThrow(/not empty/u);
  });
});
