import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { conformShape } from './conform-shape.ts';
import { createFetchOperationReader } from './fetch-operation.ts';

const schema = buildSchema(`
  type Query { place: Place }
  type Place { name: String rooms: [Place!] next: Place }
`);
const read = createFetchOperationReader();

function conform(query: string, data: Record<string, unknown>) {
  return conformShape(schema, read(query), data);
}

test('what has another shape than the schema becomes null, and is named', () => {
  const data = { place: { name: 'a', rooms: {}, next: [] } };
  expect(conform('{ place { name rooms { name } next { name } } }', data)).toEqual([
    { path: ['place', 'rooms'], coordinate: 'Place.rooms' },
    { path: ['place', 'next'], coordinate: 'Place.next' },
  ]);
  expect(data).toEqual({ place: { name: 'a', rooms: null, next: null } });
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a field that is called %s and was left out is not looked for in what all objects have in common',
  (name) => {
    const before = Object.getOwnPropertyDescriptors(Object.prototype);
    const query = `{ place { ${name}: next { valueOf: rooms { name } isPrototypeOf: next { name } } } }`;
    const data = { place: {} };
    const wrong = conform(query, data);
    const after = Object.getOwnPropertyDescriptors(Object.prototype);
    // Whatever came of it is put back before anything else can stumble on it.
    Object.defineProperties(Object.prototype, before);
    expect(after).toEqual(before);
    expect(wrong).toEqual([]);
    expect(data).toEqual({ place: {} });
  },
);
