import fc from 'fast-check';
import { buildSchema, isObjectType } from 'graphql';
import { isJsonObject } from '../json-object.ts';

const typeOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: {
    node: 'Node',
    must: 'Node!',
    lists: '[[Node!]]!',
    any: 'Any',
    anys: '[Any!]',
    face: 'Face',
    matrix: '[[Int!]!]',
    words: '[String!]!',
  },
  Node: {
    id: 'ID',
    text: 'String!',
    number: 'Int',
    size: 'Float!',
    flag: 'Boolean',
    kind: 'Kind!',
    kinds: '[Kind]',
    constructor: 'String',
    next: 'Node',
    any: 'Any!',
    face: 'Face',
  },
  Leaf: { id: 'ID!', number: 'Int!', constructor: 'Boolean' },
};
const fieldsOf = (type: string) =>
  Object.entries(typeOf[type] ?? {})
    .map(([name, of]) => `${name}: ${of}`)
    .join(' ');
/** Drawn questions are about this graph. */
export const drawnSchema = buildSchema(`
  type Query { ${fieldsOf('Query')} }
  type Node implements Face { ${fieldsOf('Node')} }
  type Leaf implements Face { ${fieldsOf('Leaf')} }
  union Any = Node | Leaf
  interface Face { id: ID }
  enum Kind { OLD NEW }
`);
for (const type of Object.values(drawnSchema.getTypeMap())) {
  if (isObjectType(type) && type.name !== 'Query') type.isTypeOf = isJsonObject;
}

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  ID: [{}, [], true, 1.5],
  String: [{}, []],
  Int: [{}, 'x', 1.5, 2 ** 31, -(2 ** 31) - 1, 1e300],
  Float: [{}, 'x', []],
  Boolean: [{}, 'x', []],
  Kind: [{}, 'OTHER', 'constructor', 1],
};
const right: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ID: fc.oneof(fc.string(), fc.integer()),
  String: fc.string({ unit: 'binary' }),
  Int: fc.oneof(fc.integer(), fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 0)),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }),
  Boolean: fc.boolean(),
  Kind: fc.constantFrom('OLD', 'NEW'),
};
const possible: Readonly<Record<string, readonly string[]>> = {
  Any: ['Node', 'Leaf'],
  Face: ['Node', 'Leaf'],
};

/** Mostly what the type says; else null, nothing at all, or something else. */
function valueFor(type: string, depth: number): fc.Arbitrary<unknown> {
  if (type.endsWith('!')) return valueFor(type.slice(0, -1), depth);
  const list = /^\[(.*)\]$/u.exec(type)?.[1];
  if (list !== undefined) {
    return sometimes(fc.array(valueFor(list, depth), { maxLength: 3 }), ['text', {}, 1]);
  }
  const leaf = right[type];
  if (leaf) return sometimes(leaf, wrong[type] ?? []);
  if (depth === 0) return fc.constant(null);
  const objects = (possible[type] ?? [type]).map((name) => objectOf(name, depth - 1));
  const strangers = possible[type] ? [{ __typename: 'Query' }, { __typename: 'None' }] : [];
  return sometimes(fc.oneof(...objects), ['text', 7, [], ...strangers]);
}

const sometimes = (usual: fc.Arbitrary<unknown>, others: readonly unknown[]) =>
  fc.oneof(
    { weight: 40, arbitrary: usual },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

function objectOf(type: string, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.entries(typeOf[type] ?? {});
  const values = Object.fromEntries(fields.map(([name, of]) => [name, valueFor(of, depth)]));
  return fc
    .tuple(fc.record(values), fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, fc.nat(20)))
    .map(([record, lost]) => {
      const lostName = lost === null ? undefined : fields[lost]?.[0];
      const kept = Object.entries(record).filter(([name]) => name !== lostName);
      return Object.fromEntries([['__typename', type], ...kept]);
    });
}

const conditions = [
  '',
  '@include(if: $yes)',
  '@skip(if: $yes)',
  '@include(if: false)',
  '@skip(if: $no)',
];
type Names = Readonly<Record<string, string>>;

function selectionOf(type: string, depth: number, names: Names): fc.Arbitrary<string> {
  const called = (name: string) => `${names[name]}: ${name}`;
  const fields = Object.entries(typeOf[type] ?? { id: 'ID' }).flatMap(([name, of]) => {
    const named = of.replaceAll(/[[\]!]/gu, '');
    if (right[named]) return [fc.constant(called(name))];
    if (depth === 0) return [];
    return [selectionOf(named, depth - 1, names).map((below) => `${called(name)} ${below}`)];
  });
  const ofUnion = type === 'Any' ? [] : fields;
  const narrower = (possible[type] ?? [type]).map((on) =>
    (on === type ? fc.constant(`{ ${called('id')} }`) : selectionOf(on, depth, names)).map(
      (below) => (type === 'Query' ? `... { ${called('words')} }` : `... on ${on} ${below}`),
    ),
  );
  const typeName = fc.constant(`${names['__typename']}: __typename`);
  const selection = fc
    .tuple(fc.oneof(typeName, ...ofUnion, ...narrower), fc.constantFrom(...conditions))
    .map(([text, condition]) => {
      const [head = '', ...rest] = text.split(' {');
      return [`${head} ${condition}`, ...rest].join(' {');
    });
  return fc
    .array(selection, { minLength: 1, maxLength: 5 })
    .map((selections) => `{ ${selections.join(' ')} }`);
}

const fieldNames = [...new Set(Object.values(typeOf).flatMap((each) => Object.keys(each)))];
/** Every field by a name of another, or one that every object has: nothing may depend on what a client calls things. */
const aliases: fc.Arbitrary<Names> = fc
  .shuffledSubarray(
    ['__typename', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', ...fieldNames],
    { minLength: fieldNames.length + 1 },
  )
  .map((names) =>
    Object.fromEntries(['__typename', ...fieldNames].map((name, index) => [name, names[index]])),
  ) as fc.Arbitrary<Names>;

const drawnData = objectOf('Query', 3);
/** What a client asks, as a selection with `$yes` and `$no`, and the values that there are, right and wrong. */
export const drawnQuestion = fc
  .oneof(aliases, fc.constant(Object.fromEntries(['__typename', ...fieldNames].map((n) => [n, n]))))
  .chain((names) => fc.tuple(selectionOf('Query', 3, names), drawnData));
