import { afterAll, beforeAll, expect, it } from 'vitest';
import { inventedCaller, signContext } from '../dev/sign-context.ts';
import type { RunningServer } from '../src/hub/start-server.ts';
import { subgraphName } from '../src/service.ts';
import { ask, gateway, send } from './ask.ts';
import { openTestSource } from './open-test-source.ts';
import { emptyStore, startTestService, testSecret } from './start-test-service.ts';

interface Page {
  readonly nodes: readonly { readonly id: string; readonly district: string | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let service: RunningServer;
let reads = 0;
beforeAll(async () => {
  const store = await openTestSource(testSecret);
  service = await startTestService({
    ...store,
    findByIds: (...given) => {
      reads += 1;
      return store.findByIds(...given);
    },
    findByPersonKeys: (...given) => {
      reads += 1;
      return store.findByPersonKeys(...given);
    },
  });
});
afterAll(() => service.close());

const list = `query ($first: Int! = 50, $after: String, $district: District) {
  page: __FIELD__Enrolments(first: $first, after: $after, district: $district) {
    nodes { id district }
    pageInfo { hasNextPage endCursor }
  }
}`;
const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on __TYPE__Enrolment { id person { __KEY__ } }
    ... on Person { __KEY__ __FIELD__Enrolments { id } }
  }
}`;

async function page(variables: object, caller = inventedCaller()): Promise<Page> {
  const { json } = await ask(service.url, list, { variables, caller });
  expect(json.errors).toBeUndefined();
  return json.data?.['page'] as Page; // the question's own shape
}

async function entitiesOf(representations: readonly object[]) {
  const { json } = await ask(service.url, entities, { variables: { representations } });
  return json.data?.['_entities'] as readonly ({ id?: string; __KEY__?: string } | null)[]; // the question's own shape
}

it('gives entities in the order asked for, null for the unknown, and one read for all of them', async () => {
  const { nodes } = await page({ first: 5 });
  const ids = nodes.map(({ id }) => id).reverse();
  reads = 0;
  const unknown = Array.from({ length: 900 }, (_, index) => `nobody-${index}`);
  const found = await entitiesOf(
    [...ids, ...unknown].map((id) => ({ __typename: '__TYPE__Enrolment', id })),
  );
  expect(found.slice(0, 5).map((entity) => entity?.id)).toEqual(ids);
  expect(found.slice(5).every((entity) => entity === null)).toBe(true);
  expect(reads).toBe(1);
});

it('answers a key that is null, missing or no text with null, without reading, and the others as ever', async () => {
  const { nodes } = await page({ first: 1 });
  reads = 0;
  const found = await entitiesOf([
    { __typename: 'Person', __KEY__: null },
    { __typename: 'Person' },
    { __typename: '__TYPE__Enrolment', id: { a: 1 } },
    { __typename: 'NobodyKnowsThis', id: '1' },
    { __typename: '__TYPE__Enrolment', id: nodes[0]?.id },
  ]);
  expect(found.map((entity) => entity?.id ?? null)).toEqual([null, null, null, null, nodes[0]?.id]);
  expect(reads).toBe(1);
});

it('leads from an enrolment to its person and back', async () => {
  const { nodes } = await page({ first: 1 });
  const id = nodes[0]?.id;
  const [enrolment] = await entitiesOf([{ __typename: '__TYPE__Enrolment', id }]);
  const key = (enrolment as { person: { __KEY__: string } }).person.__KEY__; // asked for above
  const [person] = await entitiesOf([{ __typename: 'Person', __KEY__: key }]);
  expect(JSON.stringify(person)).toContain(id);
});

it('gives every enrolment once over its pages, and refuses sizes and cursors that are none', async () => {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = await page({ first: 7, after });
    expect(nodes.length === 7 || !pageInfo.hasNextPage).toBe(true);
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
  for (const variables of [{ first: 0 }, { first: 101 }, { after: 'nonsense' }]) {
    const { json } = await ask(service.url, list, { variables });
    expect(json.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(json.data).toEqual({ page: null });
  }
});

it('shows only rows of the districts the caller may see, and full pages of them', async () => {
  const all = (await page({ first: 100 })).nodes.filter(({ district }) => district === 'PARMA');
  const mine = inventedCaller({ districts: ['PARMA'] });
  expect((await page({ first: 100 }, mine)).nodes).toEqual(all);
  expect((await page({ first: 2 }, mine)).nodes).toHaveLength(2);
  expect((await page({ district: 'FIDENZA' }, mine)).nodes).toEqual([]);
  expect((await page({}, inventedCaller({ districts: [] }))).nodes).toEqual([]);
});

it('tells special categories only to purposes that were granted them', async () => {
  const question = '{ __FIELD__Enrolments(first: 1) { nodes { id isTargeted } } }';
  const without = await ask(service.url, question, { caller: inventedCaller({ categories: [] }) });
  expect(without.json.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  expect((await ask(service.url, question)).json.errors).toBeUndefined();
});

it('says how fresh and how complete its data are, and never a local id or a name', async () => {
  const question = `{ __FIELD__Enrolments(first: 100) { nodes {
    id kind status startedOn endedOn district isTargeted person { __KEY__ }
  } } }`;
  const { text, json } = await ask(service.url, question);
  expect(text).not.toMatch(/INVENTED|PERSON-|Inventati/iu);
  const source = json.extensions?.['source'] as { asOf: string; completeness: number };
  expect(Number.isNaN(Date.parse(source.asOf))).toBe(false);
  expect(source.completeness).toBeGreaterThan(0.9);
  expect(source.completeness).toBeLessThanOrEqual(1);
});

it('quotes no value of a wrong question', async () => {
  const wrong = await ask(service.url, list, { variables: { district: 'RSSMRA80A01' } });
  expect(wrong.json.errors?.length).toBeGreaterThan(0);
  expect(wrong.text).not.toContain('RSSMRA80A01');
});

it('gives up at the deadline, and hides what went wrong inside', async () => {
  const slow = await startTestService({
    ...emptyStore,
    findPage: () => new Promise(() => undefined),
    findByIds: async () => {
      throw new Error('secret of the database');
    },
  });
  const late = await ask(slow.url, list, { headers: { 'x-deadline-ms': '50' } });
  expect(late.json.errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE' });
  const variables = { representations: [{ __typename: '__TYPE__Enrolment', id: 'x' }] };
  const broken = await ask(slow.url, entities, { variables });
  expect(broken.json.errors?.[0]?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR');
  expect(broken.text).not.toContain('secret of the database');
  await slow.close();
});

it('refuses a body that is no JSON and a field it does not have, each in the form of every error', async () => {
  const body = '{"query": ';
  const context = signContext(gateway.privateKey, { audience: subgraphName, body });
  expect(await send(service.url, body, { 'tavolo-context': context })).toMatchObject({
    status: 400,
    json: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
  });
  expect(await ask(service.url, '{ noSuchField }')).toMatchObject({
    status: 400,
    json: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  });
});

it('is alive and ready without a context, and says nothing about data there', async () => {
  expect(await (await fetch(`${service.url}/health/live`)).json()).toEqual({ status: 'live' });
  expect(await (await fetch(`${service.url}/health/ready`)).json()).toEqual({ status: 'ready' });
});
