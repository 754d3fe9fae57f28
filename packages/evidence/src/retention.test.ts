import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyOf, openTestLog, operation } from './evidence.fixture.ts';
import { segmentFile } from './evidence-files.ts';
import type { RegistryRecord } from './evidence-record.ts';
import type { EvidenceLogOptions } from './open-evidence-log.ts';
import { verifyEvidence } from './verify-evidence.ts';

const change: RegistryRecord = {
  kind: 'registry',
  at: '2026-11-22T10:00:00.000Z',
  organisation: 'hub',
  clientId: 'registry',
  user: 'pseudonym-9',
  action: 'PURPOSE_SUSPENDED',
  subjectKind: 'PURPOSE',
  subjectId: 'provincial-table',
  versionBefore: 2,
  versionAfter: 3,
  fields: ['suspensions'],
  requestId: 'request-9',
};

/** A log that was written to every month from January 2024 on, a segment each, as of a day. */
async function logOfMonths(months: number, more: Partial<EvidenceLogOptions> = {}) {
  let today = new Date('2024-01-15T10:00:00Z');
  const opened = await openTestLog({ now: () => today, ...more });
  for (let month = 0; month < months; month += 1) {
    today = new Date(Date.UTC(2024, month, 15, 10));
    await opened.log.append(operation(month, { at: today.toISOString() }));
  }
  const segments = async () =>
    (await readdir(opened.folder)).filter((name) => name.startsWith('segment-')).length;
  return {
    ...opened,
    segments,
    setDay: (day: string) => {
      today = new Date(day);
    },
  };
}

it('removes whole segments once they are older than the policy, and not a day before', async () => {
  const { log, folder, key, segments, setDay } = await logOfMonths(6, {
    retention: { operationMonths: 6 },
  });
  const before = await segments();
  // The first month was sealed when the second one's record came, on 15 February.
  setDay('2024-08-15T10:00:00.000Z');
  expect(await log.applyRetention()).toBe(0);
  setDay('2024-08-15T10:00:00.001Z');
  expect(await log.applyRetention()).toBe(1);
  expect(await log.applyRetention()).toBe(0);
  expect(await segments()).toBe(before - 1);
  await log.append(operation(99));
  await log.close();
  const verdict = await verifyEvidence(folder, { publicKeys: [key.verifyingKey] });
  expect(verdict).toMatchObject({ fault: null, begins: 'TOMBSTONE' });
  expect(verdict.firstSeq).toBeGreaterThan(1);
  const again = await openTestLog({ folder, signingKey: key.signingKey });
  await again.log.close();
});

it('keeps changes of the registry for their own time', async () => {
  const { log, segments, setDay } = await logOfMonths(1, {
    retention: { operationMonths: 6, registryMonths: 24 },
  });
  await log.append(change);
  setDay('2024-03-15T10:00:00Z');
  await log.append(operation(2));
  setDay('2025-01-01T00:00:00Z');
  const before = await segments();
  expect(await log.applyRetention()).toBe(0);
  setDay('2026-04-01T00:00:00Z');
  expect(await log.applyRetention()).toBe(before - 1);
  await log.close();
});

it('does not pass for retention what somebody else removed, nor what was removed and comes back', async () => {
  const { log, folder, key, setDay } = await logOfMonths(6, { retention: { operationMonths: 6 } });
  const full = await copyOf(folder);
  setDay('2024-10-20T10:00:00Z');
  expect(await log.applyRetention()).toBe(2);
  await log.close();
  const verify = (place: string) => verifyEvidence(place, { publicKeys: [key.verifyingKey] });
  const less = await copyOf(folder);
  await rm(join(less, segmentFile(3)));
  expect((await verify(less)).fault).toMatchObject({ kind: 'MISSING', segment: 3 });
  await cp(join(full, segmentFile(2)), join(folder, segmentFile(2)));
  expect((await verify(folder)).fault).toMatchObject({ kind: 'UNEXPECTED', segment: 2 });
  await rm(join(folder, 'tombstone.jws'));
  expect((await verify(folder)).fault).not.toBeNull();
});
