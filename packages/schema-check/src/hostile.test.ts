import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkSubgraphs } from './check-subgraphs.ts';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { indexSubgraph } from './corpus.fixture.ts';
import { finding } from './finding.ts';
import { head, subgraph } from './judge.fixture.ts';

const many = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => each(index)).join('\n');

function codesOf(text: string): readonly string[] {
  const { findings } = checkSubgraphs({
    submitted: [subgraph('centre', text, 'centre')],
    others: [indexSubgraph],
    partners: ['centre', 'index-office'],
    waivers: [],
  });
  for (const each of findings) expect(finding.safeParse(each).error).toBeUndefined();
  return [
    ...new Set(findings.filter(({ severity }) => severity === 'ERROR').map(({ code }) => code)),
  ];
}

it.each([
  ['a schema of 5 MB', () => `${head} # ${'x'.repeat(5_000_000)}\ntype Query { a: Int }`],
  ['5 MB of description', () => `${head} "${'x'.repeat(4_900_000)}" type Query { a: Int }`],
  ['10,000 types', () => `${head} ${many(10_000, (at) => `type T${at} { a: Int }`)}`],
  [
    '10,000 extensions',
    () => `${head} ${many(10_000, (at) => `extend type Query { a${at}: Int }`)}`,
  ],
  ['30,000 fields', () => `${head} type Query { ${many(30_000, (at) => `a${at}: Int`)} }`],
  ['a directive bomb', () => `${head} type Query { a: Int ${'@tag(name: "x") '.repeat(5_000)} }`],
  ['a key bomb', () => `${head} type T ${many(500, (at) => `@key(fields: "a${at}")`)} { a: Int }`],
  ['a million brackets', () => `${head} type Query { a(b: Int = ${'['.repeat(1_000_000)} }`],
  ['a type of a million lists', () => `${head} type Query { a: ${'['.repeat(1_000_000)}Int }`],
  [
    'an object of many levels',
    () => `${head} type Query { a(b: I = ${'{a:'.repeat(200)}1${'}'.repeat(200)}): Int }`,
  ],
  [
    'a field set of many levels',
    () => `${head} type Query @key(fields: "${'a{'.repeat(5_000)}") { a: Int }`,
  ],
  ['an endless enum', () => `${head} enum E { ${many(299_000, (at) => `V${at}`)} }`],
])('%s is refused with a code, and nothing hangs or falls', (_what, text) => {
  expect(codesOf(text())).toEqual(['SCHEMA_TOO_LARGE']);
});

it.each([
  '__proto__',
  'constructor',
  'prototype__x',
  'hasOwnProperty',
  'toString',
  'a'.repeat(101),
])('the name %s is refused wherever it stands', (name) => {
  for (const sdl of [
    `type Query { ${name}: Int }`,
    `type Query { a(${name}: Int): Int }`,
    `type ${name} { a: Int } type Query { a: ${name} }`,
    `enum E { ${name} } type Query { a: E }`,
    `input I { ${name}: Int } type Query { a(i: I): Int }`,
    `extend type Query { ${name}: Int }`,
  ]) {
    expect(codesOf(`${head} ${sdl}`)).toContain('NAME_NOT_ALLOWED');
  }
});

it('types that contain and implement each other in circles end', () => {
  expect(codesOf(`${head} type Query { a: A } type A { b: B } type B { a: A }`)).toContain(
    'ACCESS_UNDECIDED',
  );
  expect(
    codesOf(
      `${head} type Query { a: Int } interface A implements B { x: Int } interface B implements A { x: Int }`,
    ).length,
  ).toBeGreaterThan(0);
  expect(codesOf(`${head} type Query { a(i: I): Int } input I { i: I! }`).length).toBeGreaterThan(
    0,
  );
});

it('the largest schema that is read at all is composed or refused', () => {
  const types = many(1_990, (at) => `type T${at} { a: Int b: T${(at * 7) % 1_990} }`);
  const composed = composeSubgraphs([subgraph('centre', `type Query { t: T0 } ${types}`)]);
  expect(composed.kind).toBe('composed');
});

it('no text makes it throw, and every refusal has a known form', () => {
  const word = fc.constantFrom(
    ...[
      'type',
      'extend',
      'Query',
      'T',
      '{',
      '}',
      '(',
      ')',
      ':',
      'a',
      'Int',
      '!',
      '[',
      ']',
      '@key',
      '@link',
    ],
    ...[
      '(fields: "a")',
      '"""',
      '"',
      '#',
      '\n',
      'schema',
      'union',
      '=',
      '|',
      '&',
      'implements',
      'enum',
      'input',
    ],
    ...[
      'directive',
      'on',
      'OBJECT',
      '@owner(partner: "hub")',
      '@requiresScopes',
      'interface',
      '__proto__',
      '\u{1F600}',
      '\\',
    ],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
      ),
      (text) => {
        codesOf(text);
        codesOf(`${head} ${text}`);
      },
    ),
    { numRuns: 80 },
  );
});
