import fc from 'fast-check';
import { buildSchema, defaultTypeResolver, execute, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../json-object.ts';
import { answer } from './answer.fixture.ts';
import { drawnQuestion, drawnSchema as schema } from './drawn-question.fixture.ts';

/** What one `graphql-js` execution makes of the same values; what is not there could not be had. */
function reference(query: string, rootValue: unknown, variableValues: Record<string, unknown>) {
  const result = execute({
    schema,
    document: parse(query),
    rootValue,
    variableValues,
    typeResolver: (value, ...rest) =>
      isJsonObject(value) ? defaultTypeResolver(value, ...rest) : undefined,
    fieldResolver(source: unknown, _arguments, _context, { fieldName }) {
      if (isJsonObject(source) && Object.hasOwn(source, fieldName)) return source[fieldName];
      throw new Error('missing');
    },
  });
  if ('then' in result) throw new Error('everything is there at once');
  const places = (result.errors ?? []).map(({ path = [] }) => path.join('.'));
  return { text: JSON.stringify(result.data), places };
}

const numRuns = 300;

describe('an answer', () => {
  test('is what one execution makes of the same values, to the letter and to each place of an error', () => {
    const variables = { yes: true, no: false };
    fc.assert(
      fc.property(drawnQuestion, fc.boolean(), ([selection, data], isShared) => {
        const query = `query ($yes: Boolean!, $no: Boolean!) ${selection}`;
        const expected = reference(query, data, variables);
        const { text, gaps } = answer({ schema, query, variables }, data, isShared);
        expect(text).toBe(expected.text);
        expect(gaps.map(({ path }) => path.join('.'))).toEqual(expected.places);
      }),
      { numRuns },
    );
  });
});

const say = (query: string, data: unknown, of: GraphQLSchema = schema) => {
  const { text, gaps } = answer({ schema: of, query }, data);
  const why = gaps.map((gap) => `${gap.path.join('.')} ${gap.why}`);
  return [JSON.parse(text) as unknown, ...why];
};

describe('why there is nothing', () => {
  test.each([
    ['null', { node: null }, []],
    ['nobody gave it', {}, ['node missing']],
    ['it is not of its type', { node: 'text' }, ['node invalid']],
  ])('%s', (_what, data, why) => {
    expect(say('{ node { id } }', data)).toEqual([{ node: null }, ...why]);
  });

  test('a null where there must be a value takes the nearest place that may be without', () => {
    const query = '{ node { next { text } } must { id } }';
    expect(say(query, { node: { next: { text: null } }, must: { id: 1 } })).toEqual([
      { node: { next: null }, must: { id: '1' } },
      'node.next.text null',
    ]);
    expect(say('{ must { text } }', { must: { text: null } })).toEqual([null, 'must.text null']);
  });
});

test('what the client calls by other names is found by the names that the plan has', () => {
  const question = {
    schema,
    query: '{ a: node { id } b: node { id } }',
    keys: { a: 'node_1', b: 'node_2' },
  };
  const { text } = answer(question, { node_1: { id: 'x' }, node_2: { id: 'y' } });
  expect(text).toBe('{"a":{"id":"x"},"b":{"id":"y"}}');
});

describe('rows of one subgraph', () => {
  const query = '{ lists { id text number flag kind } }';
  const withoutId = { text: '', number: -0, flag: false, kind: 'OLD' };
  const row = { id: 'é"\\\u2028\ud800', ...withoutId };
  test.each([
    ['as they were sent', [row, { ...row, id: null, number: null }]],
    ['none', []],
    ['with more than was asked', [row, { ...row, size: 1 }]],
    ['with less than was asked', [row, withoutId]],
    ['in another order', [{ ...withoutId, id: '1' }]],
    ['with an ID that is a number', [row, { ...row, id: 7 }]],
    ['with a number that is none', [{ ...row, number: 'x' }, row]],
    ['with a word that is none of the graph', [{ ...row, kind: 'constructor' }]],
    ['with a null that may not be', [row, { ...row, text: null }]],
    ['with a row that is none', [row, [row]]],
    ['with a null in place of a row', [row, null]],
  ])('are written as one execution has them: %s', (_how, rows) => {
    const data = { lists: [rows, rows] };
    const expected = reference(query, data, {});
    const { text, gaps } = answer({ schema, query }, data);
    expect(text).toBe(expected.text);
    expect(gaps.map(({ path }) => path.join('.'))).toEqual(expected.places);
  });
});

describe('a value of a scalar of the graph', () => {
  const of = buildSchema('scalar Any type Query { any: Any all: [Any] }');

  test('is written as it came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        expect(say('{ any }', { any }, of)).toEqual([JSON.parse(JSON.stringify({ any }))]);
      }),
    );
  });

  test.each([
    ['is a number that JSON does not have', '1e400'],
    ['holds one', '{"a":[1,1e400]}'],
    ['is nested ten thousand levels deep', '['.repeat(10_000) + ']'.repeat(10_000)],
  ])('that %s is wrong, and told', (_what, text) => {
    const any = JSON.parse(text) as unknown;
    expect(say('{ any all }', { any, all: [1, any] }, of)).toEqual([
      { any: null, all: [1, null] },
      'any invalid',
      'all.1 invalid',
    ]);
  });
});

describe('data of more characters than an answer may have', () => {
  const variables = { yes: true, no: false };

  test('are null, with the place where that was reached; all others are written as ever', () => {
    fc.assert(
      fc.property(
        drawnQuestion,
        fc.boolean(),
        fc.integer({ min: -3, max: 3 }),
        ([selection, data], isShared, more) => {
          const query = `query ($yes: Boolean!, $no: Boolean!) ${selection}`;
          const question = { schema, query, variables };
          const whole = answer(question, data, isShared);
          const written = answer(question, data, isShared, whole.text.length + more);
          const isTooLarge = written.gaps.some(({ why }) => why === 'large');
          if (!isTooLarge) expect(written).toEqual(whole);
          else expect(written).toMatchObject({ text: 'null', gaps: [{ why: 'large' }] });
          // What a null took away again had been written, and counts.
          if (whole.gaps.length === 0) expect(isTooLarge).toBe(more < 0);
        },
      ),
      { numRuns },
    );
  });

  test.each([false, true])(
    'are not written to their end, though that be billions away (shared: %s)',
    (isShared) => {
      const of = buildSchema('type Query { all: [Query] text: String }');
      const levels = Array.from({ length: 8 }, (_, level) => level);
      const query = levels.reduce((below) => `{ all ${below} }`, '{ text }');
      const data = levels.reduce<JsonObject>((below) => ({ all: Array(20).fill(below) }), {
        text: 'end',
      });
      const { text, gaps } = answer({ schema: of, query }, data, isShared, 100_000);
      expect(text).toBe('null');
      expect(gaps).toMatchObject([{ why: 'large' }]);
      expect(gaps[0]?.path.filter((part) => part === 'all').length).toBeGreaterThan(2);
    },
  );

  test('are found out at the first place that is too much', () => {
    const query = '{ lists { text } node { kinds } }';
    const data = {
      lists: [
        [
          { text: 'a'.repeat(100), x: 1 },
          { text: 'b', x: 1 },
        ],
      ],
      node: { kinds: [] },
    };
    const at = (most: number) => answer({ schema, query }, data, false, most).gaps[0]?.path;
    expect([50, 120, 145].map(at)).toEqual([
      ['lists', 0, 0, 'text'],
      ['lists', 0, 1, 'text'],
      ['node'],
    ]);
  });
});

describe('what no client may know of', () => {
  const shown = buildSchema(
    'type Query { any: [Any] kinds: [Kind] } type A { id: ID } union Any = A enum Kind { SHOWN }',
  );
  const whole = buildSchema(
    'type Query { any: [Any] kinds: [Kind] } type A { id: ID } type B { id: ID } union Any = A | B enum Kind { SHOWN HIDDEN }',
  );
  const data = {
    any: [
      { __typename: 'A', id: '1' },
      { __typename: 'B', id: '2' },
    ],
    kinds: ['SHOWN', 'HIDDEN'],
  };

  test('is null, and no error names it', () => {
    const question = { schema: shown, whole, query: '{ any { ... on A { id } } kinds }' };
    const { text, gaps, isHiding } = answer(question, data);
    expect(text).toBe('{"any":[{"id":"1"},null],"kinds":["SHOWN",null]}');
    expect(gaps).toEqual([]);
    expect(isHiding).toBe(true);
  });

  test('what the graph does not have either is wrong, and told', () => {
    const question = { schema: shown, query: '{ any { ... on A { id } } kinds }' };
    expect(answer(question, data).gaps.map(({ why }) => why)).toEqual(['invalid', 'invalid']);
  });
});
