import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistryState } from '@tavolo/access-model';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compose } from '../test-subgraphs/compose.ts';
import { accessLink, hubState, testPurpose } from '../test-subgraphs/hub-graph.ts';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';
import { startTestSubgraph, type TestSubgraph } from '../test-subgraphs/start-test-subgraph.ts';

const figures = '@requiresScopes(scopes: [["figures:read"]])';
const staysTypeDefs = `${accessLink}
  type Query { towns: [Town!] ${figures} @listSize(assumedSize: 5) }
  type Town @key(fields: "id") ${figures} { id: ID! beds: Int }
`;
const placesTypeDefs = `${accessLink}
  extend schema
    @link(url: "https://tavolo.example/specs/cache/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on OBJECT | FIELD_DEFINITION
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query { sites: Int ${figures} }
  type Town @key(fields: "id") ${figures} {
    id: ID!
    name: String @cacheControl(maxAge: 86400, scope: PUBLIC)
  }
`;

const stays = { partner: 'stays', subgraph: 'stays' };
const places = { partner: 'town-hall', subgraph: 'places' };
const coordinates = ['Query.towns', 'Town.id', 'Town.beds', 'Town.name'];

function stateOf(issuer: string, suspended: readonly string[] = []): RegistryState {
  const state = hubState(issuer, [
    testPurpose('counting', { coordinates }),
    testPurpose('planning', { coordinates }),
    testPurpose('own-data', { consumerId: 'town-hall', roles: ['partner-it'], coordinates }),
  ]);
  return {
    ...state,
    partners: [stays, places].map(({ partner, subgraph }) => ({
      id: partner,
      name: partner,
      subgraphs: [subgraph],
      suspensions: suspended.includes(partner)
        ? [{ side: 'partner', by: partner, reason: 'a pause', at: '2026-11-01T00:00:00Z' }]
        : [],
    })),
    consumers: state.consumers.map((consumer) =>
      consumer.id === 'others'
        ? { ...consumer, id: 'town-hall', partnerId: 'town-hall' }
        : consumer,
    ),
  };
}

const question = '{ towns { id beds name } }';
const towns = [
  { id: '1', beds: 3, name: 'Colorno' },
  { id: '2', beds: 5, name: 'Fidenza' },
];

let folder: string;
let staysServer: TestSubgraph;
let placesServer: TestSubgraph;
let sdl: string;
let supergraphFile: string;
let hub: TestHub;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entity-cache-'));
  supergraphFile = join(folder, 'supergraph.graphql');
  staysServer = await startTestSubgraph(staysTypeDefs, { Query: { towns: () => towns } });
  placesServer = await startTestSubgraph(placesTypeDefs, {
    Town: {
      __resolveReference: ({ id }: { id: string }) => towns.find((town) => town.id === id),
    },
  });
  sdl = compose([
    { name: 'stays', typeDefs: staysTypeDefs, url: staysServer.url },
    { name: 'places', typeDefs: placesTypeDefs, url: placesServer.url },
  ]);
  await writeFile(supergraphFile, sdl);
  hub = await startTestHub({ graph: { supergraphFile, subgraphUrls: {} }, state: stateOf });
});
afterAll(async () => {
  await hub.close();
  await Promise.all([staysServer.close(), placesServer.close()]);
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  hub.setState(stateOf(hub.issuer.url));
  expect(await signal({ type: 'Town' })).toBe(204);
  placesServer.announce(undefined);
  placesServer.questions.length = 0;
});

async function signal(change: object): Promise<number> {
  const token = await hub.token('own-data', { client_id: 'others-desk' });
  const response = await fetch(`${hub.gateway.url}/entity-cache/invalidations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(change),
  });
  return response.status;
}

const later = (seconds: number) =>
  hub.clock.set(new Date(hub.clock.now().getTime() + seconds * 1_000));

test('what was asked a moment ago is answered without its institution, and the answer says so', async () => {
  placesServer.announce({ asOf: '2026-11-22T04:00:00Z', completeness: 0.98 });
  const first = await hub.ask('counting', question);
  expect(first.data).toEqual({ towns });
  later(30);
  const second = await hub.ask('counting', question);
  expect(second.data).toEqual({ towns });
  expect(placesServer.questions).toHaveLength(1);
  expect(second.extensions.sources).toEqual([
    {
      name: 'places',
      status: 'OK',
      asOf: '2026-11-22T04:00:00Z',
      completeness: 0.98,
      cache: { entities: 2, oldestAgeSeconds: 30 },
    },
    { name: 'stays', status: 'OK', asOf: null, completeness: null },
  ]);
});

test('the evidence names the institution whose data were shown, asked or not', async () => {
  await hub.ask('counting', question);
  await hub.ask('counting', question);
  const named = hub.records
    .slice(-2)
    .map((record) => record.subgraphs.map((each) => each.subgraph));
  expect(named).toEqual([
    ['stays', 'places'],
    ['stays', 'places'],
  ]);
  const line: unknown = JSON.parse(
    hub.logLines.findLast((each) => each.includes('"calls"')) ?? '{}',
  );
  expect(line).toMatchObject({
    calls: [{ subgraph: 'stays' }, { subgraph: 'places', cached: 2 }],
  });
});

test('another purpose is asked for by itself', async () => {
  await hub.ask('counting', question);
  await hub.ask('planning', question);
  expect(placesServer.questions).toHaveLength(2);
});

test('the owner’s signal makes the gateway ask again', async () => {
  await hub.ask('counting', question);
  expect(await signal({ type: 'Town', representation: { id: '2' } })).toBe(204);
  const { extensions } = await hub.ask('counting', question);
  expect(placesServer.questions).toHaveLength(2);
  expect(extensions.sources[0]).toMatchObject({ cache: { entities: 1 } });
});

test('a suspended institution is not shown from what was kept', async () => {
  await hub.ask('counting', question);
  hub.setState(stateOf(hub.issuer.url, ['town-hall']));
  const { data, extensions } = await hub.ask('counting', question);
  expect(data).toEqual({ towns: towns.map((town) => ({ ...town, name: null })) });
  expect(extensions.sources[0]).toEqual({
    name: 'places',
    status: 'DENIED',
    asOf: null,
    completeness: null,
    reason: 'SUSPENDED',
  });
});

test('a new version of the graph goes on with what was kept', async () => {
  await hub.ask('counting', question);
  await writeFile(supergraphFile, sdl.replace('type Town\n', '"""A town."""\ntype Town\n'));
  expect(await hub.gateway.reloadSupergraph()).toBe('reloaded');
  await hub.ask('counting', question);
  expect(placesServer.questions).toHaveLength(1);
});
