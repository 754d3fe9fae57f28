import { deriveSectorKey } from '@tavolo/linkage';
import { testCaller } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adt, visit } from './testing/adt.ts';
import {
  secret,
  startTestService,
  type TestService,
  testConfig,
} from './testing/start-test-service.ts';

const everybody = testCaller();
const ofFidenza = testCaller({ districts: ['FIDENZA'] });
const ofParma = testCaller({ districts: ['PARMA'] });
const ofNowhere = testCaller({ districts: [] });

const lists = `healthEvents { at } firstHealthEvent { at } registrations { district }
  vulnerabilityFlags { category } screenings { programme }`;

describe('whoever asks the health authority', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(await testConfig());
    const segments = (number: string, ...more: string[]) => [
      visit(number, '20260715100000'),
      `ZVU|F${number}|PREGNANT|S|20260715103000|SCR`,
      'ZSC|TBC|20260716|20260720',
      ...more,
    ];
    expect(
      await service.send(
        adt('C1', {
          ids: 'FID^^^AUSLPR^PI',
          segments: segments('V1', 'ZIS|SSN|20260801||FIDENZA'),
        }),
        adt('C2', { ids: 'NIL^^^AUSLPR^PI', segments: segments('V2') }),
        adt('C3', { ids: 'BAD^^^AUSLPR^PI', segments: [visit('V3', '31/02/2026')] }),
      ),
    ).toContain('AA');
  });
  afterAll(() => service.close());

  const person = async (caller: typeof everybody, localId: string) => {
    const of = [
      { __typename: 'Person', healthAuthorityKey: deriveSectorKey(secret, 'person', localId) },
    ];
    const { data } = await service.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { ${lists} } } }`,
      { of },
      caller,
    );
    return JSON.stringify(data);
  };

  it('sees who is registered in its districts, with everything that happened', async () => {
    const seen = await person(ofFidenza, 'FID');
    expect(seen).toBe(await person(everybody, 'FID'));
    expect(seen).toContain('2026-07-15T08:00:00Z');
  });

  it('cannot tell somebody of another district from nobody', async () => {
    const nobody = await person(ofParma, 'UNKNOWN');
    expect(await person(ofParma, 'FID')).toBe(nobody);
    expect(await person(ofNowhere, 'FID')).toBe(nobody);
  });

  it('sees somebody whose district nobody knows only when it may see the whole province', async () => {
    expect(await person(ofFidenza, 'NIL')).toBe(await person(ofFidenza, 'UNKNOWN'));
    expect(await person(everybody, 'NIL')).toContain('PREGNANT');
  });

  it('reads vulnerability flags only for a purpose that was granted their categories', async () => {
    const of = [
      { __typename: 'Person', healthAuthorityKey: deriveSectorKey(secret, 'person', 'FID') },
    ];
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { vulnerabilityFlags { category } } } }';
    const answer = await service.ask(query, { of }, testCaller({ categories: ['HEALTH'] }));
    expect(answer).toMatchObject({
      data: { _entities: [{ vulnerabilityFlags: null }] },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('reads how the feed is doing when it is this partner’s IT, and an empty source when another’s', async () => {
    const diagnostics = `{ healthAuthorityRejections { nodes { field } pageInfo { hasNextPage endCursor } }
      healthFeedStatus { received applied quarantined duplicates unmappedServices lastAcceptedAt } }`;
    const read = async (partner: string) =>
      (await service.ask(diagnostics, {}, testCaller({ roles: ['partner-it'], partner })))['data'];
    expect(await read('health-authority')).toMatchObject({
      healthFeedStatus: { received: 3, quarantined: 1 },
    });
    expect(await read('social-services')).toEqual({
      healthAuthorityRejections: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
      healthFeedStatus: {
        received: 0,
        applied: 0,
        quarantined: 0,
        duplicates: 0,
        unmappedServices: 0,
        lastAcceptedAt: null,
      },
    });
  });
});
