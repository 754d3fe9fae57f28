import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../error-codes.ts';
import type { PlacedError } from '../running/plan-errors.ts';
import { shapeOf } from './answer.fixture.ts';
import { tellErrors } from './tell-errors.ts';
import type { Gap } from './writing.ts';

const schema = buildSchema(
  'type Query { items: [Item] } type Item { id: ID name: String next: Item }',
);
const data = { items: [{ id: '1' }, { id: '2' }] };
type Path = readonly (string | number)[];

const errorAt = (path: Path | undefined, affected?: number): PlacedError => ({
  message: 'away',
  subgraph: 'owner',
  ...(path ? { path } : {}),
  extensions: {
    code: 'UNAVAILABLE',
    subgraph: 'owner',
    ...(affected === undefined ? {} : { affected }),
  },
});
const gapAt = (path: Path, why: Gap['why'] = 'missing'): Gap => ({
  path,
  coordinate: 'Item.name',
  why,
});

function tell(errors: readonly PlacedError[], gaps: readonly Gap[], provider?: string) {
  const mismatches: string[] = [];
  const asked: string[] = [];
  const told = tellErrors(errors, gaps, {
    shape: shapeOf({ schema, query: '{ all: items { id name next { name } } }' }),
    data,
    requestId: 'request-1',
    providerOf: (path) => {
      asked.push(path.join('.'));
      return provider;
    },
    onMismatch: (subgraph, coordinate) => mismatches.push(`${subgraph} ${coordinate}`),
  });
  const short = told.map(({ path, extensions }) => [extensions?.['code'], path?.join('.')]);
  return { told, short, mismatches, asked };
}

describe('an error of a subgraph', () => {
  test("has the client's own names", () => {
    expect(tell([errorAt(['items', 0, 'name'])], []).short).toEqual([
      ['UNAVAILABLE', 'all.0.name'],
    ]);
  });

  test('without a place, or of one that nobody asked for, is told without', () => {
    const { told } = tell([errorAt(undefined), errorAt(['other', 0])], []);
    expect(told.map((error) => 'path' in error)).toEqual([false, false]);
  });
});

describe('a gap that nobody explained', () => {
  test('says that no source gave it, and what to do', () => {
    const { told } = tell([], [gapAt(['all', 0, 'name'])], 'owner');
    expect(told).toEqual([
      {
        message: 'No source gave this field, or what it is computed from could not be had',
        path: ['all', 0, 'name'],
        extensions: {
          code: 'UNRESOLVED',
          subgraph: 'owner',
          errorId: 'request-1',
          advice: errorCodes.UNRESOLVED.advice,
        },
      },
    ]);
  });

  test('is asked after by the names of the plan', () => {
    expect(tell([], [gapAt(['all', 0, 'name'])]).asked).toEqual(['items.0.name']);
  });

  test.each(['invalid', 'null'] as const)('%s names whose value it was, never the value', (why) => {
    const { told } = tell([], [gapAt(['all', 0, 'name'], why)], 'owner');
    expect(told[0]?.message).toMatch(/^owner gave /u);
    expect(told[0]).toMatchObject({
      extensions: { code: 'INVALID_VALUE', subgraph: 'owner' },
    });
  });

  test('of a wrong type is told to those who watch the subgraph, others are not', () => {
    const at = (why: Gap['why']) => tell([], [gapAt(['all', 0, 'name'], why)], 'owner').mismatches;
    expect(at('invalid')).toEqual(['owner Item.name']);
    expect(at('null')).toEqual([]);
    expect(at('missing')).toEqual([]);
  });
});

describe('a gap that an error explains is not told again', () => {
  const gaps = [gapAt(['all', 0, 'next'])];
  test.each<[string, Path, boolean]>([
    ['at its place', ['items', 0, 'next'], true],
    ['around it', ['items', 0], true],
    ['inside it, from where a null came up', ['items', 0, 'next', 'name'], true],
    ['of its neighbour', ['items', 1, 'next'], false],
    ['of another field', ['items', 0, 'name'], false],
  ])('%s', (_what, path, isExplained) => {
    expect(tell([errorAt(path)], gaps).short).toHaveLength(isExplained ? 1 : 2);
  });

  test('a call that failed as a whole explains all its places', () => {
    const lost = [gapAt(['all', 0, 'name']), gapAt(['all', 1, 'name']), gapAt(['all', 1, 'next'])];
    expect(tell([errorAt(['items', 0, 'name'], 2)], lost).short).toEqual([
      ['UNAVAILABLE', 'all.0.name'],
      ['UNRESOLVED', 'all.1.next'],
    ]);
  });

  test('though whose value it was is still told to those who watch', () => {
    const { mismatches } = tell(
      [errorAt(['items', 0, 'next'])],
      [gapAt(['all', 0, 'next'], 'invalid')],
      'owner',
    );
    expect(mismatches).toEqual(['owner Item.name']);
  });
});

test('an answer that is too large is told first and always, with its place and what to do', () => {
  const errors = Array.from({ length: 2_000 }, () => errorAt(['items', 0, 'name']));
  const { told, asked } = tell(errors, [gapAt(['all', 0, 'name'], 'large')], 'owner');
  expect(told[0]).toMatchObject({
    path: ['all', 0, 'name'],
    extensions: { code: 'PAYLOAD_TOO_LARGE', advice: expect.stringContaining('`first`') as string },
  });
  expect(
    told.filter(({ extensions }) => extensions?.['code'] === 'PAYLOAD_TOO_LARGE'),
  ).toHaveLength(1);
  expect(asked).toEqual([]);
});

test('of a hundred thousand errors and gaps a thousand are told, and how many more there are', () => {
  const errors = Array.from({ length: 100_000 }, (_, index) => errorAt(['items', index, 'name']));
  const gaps = errors.map((_, index) => gapAt(['all', index, 'next']));
  for (const { told } of [tell(errors, []), tell([], gaps)]) {
    expect(told).toHaveLength(1_001);
    expect(told.at(-1)).toMatchObject({ extensions: { affected: 99_000 } });
  }
});
