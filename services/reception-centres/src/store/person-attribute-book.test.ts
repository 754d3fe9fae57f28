import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FeedDatabase, openFeedDatabase } from '@tavolo/feed-kit';
import type { PersonAttributes, PersonToEnrol } from '@tavolo/linkage';
import { municipalities } from '@tavolo/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalIdentifier } from '../feed/person-record.ts';
import { migrations } from './migrations.ts';
import { peopleToEnrol } from './read-enrolment.ts';
import { createReceptionFeedStore, type DropTransaction } from './reception-feed-store.ts';

const secret = 'a secret of the tests, longer than 32 characters';
const cui = (value: string) => ({ kind: 'CUI', value }) as const;
const said = (known: Partial<PersonAttributes>): PersonAttributes => ({
  name: null,
  birthDate: null,
  sex: null,
  citizenship: null,
  ...known,
});

let folder = '';
let database: FeedDatabase;
let feed: ReturnType<typeof createReceptionFeedStore>;
let drops = 0;

function open() {
  database = openFeedDatabase(path.join(folder, 'reception-centres.sqlite'), migrations);
  feed = createReceptionFeedStore(database, { sectorKeySecret: secret, absentSheets: 3 });
}
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attributes-'));
  open();
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const commit = (work: (transaction: DropTransaction) => void) =>
  feed.commitDrop(async (transaction) => {
    work(transaction);
    drops += 1;
    return {
      sha256: String(drops),
      name: 'export.csv',
      kind: 'ACCOGLIENZE',
      outcome: 'ingested',
      dataAt: null,
      receivedAt: '2026-11-01T00:00:00.000Z',
      accepted: 1,
      identifiersIgnored: 0,
      rejections: [],
    };
  });
const learn = (on: string, known: Partial<PersonAttributes>, ...identifiers: string[]) =>
  commit(({ people, attributes }) => {
    const person = people.resolve({
      identifiers: identifiers.map(cui),
      household: null,
      seenOn: on,
    });
    attributes.learn(person, said(known), on);
  });
async function enrolled(today = '2026-11-22'): Promise<PersonToEnrol[]> {
  const people: PersonToEnrol[] = [];
  for await (const person of peopleToEnrol(database, () => today)) people.push(person);
  return people;
}
const attributes = async () => (await enrolled()).map((person) => person.attributes);

/** A stay in a centre, by the desks' list or the data bank. */
const stay = (
  externalId: string,
  entryOn: string,
  exitOn: string | null,
  source: 'SAI' | 'IMMEDIATE' = 'SAI',
) =>
  commit(({ facilities, people, exports }) => {
    const [parma] = municipalities;
    if (parma === undefined) throw new Error('the province has municipalities');
    const facilityId = facilities.identify({
      receptionType: 'SAI',
      managingBody: 'Cooperativa',
      name: 'Casa Rossa',
      municipality: parma,
      describedOn: entryOn,
    });
    exports.writeStay({
      source,
      externalId,
      facilityId,
      person: people.resolve({ identifiers: [cui('A')], household: null, seenOn: entryOn }),
      receptionType: 'SAI',
      entryOn,
      entryAt: null,
      exitOn,
      exitReason: null,
      entryRegisteredOn: null,
      exitRegisteredOn: null,
      exportDay: '2026-11-20',
    });
  });
const reception = (
  externalId: string,
  category: string | null,
  moments: Readonly<Record<string, string>> = {},
) =>
  commit(({ people, exports }) => {
    const person = people.resolve({
      identifiers: [cui('A')],
      household: null,
      seenOn: '2026-11-01',
    });
    exports.writeImmediateReception(externalId, {
      external_id: externalId,
      person_id: person,
      district: 'PARMA',
      started_at: '2026-11-01T10:00:00Z',
      vulnerability_category: category,
      export_day: '2026-11-20',
      ...moments,
    });
  });

describe('what is known of a person besides numbers', () => {
  it('is what the newest row says, and a row that is silent erases nothing', async () => {
    await learn('2026-11-01', { name: 'INVENTATO Uno', birthDate: '1990-01-01', sex: 'M' }, 'A');
    await learn('2026-11-02', { name: 'INVENTATO Due', citizenship: 'ML' }, 'A');
    await learn('2026-11-03', {}, 'A');
    expect(await attributes()).toEqual([
      said({ name: 'INVENTATO Due', birthDate: '1990-01-01', sex: 'M', citizenship: 'ML' }),
    ]);
  });

  it('is not changed by an older row, which fills only what is missing', async () => {
    await learn('2026-11-05', { name: 'INVENTATO Nuovo' }, 'A');
    await learn('2026-11-01', { name: 'INVENTATO Vecchio', citizenship: 'ML' }, 'A');
    expect(await attributes()).toEqual([said({ name: 'INVENTATO Nuovo', citizenship: 'ML' })]);
  });

  it('survives a restart, and is compared with what was known before it', async () => {
    await learn('2026-11-05', { name: 'INVENTATO Uno', sex: 'F' }, 'A');
    database.close();
    open();
    await learn('2026-11-01', { name: 'INVENTATO Vecchio' }, 'A');
    await learn('2026-11-06', {}, 'A');
    expect(await attributes()).toEqual([said({ name: 'INVENTATO Uno', sex: 'F' })]);
  });

  it('is of the one person whom two turn out to be', async () => {
    await commit(({ people, attributes: book }) => {
      const resolve = (...identifiers: Parameters<typeof people.resolve>[0]['identifiers']) =>
        people.resolve({ identifiers, household: null, seenOn: '2026-11-01' });
      const vestanet = { kind: 'VESTANET', value: 'XX12345' } as const;
      book.learn(resolve(cui('A')), said({ name: 'INVENTATO Uno' }), '2026-11-02');
      book.learn(resolve(vestanet), said({ name: 'Uno I.', sex: 'M' }), '2026-11-01');
      resolve(cui('A'), vestanet);
    });
    expect(await attributes()).toEqual([said({ name: 'INVENTATO Uno', sex: 'M' })]);
  });

  it('is forgotten with a drop that was rolled back', async () => {
    await learn('2026-11-01', { name: 'INVENTATO Uno' }, 'A');
    const broken = commit(({ people, attributes: book }) => {
      const person = people.resolve({
        identifiers: [cui('A')],
        household: null,
        seenOn: '2026-11-02',
      });
      book.learn(person, said({ name: 'INVENTATO Due' }), '2026-11-02');
      throw new Error('the disk is full');
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(await attributes()).toEqual([said({ name: 'INVENTATO Uno' })]);
    await learn('2026-11-02', { name: 'INVENTATO Due' }, 'A');
    expect(await attributes()).toEqual([said({ name: 'INVENTATO Due' })]);
  });

  it('costs no write when a row says nothing new', async () => {
    await learn('2026-11-01', { name: 'INVENTATO Uno' }, 'A');
    const written = () => database.prepare('SELECT total_changes()').raw().get();
    await commit(({ people, attributes: book }) => {
      const person = people.resolve({
        identifiers: [cui('A')],
        household: null,
        seenOn: '2026-11-02',
      });
      const before = written();
      book.learn(person, said({ name: 'INVENTATO Uno' }), '2026-11-02');
      book.learn(person, said({}), '2026-11-03');
      expect(written()).toEqual(before);
    });
  });
});

describe('the file of a person', () => {
  const closedOn = async (today?: string) => (await enrolled(today)).map((one) => one.closedOn);

  it('is closed on the last exit, immediate receptions included, once no stay is open', async () => {
    await stay('1', '2026-01-01', '2026-03-01', 'IMMEDIATE');
    await stay('2', '2026-03-01', null);
    expect(await closedOn()).toEqual([undefined]);
    await stay('2', '2026-03-01', '2026-10-01');
    expect(await closedOn()).toEqual(['2026-10-01']);
  });

  it('is open until an exit that was announced has come', async () => {
    await stay('1', '2026-01-01', '2026-12-01');
    expect(await closedOn('2026-11-30')).toEqual([undefined]);
    expect(await closedOn('2026-12-01')).toEqual(['2026-12-01']);
  });

  it('is open for somebody who was never a guest', async () => {
    await learn('2026-11-01', {}, 'A');
    expect(await closedOn()).toEqual([undefined]);
  });
});

describe('the day since when a person is known', () => {
  const knownSince = async (today?: string) => (await enrolled(today)).map((one) => one.knownSince);

  it('is that of the first entry of all stays', async () => {
    await stay('1', '2026-03-01', null);
    await stay('2', '2026-01-05', '2026-02-01', 'IMMEDIATE');
    expect(await knownSince()).toEqual(['2026-01-05']);
  });

  it('is that on which an immediate reception was asked for, accepted or began, by the calendar in Italy', async () => {
    await reception('1', null, { started_at: '2026-10-10T10:00:00Z' });
    expect(await knownSince()).toEqual(['2026-10-10']);
    await reception('2', null, { accepted_at: '2026-10-08T10:00:00Z' });
    expect(await knownSince()).toEqual(['2026-10-08']);
    await reception('3', null, { requested_at: '2026-10-06T22:30:00Z' });
    expect(await knownSince()).toEqual(['2026-10-07']);
    await stay('1', '2026-10-09', null);
    expect(await knownSince()).toEqual(['2026-10-07']);
    await stay('2', '2026-10-06', null);
    expect(await knownSince()).toEqual(['2026-10-06']);
  });

  it('is not said of who was never received, nor before a stay that is announced begins', async () => {
    await learn('2026-11-01', {}, 'A');
    expect(await knownSince()).toEqual([undefined]);
    await stay('1', '2026-12-01', null);
    expect(await knownSince('2026-11-30')).toEqual([undefined]);
    expect(await knownSince('2026-12-01')).toEqual(['2026-12-01']);
  });

  it('is, of two who turn out to be one, the first of both', async () => {
    await stay('1', '2026-10-09', null);
    const vestanet = { kind: 'VESTANET', value: 'XX12345' } as const;
    const resolve = (...identifiers: readonly LocalIdentifier[]) =>
      commit(({ people, exports }) => {
        const person = people.resolve({ identifiers, household: null, seenOn: '2026-10-01' });
        exports.writeImmediateReception('1', {
          external_id: '1',
          person_id: person,
          district: 'PARMA',
          started_at: '2026-10-02T10:00:00Z',
          export_day: '2026-11-20',
        });
      });
    await resolve(vestanet);
    expect((await knownSince()).sort()).toEqual(['2026-10-02', '2026-10-09']);
    await resolve(cui('A'), vestanet);
    expect(await knownSince()).toEqual(['2026-10-02']);
  });
});

describe('a person', () => {
  const restricted = async () => (await enrolled()).map((one) => one.isRestricted);

  it.each(['TRAFFICKING_VICTIM', 'TORTURE_RAPE_SERIOUS_VIOLENCE', 'FGM_VICTIM'])(
    'received as %s is restricted, whatever other receptions say',
    async (category) => {
      await reception('1', category);
      await reception('2', 'PREGNANT');
      expect(await restricted()).toEqual([true]);
    },
  );

  it('received for another reason, or for none, is not', async () => {
    await reception('1', 'PREGNANT');
    await reception('2', null);
    expect(await restricted()).toEqual([false]);
  });
});
