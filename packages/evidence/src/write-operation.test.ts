import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { operation } from './evidence.fixture.ts';
import { coordinatesRead, operationRecord } from './evidence-record.ts';
import { writeOperation } from './write-operation.ts';

/** Every form a value of a record can have, right or not. */
const anyValue = fc.oneof(
  fc.constant(null),
  fc.constant(undefined),
  fc.jsonValue(),
  fc.double(),
  fc.integer({ min: -2, max: 700 }),
  fc.constantFrom(
    'x',
    'ab'.repeat(32),
    'GET',
    'OTHER',
    'REFUSED',
    'a-b',
    '/graphql',
    '/a b',
    '192.0.2.1',
    '192.0.2.01',
    '2001:db8::1',
    'fe80::1%eth0',
    'Type.field',
    'Type.field\n',
    '"',
    '2026-11-22T10:00:00.000Z',
    'SOME_CODE',
    'a'.repeat(65),
    'a'.repeat(201),
    -0,
    1e21,
    0.1,
    86_400_001,
    Number.MAX_SAFE_INTEGER + 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [],
    ['Type.field'],
    ['Type.field', 'no'],
    { code: 'SOME_CODE', reason: null, coordinate: null },
    { code: 'SOME_CODE', reason: 'WHY', coordinate: 'Type.field' },
    { code: 'SOME_CODE', reason: null },
    { estimated: 1, counted: null },
    { estimated: -1, counted: null },
    [{ subgraph: 'a-b', status: 'OK', ms: 1.5 }],
    [{ subgraph: 'a-b', status: 'OK', ms: 1.5, more: 1 }],
    [{ subgraph: 'a-b', status: 'ok', ms: 1.5 }],
  ),
);

const names = Object.keys(operationRecord.shape);

it('writes what the schema reads, in its one spelling, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...names, 'further'), anyValue), { maxLength: 3 }),
      (changes) => {
        // Wrong on purpose: whatever comes is held against the form.
        const record = { ...operation(1), ...Object.fromEntries(changes) } as never;
        const read = operationRecord.safeParse(record);
        expect(writeOperation(record)).toBe(read.success ? canonicalJson(read.data) : undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('does not take a record that lacks a field', () => {
  for (const name of names) {
    const rest = Object.entries(operation(1)).filter(([each]) => each !== name);
    expect([name, writeOperation(Object.fromEntries(rest) as never)]).toEqual([name, undefined]);
  }
});

it('looks again at a list that can still change', () => {
  const coordinates = ['A.a'];
  expect(writeOperation(operation(1, { coordinates }))).toContain('["A.a"]');
  coordinates[0] = 'Amina Inventata';
  expect(writeOperation(operation(1, { coordinates }))).toBeUndefined();
});

it('holds a frozen list as it is', () => {
  const read = coordinatesRead(['B.b', 'A.a']);
  for (let time = 0; time < 2; time += 1) {
    expect(writeOperation(operation(1, read))).toContain('"coordinates":["A.a","B.b"]');
  }
  const wrong = Object.freeze(['Amina Inventata']) as string[];
  for (let time = 0; time < 2; time += 1) {
    expect(writeOperation(operation(1, { coordinates: wrong }))).toBeUndefined();
  }
});
