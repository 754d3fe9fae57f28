import { createLogger } from '@tavolo/process-kit';
import { testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { createOpaqueIds } from './opaque-id.ts';
import { type RunningSocialServices, startSocialServices } from './service.ts';
import { readSocialServices } from './social-service.ts';

const sectorKeySecret = 'an invented secret of the social services, long enough';
const ids = createOpaqueIds(sectorKeySecret);
const personKey = (personId: string) => ids.encode('person', personId);

const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
const people = (...personIds: string[]) => ({
  representations: personIds.map((id) => ({
    __typename: 'Person',
    socialServicesKey: personKey(id),
  })),
});

describe('the social-services subgraph', () => {
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
  beforeEach(() => {
    statements = [];
  });
  afterAll(async () => {
    await service.close();
    await fixture.close();
  });

  it('answers for a person known by sector key, with the areas of the plan', async () => {
    const { data, errors } = await ask(
      service.url,
      entities(
        '... on Person { socialCases(status: OPEN) { openedAt plan { areas { area localCode state } } } }',
      ),
      people('U1'),
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        {
          socialCases: [
            {
              openedAt: '2024-01-10',
              plan: {
                areas: [
                  { area: null, localCode: 'SPO', state: 'IN_PROGRESS' },
                  { area: 'HOUSING', localCode: 'ABI', state: 'PLANNED' },
                  { area: 'LEGAL', localCode: 'TGL', state: 'IN_PROGRESS' },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it('keeps the history of a case that was closed and opened again', async () => {
    const { data } = await ask(
      service.url,
      entities(
        '... on Person { socialCases { status closedAt reopenings { closedAt reopenedAt } } }',
      ),
      people('U1'),
    );
    expect(data?.['_entities']).toEqual([
      {
        socialCases: [
          { status: 'CLOSED', closedAt: '2024-04-10', reopenings: [] },
          {
            status: 'OPEN',
            closedAt: null,
            reopenings: [{ closedAt: '2024-03-01', reopenedAt: '2024-05-02' }],
          },
        ],
      },
    ]);
  });

  it('answers empty lists for a key of nobody and null for no key, without asking the database', async () => {
    const { data, errors } = await ask(
      service.url,
      entities(
        '... on Person { socialCases { id } deskContacts { id } } ... on Household { cases: socialCases { id } }',
      ),
      {
        representations: [
          { __typename: 'Person', socialServicesKey: 'not-a-key' },
          { __typename: 'Person', socialServicesKey: null },
          { __typename: 'Household', socialServicesHouseholdKey: personKey('U1') },
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [{ socialCases: [], deskContacts: [] }, null, { cases: [] }],
    });
    expect(statements).toEqual([]);
  });

  const everything = `socialCases {
    id openedAt person { socialServicesKey } household { socialServicesHouseholdKey }
    reopenings { closedAt } assessments { at areas { area score } } interventions { amountBand } referrals { from }
    plan { startedAt areas { area } team { role } meetings { at roles } }
  } deskContacts { at }`;

  it('asks each relation once, however many people are asked for', async () => {
    const { errors } = await ask(
      service.url,
      entities(`... on Person { ${everything} }`),
      people('U1'),
    );
    expect(errors).toBeUndefined();
    const forOne = statements.length;
    statements = [];
    const many = people('U1', 'U2', 'U3', 'U5', ...Array.from({ length: 60 }, (_, i) => `X${i}`));
    await ask(service.url, entities(`... on Person { ${everything} }`), many);
    expect(forOne).toBe(11);
    expect(statements).toHaveLength(forOne);
  });

  it('asks each relation once below a page of cases too', async () => {
    await ask(
      service.url,
      '{ socialCases(first: 100) { nodes { plan { areas { area } team { role } } referrals { at } } } }',
    );
    expect(statements).toHaveLength(5);
  });

  it('pages through every case once', async () => {
    const seen: unknown[] = [];
    let after: unknown = null;
    for (let page = 0; page < 10; page++) {
      const { data } = await ask(
        service.url,
        'query ($after: String) { socialCases(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      const connection = data?.['socialCases'] as {
        nodes: { id: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...connection.nodes.map(({ id }) => ids.decode('case', id)));
      after = connection.pageInfo.endCursor;
      if (!connection.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(['FID:1', 'FID:4', 'PAR:1', 'PAR:3']);
  });

  it.each([
    '{ socialCases(first: 0) { nodes { id } } }',
    '{ socialCases(first: 101) { nodes { id } } }',
    '{ socialCases(after: "nonsense") { nodes { id } } }',
    '{ socialCases(after: "YWZ0ZXI6bm9uc2Vuc2U") { nodes { id } } }',
    '{ socialServicesRejections(after: "YWZ0ZXI6bm9uc2Vuc2U") { nodes { reason } } }',
  ])('refuses a page nobody can be given: %s', async (query) => {
    const { errors } = await ask(service.url, query);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('lists what it could not read by table and field, and counts it', async () => {
    const { data, extensions } = await ask(
      service.url,
      `{ socialServicesRejections(first: 100) { nodes { source field reason line } }
         socialServicesQuality { rows unreadable unmappedAreaRows } }`,
    );
    const nodes = (
      data?.['socialServicesRejections'] as { nodes?: Record<string, string>[] } | null
    )?.nodes;
    expect(nodes?.map(({ source, field, reason }) => [source, field, reason].join(' | '))).toEqual([
      'ss_fidenza.fascicolo | data_apertura | is not a day that exists',
      'ss_fidenza.fascicolo | data_apertura | is not a day that exists',
      'ss_fidenza.intervento | data_prevista | is not a day that exists',
      'ss_fidenza.accesso_sportello | ora_accesso | is not a time of day',
      'ss_parma.fascicolo | id_utente | refers to no row of anagrafica_utente',
      'ss_parma.fascicolo | data_apertura | is not a day that exists',
      'ss_parma.fascicolo | comune | is not a municipality of the province',
      'ss_parma.movimento_fascicolo | data_movimento | is not a day that exists',
      'ss_parma.movimento_fascicolo | id_fascicolo | refers to no row of fascicolo',
      'ss_parma.valutazione_area | punteggio | is not a whole number from 0 to 4',
      'ss_parma.accesso_sportello | id_sportello | is not in the table of desks',
    ]);
    expect(data?.['socialServicesQuality']).toEqual({
      rows: 49,
      unreadable: 11,
      unmappedAreaRows: 4,
    });
    expect(extensions.source.completeness).toBeCloseTo(1 - 11 / 49);
    expect(extensions.source.stale).toBe(false);
  });

  it('is ready while the database answers', async () => {
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });
});
