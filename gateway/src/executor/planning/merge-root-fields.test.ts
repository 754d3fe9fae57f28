import { Kind, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { chooseOperation, fragmentsOf } from './choose-operation.ts';
import { mergeRootFields, rootConditions } from './merge-root-fields.ts';

function read(text: string) {
  const document = parse(text);
  return { operation: chooseOperation(document, undefined), fragments: fragmentsOf(document) };
}

function merged(text: string, variables: Readonly<Record<string, boolean>> = {}): string {
  const { operation, fragments } = read(text);
  const { selectionSet } = mergeRootFields(operation, fragments, variables);
  return print({ kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] })
    .replaceAll(/\s+/gu, ' ')
    .replace(/^.*?\{ /u, '{ ');
}

describe('a root field that is written twice', () => {
  test('is there once, at its first place, with all that is asked of it', () => {
    expect(merged('mutation { add { id } count add { name } }')).toBe('{ add { id name } count }');
  });

  test('is another under another name', () => {
    expect(merged('mutation { add { id } b: add { id } }')).toBe('{ add { id } b: add { id } }');
  });

  test('is one also where it stands in fragments', () => {
    const text =
      'mutation { ... { add { id } } ...Rest ...Rest } fragment Rest on Mutation { add { name } count }';
    expect(merged(text)).toBe('{ add { id name } count }');
  });

  test('needs no selection: a leaf is as it is', () => {
    expect(merged('mutation { count count }')).toBe('{ count }');
  });
});

describe('conditions', () => {
  const text = `mutation ($a: Boolean!) {
    add @skip(if: $a) { id } count ... @include(if: $a) { add { name } } add { note @skip(if: $a) } }`;

  test('are decided: the first place is the first that is asked', () => {
    expect(merged(text, { a: false })).toBe('{ add { id note @skip(if: $a) } count }');
    expect(merged(text, { a: true })).toBe('{ count add { name note @skip(if: $a) } }');
  });

  test('of fixed values are decided without a variable', () => {
    expect(merged('mutation { add @include(if: false) { id } count @skip(if: false) }')).toBe(
      '{ count }',
    );
  });

  test('leave other directives where they are', () => {
    expect(merged('mutation { count @client @skip(if: false) }')).toBe('{ count @client }');
  });

  test('of a fragment hold for each place where it is spread', () => {
    const twice = `mutation ($a: Boolean!) { ...Rest @skip(if: $a) count ...Rest }
      fragment Rest on Mutation { add { id } }`;
    expect(merged(twice, { a: false })).toBe('{ add { id } count }');
    expect(merged(twice, { a: true })).toBe('{ count add { id } }');
  });
});

test('an operation that needs nothing of it is the very same', () => {
  const { operation, fragments } = read('mutation { add { id } count }');
  expect(mergeRootFields(operation, fragments, {})).toBe(operation);
});

describe('the variables that decide of root fields', () => {
  test('are those of their conditions and of the fragments around them, in one order', () => {
    const { operation, fragments } = read(`mutation ($a: Boolean!, $b: Boolean!, $c: Boolean!) {
      count @skip(if: $c) ...Rest @include(if: $b) }
      fragment Rest on Mutation { ... @skip(if: $a) { add { id } } }`);
    expect(rootConditions(operation, fragments)).toEqual(['a', 'b', 'c']);
  });

  test('are not those of what is below, nor of arguments, nor of fixed values', () => {
    const { operation, fragments } = read(`mutation ($a: Boolean!, $n: Int) {
      add(n: $n) { id @skip(if: $a) } count @skip(if: true) }`);
    expect(rootConditions(operation, fragments)).toEqual([]);
  });
});
