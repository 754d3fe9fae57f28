import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FeedDatabase } from '@tavolo/feed-kit';
import type { PersonToEnrol } from '@tavolo/linkage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHl7Delivery } from '../feed/read-hl7-delivery.ts';
import { peopleToEnrol } from '../people-to-enrol.ts';
import { visit } from '../testing/adt.ts';
import { createLibsqlHealthFeedStore } from './libsql-health-feed-store.ts';
import { createLibsqlHealthStore } from './libsql-health-store.ts';
import { openHealthDatabase } from './open-health-database.ts';

const romeDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' });

let folder = '';
let database: FeedDatabase;
let sent = 0;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'health-attributes-'));
  database = openHealthDatabase(path.join(folder, 'health-authority.sqlite'));
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

function take(event: 'A08' | 'A40', id: string, pid: string, ...segments: string[]) {
  sent += 1;
  const store = createLibsqlHealthFeedStore(database, {
    deriveId: (label, own) => `${label}:${own}`,
    dayOf: (instant) => instant.slice(0, 10),
  });
  const text = [
    `MSH|^~\\&|ADT|OSP|TAVOLO|AUSLPR|20260301120000||ADT^${event}^ADT_A01|C${sent}|P|2.5`,
    `EVN|${event}|20260301120000`,
    `PID|1||${id}^^^AUSLPR^PI||${pid}`,
    ...segments,
    '',
  ].join('\r');
  const outcomes = store.take([
    readHl7Delivery(
      Buffer.from(text, 'latin1'),
      { source: 'mllp', line: null, receivedAt: '2026-03-01T12:00:00Z' },
      { patientAuthority: 'AUSLPR', timeZone: 'Europe/Rome' },
    ).delivery,
  ]);
  expect(outcomes).toEqual([{ kind: 'applied' }]);
}
async function enrolled(today = '2026-11-22'): Promise<Record<string, PersonToEnrol>> {
  const people: Record<string, PersonToEnrol> = {};
  const calendar = {
    now: () => new Date(`${today}T12:00:00Z`),
    dayOf: (instant: string) => romeDay.format(new Date(instant)),
  };
  for await (const person of peopleToEnrol(createLibsqlHealthStore(database), calendar)) {
    people[person.sectorKey.replace('person:', '')] = person;
  }
  return people;
}
const known = async (id = 'A') => (await enrolled())[id]?.attributes;
const withCitizenship = (pid: string, country: string) => {
  const fields = pid.split('|');
  fields[26 - 5] = country;
  return Array.from(fields, (field: string | undefined) => field ?? '').join('|');
};

describe('what is known of a patient besides numbers', () => {
  it('is what the newest message says, and a message that is silent erases nothing', async () => {
    take('A08', 'A', withCitizenship('UNO^INVENTATO||19900305|M', 'ML^^ISO3166'));
    take('A08', 'A', 'DUE^INVENTATO||""|U');
    take('A08', 'A', '||');
    expect(await known()).toEqual({
      name: 'DUE INVENTATO',
      birthDate: '1990-03-05',
      sex: 'M',
      citizenship: 'ML',
    });
  });

  it('survives a restart', async () => {
    take('A08', 'A', 'UNO^INVENTATO||1990|F');
    database.close();
    database = openHealthDatabase(path.join(folder, 'health-authority.sqlite'));
    expect(await known()).toMatchObject({ name: 'UNO INVENTATO', birthDate: '1990-01-01' });
  });

  it('is no birth date that has not come when the message comes, give or take a time zone', async () => {
    take('A08', 'A', 'UNO^INVENTATO||29990101');
    take('A08', 'B', 'DUE^INVENTATA||20260302');
    expect(await known('A')).toMatchObject({ name: 'UNO INVENTATO', birthDate: null });
    expect(await known('B')).toMatchObject({ birthDate: '2026-03-02' });
  });

  it('is the survivor’s after a merge, with what only the merged number knew', async () => {
    take('A08', 'A', withCitizenship('VECCHIO^INVENTATO||19900305|M', 'ML'));
    take('A40', 'B', 'NUOVO^INVENTATO', 'MRG|A^^^AUSLPR^PI');
    const both = { name: 'NUOVO INVENTATO', birthDate: '1990-03-05', sex: 'M', citizenship: 'ML' };
    expect([await known('A'), await known('B')]).toEqual([both, both]);
    const left = database.prepare('SELECT local_id FROM person_attributes').raw().all([]);
    expect(left).toEqual([['B']]);
  });

  it('is not changed by messages that still come for the merged number, which fill only gaps', async () => {
    take('A08', 'A', 'VECCHIO^INVENTATO');
    take('A40', 'B', 'NUOVO^INVENTATO', 'MRG|A^^^AUSLPR^PI');
    take('A08', 'A', 'VECCHISSIMO^INVENTATO||19900305');
    expect(await known('B')).toMatchObject({ name: 'NUOVO INVENTATO', birthDate: '1990-03-05' });
    take('A08', 'B', 'ULTIMO^INVENTATO');
    expect(await known('A')).toMatchObject({ name: 'ULTIMO INVENTATO', birthDate: '1990-03-05' });
  });
});

describe('a patient', () => {
  const flag = (category: string) => `ZVU|F-${category}|${category}|S|20260101100000|SCR`;

  it.each(['TRAFFICKING_VICTIM', 'TORTURE_RAPE_SERIOUS_VIOLENCE', 'FGM_VICTIM'])(
    'flagged as %s, even if only suspected, is restricted, and so is the number merged away',
    async (category) => {
      take('A08', 'A', 'UNO^INVENTATA', flag(category), flag('PREGNANT'));
      take('A40', 'B', 'UNO^INVENTATA', 'MRG|A^^^AUSLPR^PI');
      const people = await enrolled();
      expect([people['A']?.isRestricted, people['B']?.isRestricted]).toEqual([true, true]);
    },
  );

  it('flagged for another reason, or not at all, is not restricted', async () => {
    take('A08', 'A', 'UNO^INVENTATA', flag('PREGNANT'));
    take('A08', 'B', 'DUE^INVENTATO');
    const people = await enrolled();
    expect([people['A']?.isRestricted, people['B']?.isRestricted]).toEqual([false, false]);
  });
});

describe('the day since when a patient is known', () => {
  const knownSince = async (id = 'A', today?: string) => (await enrolled(today))[id]?.knownSince;
  const flagAt = (at: string) => `ZVU|F-${at}|PREGNANT|S|${at}|SCR`;

  it('is the earliest of events, flags, registrations and validities, by the calendar of the authority', async () => {
    take('A08', 'A', 'UNO^INVENTATA');
    expect(await knownSince()).toBeUndefined();
    take('A08', 'A', 'UNO^INVENTATA', 'ZIS|SSN|20260210||FIDENZA', 'ZIS|ATT|||FIDENZA');
    expect(await knownSince()).toBe('2026-02-10');
    take('A08', 'A', 'UNO^INVENTATA', visit('V1', '20260209100000'));
    expect(await knownSince()).toBe('2026-02-09');
    // Half past midnight in Italy is still the day before in UTC.
    take('A08', 'A', 'UNO^INVENTATA', flagAt('20260208003000'));
    expect(await knownSince()).toBe('2026-02-08');
    take('A08', '0TVL0000001^^^CUI^^^20260207~A', 'UNO^INVENTATA');
    expect(await knownSince()).toBe('2026-02-07');
    take('A08', 'A', 'UNO^INVENTATA', visit('V2', '20260301100000'), flagAt('20260301100000'));
    expect(await knownSince()).toBe('2026-02-07');
  });

  it('is not said before that day has come', async () => {
    take('A08', 'A', 'UNO^INVENTATA', 'ZIS|SSN|20261201||FIDENZA');
    expect(await knownSince('A', '2026-11-30')).toBeUndefined();
    expect(await knownSince('A', '2026-12-01')).toBe('2026-12-01');
  });

  it('is, of merged patients, the first of all', async () => {
    take('A08', 'A', 'UNO^INVENTATA', visit('V1', '20260105100000'));
    take('A08', 'B', 'UNO^INVENTATA', visit('V2', '20260220100000'));
    expect(await knownSince('B')).toBe('2026-02-20');
    take('A40', 'B', 'UNO^INVENTATA', 'MRG|A^^^AUSLPR^PI');
    expect([await knownSince('A'), await knownSince('B')]).toEqual(['2026-01-05', '2026-01-05']);
  });
});

describe('a patient merged away', () => {
  const duplicates = async () => {
    const people = await enrolled();
    return Object.fromEntries(
      Object.entries(people).map(([id, { duplicateOf }]) => [id, duplicateOf]),
    );
  };

  it('is a duplicate of the survivor, who is of nobody', async () => {
    take('A08', 'A', 'UNO^INVENTATA');
    take('A40', 'B', 'UNO^INVENTATA', 'MRG|A^^^AUSLPR^PI');
    expect(await duplicates()).toEqual({ A: 'person:B', B: undefined });
  });

  it('is a duplicate of the last survivor, whichever merge comes first', async () => {
    take('A40', 'B', 'UNO^INVENTATA', 'MRG|A^^^AUSLPR^PI');
    take('A40', 'C', 'UNO^INVENTATA', 'MRG|B^^^AUSLPR^PI');
    take('A40', 'B', 'UNO^INVENTATA', 'MRG|D^^^AUSLPR^PI');
    expect(await duplicates()).toEqual({
      A: 'person:C',
      B: 'person:C',
      C: undefined,
      D: 'person:C',
    });
  });
});
