import { createLogger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { createOpaqueIds } from './opaque-id.ts';
import { type RunningSocialServices, startSocialServices } from './service.ts';
import { readSocialServices } from './social-service.ts';

const sectorKeySecret = 'an invented secret of the social services, long enough';
const ids = createOpaqueIds(sectorKeySecret);
const everybody = testCaller();
const ofParma = testCaller({ districts: ['PARMA'] });
const ofNowhere = testCaller({ districts: [] });
const ownIt = testCaller({ roles: ['partner-it'], partner: 'social-services', districts: null });
const otherIt = testCaller({ roles: ['partner-it'], partner: 'health-authority', districts: null });

describe('whoever asks the social services', () => {
  let fixture: FixtureDatabase;
  let service: RunningSocialServices;
  let statements: string[] = [];
  beforeAll(async () => {
    fixture = await startFixtureDatabase();
    service = await startSocialServices({
      host: '127.0.0.1',
      port: 0,
      gatewayKeys: testGatewayKeys,
      logger: createLogger({ name: 'test', level: 'silent' }),
      databaseUrl: fixture.url,
      poolMax: 2,
      statementTimeoutMs: 10_000,
      services: readSocialServices(),
      sectorKeySecret,
      scanIntervalMs: 3_600_000,
      onStatement: (text) => statements.push(text),
    });
    await service.scanNow();
  }, databaseStartMs);
  afterAll(async () => {
    await service.close();
    await fixture.close();
  });

  /** The answer's data as text, and what it took: the state of the source moves with the clock. */
  async function ask(caller: Caller, query: string, variables: object = {}) {
    statements = [];
    const text = await askAs(
      { url: service.url, subgraph: 'social-services', caller },
      query,
      variables,
    );
    const { data, errors } = JSON.parse(text) as { data: unknown; errors?: unknown };
    return { text: JSON.stringify({ data, errors }), data, statements: statements.length };
  }
  const casesOf = async (caller: Caller, query: string) => {
    const { data } = await ask(caller, query);
    return (data as { socialCases: { nodes: { id: string }[] } }).socialCases.nodes.map(({ id }) =>
      ids.decode('case', id),
    );
  };
  const entity = (caller: Caller, representation: object, selection: string) =>
    ask(caller, `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`, {
      of: [representation],
    });

  it('sees the cases that its districts follow, and no other', async () => {
    const list = '{ socialCases(first: 100) { nodes { id } } }';
    expect(await casesOf(everybody, list)).toEqual(['FID:1', 'FID:4', 'PAR:1', 'PAR:3']);
    expect(await casesOf(ofParma, list)).toEqual(['PAR:1', 'PAR:3']);
    expect(await casesOf(ofNowhere, list)).toEqual([]);
  });

  it('gets full pages of its own rows, and a cursor that goes on among them', async () => {
    const page = (after: string | null) =>
      ask(
        ofParma,
        'query ($after: String) { socialCases(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    const first = (await page(null)).data as {
      socialCases: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    expect(first.socialCases.nodes).toHaveLength(1);
    expect(first.socialCases.pageInfo.hasNextPage).toBe(true);
    expect((await page(first.socialCases.pageInfo.endCursor)).data).toMatchObject({
      socialCases: {
        nodes: [{ id: ids.encode('case', 'PAR:3') }],
        pageInfo: { hasNextPage: false },
      },
    });
  });

  it('sees the contacts of the desks of its districts', async () => {
    const { data } = await ask(ofParma, '{ deskContacts(first: 100) { nodes { desk } } }');
    expect(data).toEqual({ deskContacts: { nodes: [{ desk: 'D1' }, { desk: 'D1' }] } });
  });

  it('sees of a person and a household only what lies in its districts', async () => {
    const person = { __typename: 'Person', socialServicesKey: ids.encode('person', 'U1') };
    const household = {
      __typename: 'Household',
      socialServicesHouseholdKey: ids.encode('household', 'N1'),
    };
    const inParma = { municipality: { istatCode: '034027' } };
    const cases = 'socialCases { municipality { istatCode } }';
    const { data } = await entity(
      ofParma,
      person,
      `... on Person { ${cases} deskContacts { desk } }`,
    );
    expect(data).toEqual({
      _entities: [{ socialCases: [inParma], deskContacts: [{ desk: 'D1' }] }],
    });
    const members = await entity(ofParma, household, `... on Household { ${cases} }`);
    expect(members.text).not.toContain('034032');
  });

  it.each([
    [
      'socialCases',
      'socialCases(district: FIDENZA) { nodes { id } pageInfo { hasNextPage endCursor } }',
    ],
    [
      'deskContacts',
      'deskContacts(district: FIDENZA) { nodes { id } pageInfo { hasNextPage endCursor } }',
    ],
  ])(
    'cannot tell a district that is not its own from one with nothing in it: %s',
    async (_list, field) => {
      const outside = await ask(ofParma, `{ ${field} }`);
      const empty = await ask(everybody, `{ ${field.replace('FIDENZA', 'VALLI_TARO_CENO')} }`);
      expect(outside.text).toBe(empty.text);
      expect(outside.statements).toBe(empty.statements);
    },
  );

  it('cannot tell a case that is not for it from one that does not exist', async () => {
    const read = (localId: string) =>
      entity(
        ofParma,
        { __typename: 'SocialCase', id: ids.encode('case', localId) },
        '... on SocialCase { openedAt plan { startedAt } person { deskContacts { at } } }',
      );
    const [outside, missing, restricted] = [
      await read('FID:1'),
      await read('FID:999'),
      await read('APP:1'),
    ];
    expect(outside.data).toEqual({ _entities: [null] });
    for (const other of [missing, restricted]) {
      expect(other.text).toBe(outside.text);
      expect(other.statements).toBe(outside.statements);
    }
  });

  it('cannot tell a person that is not for it, or protected, from one that does not exist', async () => {
    const read = (caller: Caller, personId: string) =>
      entity(
        caller,
        { __typename: 'Person', socialServicesKey: ids.encode('person', personId) },
        '... on Person { socialCases { id } deskContacts { id } }',
      );
    const missing = await read(ofParma, 'X1');
    for (const other of [await read(ofParma, 'U2'), await read(everybody, 'U3')]) {
      expect(other.text).toBe(missing.text);
      expect(other.statements).toBe(missing.statements);
    }
  });

  it('never meets a protected person in a list, of the whole province either', async () => {
    const { text, data } = await ask(
      everybody,
      '{ socialCases(district: SUD_EST) { nodes { id } } deskContacts(district: SUD_EST) { nodes { id } } }',
    );
    expect(data).toEqual({ socialCases: { nodes: [] }, deskContacts: { nodes: [] } });
    expect(text).not.toContain(ids.encode('person', 'U3'));
  });

  it('reads how the feeds are doing when it is this partner’s IT, and an empty source when another’s', async () => {
    const diagnostics = `{ areaCodeMapping { rows } socialServicesQuality { rows }
      socialServicesRejections { nodes { source } pageInfo { hasNextPage endCursor } } }`;
    const own = await ask(ownIt, diagnostics);
    expect(own.text).toContain('ss_fidenza.fascicolo');
    expect((await ask(otherIt, diagnostics)).data).toEqual({
      areaCodeMapping: [],
      socialServicesQuality: null,
      socialServicesRejections: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    });
    expect((await ask(everybody, diagnostics)).text).toBe(own.text);
  });
});
