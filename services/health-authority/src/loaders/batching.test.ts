import { testCaller } from '@tavolo/subgraph-kit/testing';
import { describe, expect, it } from 'vitest';
import { createContext } from '../context.ts';
import type { HealthFact } from '../store/health-fact.ts';
import type { HealthStore } from '../store/health-store.ts';
import { createLibsqlHealthFeedStore } from '../store/libsql-health-feed-store.ts';
import { createLibsqlHealthStore } from '../store/libsql-health-store.ts';
import { openHealthDatabase } from '../store/open-health-database.ts';

/** 400 invented people with two events each. */
function createFilledStore() {
  const database = openHealthDatabase(':memory:');
  const feed = createLibsqlHealthFeedStore(database, {
    deriveId: (label, id) => `${label}:${id}`,
    dayOf: () => '2026-01-01',
  });
  const facts = Array.from({ length: 400 }, (_, n): HealthFact[] => [
    {
      kind: 'person',
      localId: `${n}`,
      identifiers: [],
      attributes: { name: null, birthDate: null, sex: null, citizenship: null },
    },
    ...[1, 2].map(
      (day): HealthFact => ({
        kind: 'event',
        key: `${n}-${day}`,
        localId: `${n}`,
        at: `2026-01-0${day}T10:00:00Z`,
        serviceType: 'PAEDIATRICS',
        isServiceMapped: true,
        languageMediation: null,
      }),
    ),
  ]).flat();
  feed.take([
    {
      source: 'test',
      line: null,
      sender: 'test',
      controlId: '1',
      bytes: Buffer.alloc(0),
      contentSha256: '',
      receivedAt: '2026-01-01T00:00:00Z',
      reading: { kind: 'accepted', facts, warnings: [] },
    },
  ]);
  return createLibsqlHealthStore(database);
}

describe('the questions of one request', () => {
  it('cost one store call a list, however many people they are about', async () => {
    const calls: string[] = [];
    const store = new Proxy(createFilledStore(), {
      get(target, name: keyof HealthStore) {
        calls.push(name);
        return target[name].bind(target);
      },
    });
    const context = createContext(store, () => '2026-01-01', testCaller());
    const keys = Array.from({ length: 400 }, (_, n) => `person:${n}`);
    const [events, first] = await Promise.all([
      Promise.all(keys.map((key) => context.eventsByPerson.load(key))),
      Promise.all(
        // Asked for twice a person, by the first event and by the hours to it.
        [...keys, ...keys].map((personKey) =>
          context.firstEventByEntry.load({ personKey, notBefore: '2026-01-02T00:00:00Z' }),
        ),
      ),
      Promise.all(keys.map((key) => context.flagsByPerson.load(key))),
      Promise.all(keys.map((key) => context.registrationsByPerson.load(key))),
      Promise.all(keys.map((key) => context.screeningsByPerson.load(key))),
    ]);
    expect(
      events.every(
        (rows) => rows.map(({ at }) => at).join() === '2026-01-02T10:00:00Z,2026-01-01T10:00:00Z',
      ),
    ).toBe(true);
    expect(first.every((event) => event?.at === '2026-01-02T10:00:00Z')).toBe(true);
    expect(calls.sort()).toEqual([
      'eventsOf',
      'firstEvents',
      'flagsOf',
      'registrationsOf',
      'screeningsOf',
    ]);
  });
});
