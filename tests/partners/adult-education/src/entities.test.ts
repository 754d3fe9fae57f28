import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, createGraphql } from './create-graphql.ts';
import { createSchema } from './create-schema.ts';
import { createCursors } from './cursor.ts';
import { readExport } from './export-file.ts';
import { createLoaders } from './loaders.ts';
import { opaqueId } from './opaque-id.ts';
import { createStore, type Store } from './store.ts';

const SECRET = 'a secret of this test only, long enough';
const here = (name: string): URL => new URL(`../${name}`, import.meta.url);
const person = (number: string): string => opaqueId(SECRET, 'person', `PERSON-${number}`);
const ENTITIES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { adultEducationKey adultEducationEnrolments { status hasLearningSupport } } } }';

interface Reply {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions: { readonly source: unknown };
}

let store: Store;
let answer: Answer;
let calls = 0;

/** The store, with its statements counted. */
function counted(inner: Store): Store {
  return {
    ...inner,
    people: async (...given) => {
      calls += 1;
      return await inner.people(...given);
    },
    enrolmentsOf: async (...given) => {
      calls += 1;
      return await inner.enrolmentsOf(...given);
    },
  };
}

async function ask(
  query: string,
  variables: object = {},
  districts: readonly string[] | null = null,
  categories: readonly string[] = ['HEALTH'],
): Promise<Reply> {
  const caller = {
    organisation: 'o',
    partner: null,
    user: 'u',
    roles: ['case-worker'],
    purposeId: 'p',
    purposeVersion: 1,
    categories,
    districts,
    requestId: 'r',
  };
  const { text } = await answer(
    new Uint8Array(Buffer.from(JSON.stringify({ query, variables }))),
    new AbortController().signal,
    { caller, loaders: createLoaders(store, districts) },
  );
  // The form of a GraphQL answer over this test's own schema.
  return JSON.parse(text) as Reply;
}

beforeAll(async () => {
  const file = readExport(await readFile(here('data/invented-export.json'), 'utf8'));
  store = counted(await createStore(':memory:', file, SECRET));
  const sdl = await readFile(here('schema.graphql'), 'utf8');
  answer = createGraphql(createSchema(sdl, store, createCursors(SECRET)), () => ({
    asOf: store.asOf,
    completeness: store.completeness,
    stale: false,
  }));
});

afterAll(() => {
  store.close();
});

describe('entities', () => {
  it('come in the order asked for; an unknown, protected or missing key is null, without an error', async () => {
    const keys = [person('002'), 'nobody', person('025'), null, person('001')];
    const representations = keys.map((key) => ({ __typename: 'Person', adultEducationKey: key }));
    const { data, errors } = await ask(ENTITIES, { representations });
    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toMatchObject([
      { adultEducationKey: person('002') },
      null,
      null,
      null,
      { adultEducationKey: person('001') },
    ]);
  });

  it('stand alone: a bad representation costs its own answer only', async () => {
    const representations = [
      { __typename: 'Nothing' },
      { __typename: 'Person', adultEducationKey: 7 },
      { __typename: 'Person', adultEducationKey: person('001') },
    ];
    const { data, errors, extensions } = await ask(ENTITIES, { representations });
    expect(data?.['_entities']).toMatchObject([null, null, { adultEducationKey: person('001') }]);
    expect(errors?.map((one) => one.extensions.code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(extensions.source).toMatchObject({ stale: false });
  });

  it('of a thousand keys are read in two statements, and only those of the caller’s districts', async () => {
    const some = Array.from({ length: 1_000 }, (_, place) =>
      opaqueId(SECRET, 'person', `PERSON-${String((place % 25) + 1).padStart(3, '0')}`),
    );
    const representations = some.map((key) => ({ __typename: 'Person', adultEducationKey: key }));
    calls = 0;
    const all = await ask(ENTITIES, { representations });
    expect(calls).toBe(2);
    expect(all.data?.['_entities']).toHaveLength(1_000);
    const none = await ask(ENTITIES, { representations }, []);
    expect(none.data?.['_entities']).toEqual(some.map(() => null));
  });

  it('tell a special category only where the centre granted it', async () => {
    const representations = [{ __typename: 'Person', adultEducationKey: person('001') }];
    const { errors } = await ask(ENTITIES, { representations }, null, []);
    expect(new Set(errors?.map((one) => one.extensions.code))).toEqual(new Set(['FORBIDDEN']));
  });

  it('never show a local id, and errors never a value that was sent', async () => {
    const answers = [
      await ask(
        '{ adultEducationEnrolments(first: 100) { nodes { id person { adultEducationKey } } } }',
      ),
      await ask('{ adultEducationEnrolments(first: "PERSON-001") { nodes { id } } }'),
      await ask('{ adultEducationEnrolments(after: "PERSON-001") { nodes { id } } }'),
      await ask('query ($n: Int!) { adultEducationCourses(first: $n) { nodes { id } } }', {
        n: 'PERSON-001',
      }),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/PERSON-|ENROLMENT-|COURSE-/u);
    expect(answers.slice(1).map((one) => one.errors?.[0]?.extensions.code)).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
  });
});
