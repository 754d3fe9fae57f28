import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCache } from '../../entity-cache/create-memory-cache.ts';
import type { EntityCache } from '../../entity-cache/entity-cache.ts';
import { entityIdentity } from '../../entity-cache/entity-identity.ts';
import type { Passage } from '../../gate/gate.ts';
import { createOperationContext } from '../../operation-context.ts';
import type { SourceEntry } from '../../sources.ts';
import { compose } from '../../test-subgraphs/compose.ts';
import { accessLink } from '../../test-subgraphs/hub-graph.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';
import { entitiesOf, factsOf, inTurn, planOf, rootOf } from '../plan.fixture.ts';
import type { SubgraphReply } from '../subgraph-source.ts';
import { createCachedEntities } from './cached-entities.ts';
import { createMerge } from './merge.ts';
import { runPlan } from './run-plan.ts';

const head = `${accessLink}
  extend schema
    @link(url: "https://tavolo.example/specs/cache/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on OBJECT | FIELD_DEFINITION
  enum CacheControlScope { PUBLIC PRIVATE }`;
const figures = '@requiresScopes(scopes: [["figures:read"]])';
const day = '@cacheControl(maxAge: 86400, scope: PUBLIC)';
const facts = factsOf(
  compose([
    {
      name: 'stays',
      url: 'http://127.0.0.1:1/',
      typeDefs: `${head} type Query { towns: [Town!] ${figures} @listSize(assumedSize: 5) }
        type Mutation { close: Town ${figures} }
        type Town @key(fields: "id") ${figures} { id: ID! beds: Int }`,
    },
    {
      name: 'places',
      url: 'http://127.0.0.1:2/',
      typeDefs: `${head} type Query { sites: Int ${figures} }
        type Town @key(fields: "id") ${figures} {
          id: ID! ${day}
          name(in: String = "it"): String ${day}
          twin: Town ${day}
          hour: Int @cacheControl(maxAge: 3600, scope: PUBLIC)
          newest: Int
          ill: Int ${day} @sensitive(category: "HEALTH")
          beds: Int @external
          load: Int ${day} @requires(fields: "beds")
        }`,
    },
  ]),
);

const towns = rootOf('stays', '{ towns { __typename id beds } }');
const asking = (fields: string, requires = 'id', variables = '') =>
  inTurn(
    towns,
    entitiesOf('places', 'towns.@', {
      requires: `... on Town { __typename ${requires} }`,
      fields: `... on Town { ${fields} }`,
      variables,
    }),
  );

const start = Date.parse('2026-11-22T10:00:00Z');
let time = start;
const now = () => new Date(time);
let cache: EntityCache;
let cachedEntities: ReturnType<typeof createCachedEntities>;
/** What each call asked of `places`. */
let asked: string[][];
let answer: (ids: readonly string[]) => Pick<SubgraphReply, 'data' | 'errors'>;
let source: SourceEntry;
beforeEach(() => {
  time = start;
  cache = createMemoryCache({ now });
  cachedEntities = createCachedEntities({ cache, now });
  asked = [];
  answer = (ids) => ({
    data: { _entities: ids.map((id) => ({ name: `town ${id}` })) },
    errors: [],
  });
  source = { name: 'places', status: 'OK', asOf: '2026-11-22T04:00:00Z', completeness: 0.9 };
});

const passage: Passage = {
  caller: null,
  user: null,
  registry: null,
  suspended: () => undefined,
  cacheScope: (subgraph) => `analysis in ${subgraph}`,
  contextFor: () => 'signed',
};

interface Asking {
  readonly plan?: Parameters<typeof planOf>[1];
  readonly passage?: Passage;
  readonly variables?: JsonObject;
  readonly ids?: readonly string[];
}

async function ask({ plan = asking('name'), variables = {}, ...more }: Asking = {}) {
  const operation = createOperationContext({
    signal: new AbortController().signal,
    remainingMs: () => 60_000,
  });
  operation.passage = more.passage ?? passage;
  const result = await runPlan(
    planOf(facts, plan),
    {
      merge: createMerge((name) => name === 'Town'),
      cachedEntities,
      sourceOf: (subgraph) => ({
        async ask(call) {
          if (subgraph === 'stays') {
            const town = (id: string) => ({ __typename: 'Town', id, beds: 3 });
            return call.isQuery
              ? { data: { towns: (more.ids ?? ['1', '2']).map(town) }, errors: [] }
              : { data: { close: town('1') }, errors: [] };
          }
          // Written by the executor.
          const body = JSON.parse(call.body) as {
            variables: Record<string, readonly { readonly id: string }[]>;
          };
          const ids = (body.variables['representations'] ?? []).map(({ id }) => id);
          asked.push(ids);
          call.operation.sources.add(source);
          return { ...answer(ids), source };
        },
      }),
    },
    variables,
    operation,
  );
  return { ...result, operation };
}

const namesIn = ({ data }: { readonly data: JsonObject }) => {
  const list = data['towns'];
  return Array.isArray(list) ? list.map((town) => isJsonObject(town) && town['name']) : [];
};

describe('what its owner declares cacheable', () => {
  test('is asked once, and the answer says what had been kept and how old it is', async () => {
    await ask();
    time += 90_500;
    const again = await ask();
    expect(asked).toEqual([['1', '2']]);
    expect(namesIn(again)).toEqual(['town 1', 'town 2']);
    expect(again.operation.sources.list()).toEqual([
      {
        name: 'places',
        status: 'OK',
        asOf: '2026-11-22T04:00:00Z',
        completeness: 0.9,
        cache: { entities: 2, oldestAgeSeconds: 90 },
      },
    ]);
    expect(again.operation.calls).toMatchObject([{ subgraph: 'places', status: 'OK', cached: 2 }]);
  });

  test('is not kept where JSON cannot say what it was', async () => {
    answer = (ids) => ({
      data: { _entities: ids.map((id) => ({ name: id === '1' ? Infinity : 'town 2' })) },
      errors: [],
    });
    await ask();
    expect(namesIn(await ask())).toEqual([Infinity, 'town 2']);
    expect(asked).toEqual([['1', '2'], ['1']]);
  });

  test('is asked of those only that were not kept, and both are one source', async () => {
    await ask({ ids: ['1'] });
    time += 60_000;
    source = { ...source, asOf: '2026-11-22T09:00:00Z', completeness: 1 };
    const again = await ask({ ids: ['1', '2', '3'] });
    expect(asked).toEqual([['1'], ['2', '3']]);
    expect(namesIn(again)).toEqual(['town 1', 'town 2', 'town 3']);
    expect(again.operation.sources.list()).toEqual([
      {
        name: 'places',
        status: 'OK',
        asOf: '2026-11-22T04:00:00Z',
        completeness: 0.9,
        cache: { entities: 1, oldestAgeSeconds: 60 },
      },
    ]);
  });

  test('is asked again after its time', async () => {
    await ask({ plan: asking('name hour') });
    time += 3_599_000;
    await ask({ plan: asking('name hour') });
    expect(asked).toHaveLength(1);
    time += 1_000;
    await ask({ plan: asking('name hour') });
    expect(asked).toHaveLength(2);
  });

  test('is asked again after its owner’s signal: one entity, or all of the type', async () => {
    await ask();
    const one = entityIdentity({ __typename: 'Town', id: '2' });
    await cache.invalidate({ subgraph: 'places', typeName: 'Town', representation: one });
    await ask();
    await cache.invalidate({ subgraph: 'places', typeName: 'Town' });
    await ask();
    expect(asked).toEqual([['1', '2'], ['2'], ['1', '2']]);
  });

  test('is kept also where the owner knows no such entity', async () => {
    answer = () => ({ data: { _entities: [null, { name: 'town 2' }] }, errors: [] });
    await ask();
    expect(namesIn(await ask())).toEqual([null, 'town 2']);
    expect(asked).toHaveLength(1);
  });

  test('is not what a later answer of the same operation put beside it', async () => {
    const twins = () => ({ data: { _entities: [{ twin: { __typename: 'Town', id: '2' } }] } });
    const plan = inTurn(
      asking('twin { __typename id }'),
      entitiesOf('places', 'towns.@.twin', {
        requires: '... on Town { __typename id }',
        fields: '... on Town { newest }',
      }),
    );
    answer = ([id]) =>
      id === '1'
        ? { ...twins(), errors: [] }
        : { data: { _entities: [{ newest: 7 }] }, errors: [] };
    await ask({ plan, ids: ['1'] });
    answer = () => ({ data: { _entities: [{ newest: 8 }] }, errors: [] });
    const { data } = await ask({ plan, ids: ['1'] });
    expect(asked).toEqual([['1'], ['2'], ['2']]);
    expect(data['towns']).toMatchObject([{ twin: { id: '2', newest: 8 } }]);
  });
});

describe('asked again is', () => {
  test('what another purpose asks, and what nobody signs for', async () => {
    await ask();
    await ask({ passage: { ...passage, cacheScope: () => 'care' } });
    const unsigned = { ...passage, cacheScope: () => undefined };
    await ask({ passage: unsigned });
    await ask({ passage: unsigned });
    expect(asked).toHaveLength(4);
  });

  test('a suspended institution, which refuses by itself', async () => {
    await ask();
    await ask({ passage: { ...passage, suspended: () => 'a pause' } });
    expect(asked).toHaveLength(2);
  });

  test('another selection, and the same with another value in it', async () => {
    const inLanguage = asking('name(in: $in)', 'id', '$in: String = "it"');
    const ofDefault = asking('name(in: $in)', 'id', '$in: String = "en"');
    for (const variables of [{}, { in: 'de' }, { in: null }, { in: 'de' }, {}]) {
      await ask({ plan: inLanguage, variables });
    }
    expect(asked).toHaveLength(3);
    await ask({ plan: ofDefault });
    await ask({ plan: asking('name hour') });
    expect(asked).toHaveLength(5);
  });

  test('what an operation may just have changed', async () => {
    const close = inTurn(
      rootOf('stays', 'mutation { close { __typename id } }'),
      entitiesOf('places', 'close', {
        requires: '... on Town { __typename id }',
        fields: '... on Town { name }',
      }),
    );
    await ask({ ids: ['1'] });
    await ask({ plan: close });
    await ask({ plan: close });
    expect(asked).toEqual([['1'], ['1'], ['1']]);
  });

  test.each([
    ['a special category', asking('name ill')],
    ['what declares nothing', asking('name newest')],
    ['what is computed from another institution’s value', asking('load', 'id beds')],
    ['what is asked with more than a key', asking('name', 'id beds')],
  ])('%s', async (_title, plan) => {
    await ask({ plan });
    await ask({ plan });
    expect(asked).toHaveLength(2);
  });
});

describe('not kept is', () => {
  const failure = (path: readonly (string | number)[] | undefined): SubgraphReply['errors'] => [
    {
      message: 'x',
      ...(path ? { path } : {}),
      extensions: { code: 'NOT_FOUND', subgraph: 'places' },
    },
  ];
  const one = ['2'];
  const both = ['1', '2'];

  test.each([
    ['an entity with an error', ['_entities', 1], one],
    ['an entity with an error inside', ['_entities', 1, 'name'], one],
    ['anything beside an error about all of it', ['_entities'], both],
    ['anything beside an error about nothing', undefined, both],
    ['anything beside an error about something else', ['other', 1], both],
  ])('%s', async (_title, path, askedAgain) => {
    const well = answer;
    answer = (ids) => ({ ...well(ids), errors: failure(path) });
    await ask();
    answer = well;
    expect(namesIn(await ask())).toEqual(['town 1', 'town 2']);
    expect(asked).toEqual([both, askedAgain]);
  });

  test('an answer without data', async () => {
    answer = () => ({ data: null, errors: [] });
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  test('what its source calls stale', async () => {
    source = { ...source, status: 'STALE' };
    await ask();
    await ask();
    expect(asked).toHaveLength(2);
  });

  test('an entity of which nothing could be read, or too deep to be written', async () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    answer = () => ({ data: { _entities: ['no object', { name: 'town 2', deep }] }, errors: [] });
    await ask();
    await ask();
    expect(asked).toEqual([both, both]);
  });
});
