import { buildSchema, Kind, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { chooseOperation } from './choose-operation.ts';
import { withoutImpossible } from './without-impossible.ts';

const schema = buildSchema(/* GraphQL */ `
  type Query { media: Media thing: Thing book: Book empty: Nobody }
  interface Media { id: ID next: Media }
  interface Nobody { id: ID }
  type Book implements Media { id: ID next: Book pages: Int }
  type Film implements Media { id: ID next: Media length: Int }
  type Spot { name: String }
  union Thing = Film | Spot
`);

function left(text: string): string {
  const document = parse(text);
  const possible = withoutImpossible(document, chooseOperation(document, undefined), schema);
  return print(possible.document).replaceAll(/\s+/gu, ' ').trim();
}

const one = (text: string) => parse(text).definitions.length;

describe('a fragment that no object can be of', () => {
  test('is gone, and what is around it where nothing else is in it', () => {
    expect(left('{ media { id ... on Book { ... on Media { ... on Film { length } } } } }')).toBe(
      '{ media { id } }',
    );
  });

  test('leaves what is beside it', () => {
    expect(
      left('{ media { ... on Book { pages ... on Media { id ... on Film { length } } } } }'),
    ).toBe('{ media { ... on Book { pages ... on Media { id } } } }');
  });

  test('is gone whatever its condition', () => {
    expect(
      left(
        'query ($a: Boolean!) { thing { ... on Media @skip(if: $a) { id ... on Book { pages } } } }',
      ),
    ).toBe('query ($a: Boolean!) { thing { ... on Media @skip(if: $a) { id } } }');
  });

  test('is told by what the object around it has in the field, not by what its interface says', () => {
    expect(
      left('{ media { ... on Book { ... on Media { next { ... on Film { id } id } } } } }'),
    ).toBe('{ media { ... on Book { ... on Media { next { id } } } } }');
  });
});

describe('a named fragment', () => {
  const part = 'fragment Part on Media { id ... on Film { length } }';

  test('has in each place what is possible there', () => {
    const text = left(`{ media { ...Part ... on Book { ...Part } } } ${part}`);
    expect(text).toBe(
      '{ media { ...Part ... on Book { ...Part_1 } } } fragment Part on Media { id ... on Film { length } } fragment Part_1 on Media { id }',
    );
  });

  test('is not spread where nothing of it is possible', () => {
    const none = 'fragment None on Media { ... on Film { length } }';
    expect(left(`{ media { id ... on Book { pages ...None } } } ${none}`)).toBe(
      '{ media { id ... on Book { pages } } }',
    );
  });

  test('takes no name that another has', () => {
    const taken = 'fragment Part_1 on Media { id }';
    const text = left(`{ media { ...Part_1 ... on Book { ...Part } } } ${part} ${taken}`);
    expect(text).toContain('{ ...Part_2 }');
    expect(one(text)).toBe(3);
  });

  test('that is spread in a hundred places alike is written once', () => {
    const places = Array.from(
      { length: 100 },
      (_, at) => `m${at}: media { ... on Book { ...Part } }`,
    );
    expect(one(left(`{ ${places.join(' ')} } ${part}`))).toBe(2);
  });
});

describe('what is possible', () => {
  test.each([
    '{ media { ... on Book { pages } ... on Film { length } } }',
    '{ thing { ... on Media { id } ... on Spot { name } } }',
    '{ media { ...Part } } fragment Part on Media { ... on Book { next { pages } } }',
    '{ __typename media { __typename } }',
    '{ empty { id } }',
  ])('stays the very same: %s', (text) => {
    const document = parse(text);
    const operation = chooseOperation(document, undefined);
    const possible = withoutImpossible(document, operation, schema);
    expect(possible.document).toBe(document);
    expect(possible.operation).toBe(operation);
  });

  test('and the operation is the one that was chosen', () => {
    const document = parse(
      'query A { book { id } } query B { thing { ... on Media { id ... on Book { id } } } }',
    );
    const possible = withoutImpossible(document, chooseOperation(document, 'B'), schema);
    expect(print(possible.operation).replaceAll(/\s+/gu, ' ')).toBe(
      'query B { thing { ... on Media { id } } }',
    );
    expect(possible.document.definitions.map(({ kind }) => kind)).toEqual([
      Kind.OPERATION_DEFINITION,
    ]);
  });
});
