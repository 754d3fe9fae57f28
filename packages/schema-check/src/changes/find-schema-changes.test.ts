import { expect, it } from 'vitest';
import { findSchemaChanges } from './find-schema-changes.ts';

const protectedBy = '@requiresScopes(scopes: [["figures:read"]]) @owner(partner: "hub")';
const before = `
  schema { query: Query }
  type Query { beds(district: District, kind: Kind): Int! ${protectedBy} people(by: Search): [Person!] ${protectedBy} any: Any ${protectedBy} }
  type Person ${protectedBy} { ref: ID stays: Int language: String }
  type Place ${protectedBy} { id: ID }
  union Any = Person | Place
  enum District { PARMA FIDENZA }
  enum Kind { A B }
  input Search { district: District }
`;

const asked = (document: string, consumer = 'dashboard', day = '2026-11-20', count = 3) => ({
  document,
  name: 'Beds',
  consumer,
  day,
  count,
});

const changes = (after: string, ...operations: ReturnType<typeof asked>[]) =>
  findSchemaChanges({ before, after, operations }).map(({ kind, coordinate, impact }) =>
    [kind, coordinate, impact].join(' '),
  );

it.each([
  ['stays: Int', '', '{ people { stays } }', 'FIELD_REMOVED Person.stays BREAKING'],
  ['stays: Int', '', '{ people { ref } }', 'FIELD_REMOVED Person.stays DANGEROUS'],
  [
    'beds(district: District, kind: Kind): Int!',
    'beds(district: District, kind: Kind): Int',
    '{ beds }',
    'FIELD_CHANGED_KIND Query.beds BREAKING',
  ],
  [
    'stays: Int',
    'stays(since: ID!): Int',
    '{ people { stays } }',
    'REQUIRED_ARG_ADDED Person.stays(since:) BREAKING',
  ],
  [
    'beds(district: District, kind: Kind)',
    'beds(kind: Kind)',
    '{ beds(kind: A) }',
    'ARG_REMOVED Query.beds(district:) DANGEROUS',
  ],
  [
    'beds(district: District, kind: Kind)',
    'beds(kind: Kind)',
    '{ beds(district: PARMA) }',
    'ARG_REMOVED Query.beds(district:) BREAKING',
  ],
  [
    'PARMA FIDENZA',
    'PARMA',
    '{ people(by: { district: PARMA }) { ref } }',
    'VALUE_REMOVED_FROM_ENUM District.FIDENZA BREAKING',
  ],
  [
    'district: District }',
    'district: District since: ID! }',
    '{ people { ref } }',
    'REQUIRED_INPUT_FIELD_ADDED Search.since BREAKING',
  ],
  [
    'Person | Place',
    'Person',
    '{ any { ... on Place { id } } }',
    'TYPE_REMOVED_FROM_UNION Any BREAKING',
  ],
  [
    'Person | Place',
    'Person',
    '{ any { ... on Person { ref } } }',
    'TYPE_REMOVED_FROM_UNION Any DANGEROUS',
  ],
  ['enum Kind { A B }', 'enum Kind { A B C }', '{ beds }', 'VALUE_ADDED_TO_ENUM Kind.C DANGEROUS'],
  [
    'beds(district: District, kind: Kind)',
    'beds(district: District, kind: Kind, day: ID)',
    '{ beds }',
    'OPTIONAL_ARG_ADDED Query.beds(day:) SAFE',
  ],
  ['stays: Int', 'stays: Int age: Int', '{ beds }', 'FIELD_ADDED Person.age SAFE'],
  [
    'language: String',
    `language: String @sensitive(category: "ETHNIC_RELIGION")`,
    '{ people { language } }',
    'CATEGORY_ADDED Person.language BREAKING',
  ],
  [
    'language: String',
    'language: String @requiresScopes(scopes: [["people:read"]])',
    '{ people { language } }',
    'ACCESS_NARROWED Person.language BREAKING',
  ],
  [
    'language: String',
    'language: String @requiresScopes(scopes: [["people:read"]])',
    '{ people { ref } }',
    'ACCESS_NARROWED Person.language DANGEROUS',
  ],
  [
    'language: String',
    'language: String @owner(partner: "other")',
    '{ people { language } }',
    'OWNER_ADDED Person.language BREAKING',
  ],
])('%s → %s, when %s was asked: %4$s', (old, now, operation, expected) => {
  expect(changes(before.replace(old, now), asked(operation))).toContain(expected);
});

it('nothing changed is no change, and what was never valid breaks by nothing', () => {
  expect(changes(before, asked('{ beds }'))).toEqual([]);
  expect(
    changes(before.replace('stays: Int', ''), asked('{ people { stays nope } }'), asked('{{{')),
  ).toEqual(['FIELD_REMOVED Person.stays DANGEROUS']);
});

it('says of each consumer how often, when last and by which operations, those who ask most first', () => {
  const [change] = findSchemaChanges({
    before,
    after: before.replace('stays: Int', ''),
    operations: [
      asked('{ people { stays } }', 'dashboard', '2026-11-18', 2),
      asked('{ people { stays ref } }', 'dashboard', '2026-11-20', 1),
      { ...asked('{ people { stays } }', 'cli', '2026-11-01', 9), name: null },
    ],
  });
  expect(change?.usedBy).toEqual([
    { consumer: 'cli', count: 9, lastUsedOn: '2026-11-01', operations: [] },
    { consumer: 'dashboard', count: 3, lastUsedOn: '2026-11-20', operations: ['Beds'] },
  ]);
});

it('less asked of a caller is safe', () => {
  expect(
    findSchemaChanges({
      before: before.replace(
        'language: String',
        'language: String @requiresScopes(scopes: [["people:read"]])',
      ),
      after: before,
      operations: [asked('{ people { language } }')],
    }).map(({ kind, impact }) => [kind, impact]),
  ).toEqual([['ACCESS_WIDENED', 'SAFE']]);
});
