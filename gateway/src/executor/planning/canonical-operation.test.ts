import { type FieldNode, Kind, parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { canonicalOperation } from './canonical-operation.ts';

const fieldNames = new Set(['id', 'name', 'items', 'items_1', 'add']);

function canonical(text: string) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('begins with its operation');
  const made = canonicalOperation(document, operation, fieldNames, {});
  const keys = new Map<string, string>();
  visit(document, {
    Field(field: FieldNode) {
      keys.set((field.alias ?? field.name).value, made.keyOf(field));
    },
  });
  return { ...made, text: made.text.replaceAll(/\s+/gu, ' ').trim(), keys };
}

describe('names of fields', () => {
  test('an alias that falls on a key is gone, whatever the planner asks beside it', () => {
    const { text, keys } = canonical('{ items { id: name name: id } }');
    expect(text).toBe('{ items { name id } }');
    expect([keys.get('id'), keys.get('name')]).toEqual(['name', 'id']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('%s is an alias like any other', (alias) => {
    const { text, keys } = canonical(`{ ${alias}: name }`);
    expect(text).toBe('{ name }');
    expect(keys.get(alias)).toBe('name');
  });

  test('each set of arguments is a field of its own, and equal sets are one', () => {
    const { text, keys } = canonical(
      '{ a: items(first: 1, of: "x") b: items(of: "x", first: 1) c: items(first: 2) items }',
    );
    expect(keys.get('a')).toBe(keys.get('b'));
    expect(new Set(keys.values()).size).toBe(3);
    expect(keys.get('items')).toBe('items');
    expect(text).toContain('items_2: items(first: 1, of: "x")');
  });

  test('no name is taken that a field of the graph has', () => {
    expect(canonical('{ items(first: 1) }').keys.get('items')).toBe('items_2');
  });

  test('a text and a name of equal letters are different arguments', () => {
    const { keys } = canonical('{ a: items(of: A) b: items(of: "A") }');
    expect(keys.get('a')).not.toBe(keys.get('b'));
  });

  test('a fragment used twice has the same names in both places', () => {
    const { text } = canonical(
      '{ items(first: 1) { ...F } } fragment F on Item { x: items(first: 1) { y: id } }',
    );
    expect(text).toBe(
      '{ items_2: items(first: 1) { ...F } } fragment F on Item { items_2: items(first: 1) { id } }',
    );
  });
});

describe("a mutation's root fields", () => {
  test('stay apart where they are equal: each is run', () => {
    const { text } = canonical('mutation { a: add(n: 1) { id } b: add(n: 1) { id } }');
    expect(text).toBe('mutation { add_1: add(n: 1) { id } add_2: add(n: 1) { id } }');
  });

  test('also in fragments, and where they have no arguments', () => {
    const { keys } = canonical(
      'mutation { a: add ... { b: add } ...M } fragment M on M { c: add }',
    );
    expect(new Set([...keys.values()]).size).toBe(3);
  });

  test('are one where the client calls them the same, as the specification merges them', () => {
    const { text } = canonical('mutation { add(n: 1) { id } add(n: 1) { name } }');
    expect(text).toBe('mutation { add_1: add(n: 1) { id name } }');
  });

  test('only they: below them equal fields are one', () => {
    const { keys } = canonical('mutation { add { a: items(first: 1) b: items(first: 1) } }');
    expect(keys.get('a')).toBe(keys.get('b'));
  });
});

describe('variables', () => {
  test.each(['representations', 'r0', 'r17'])('one called $%s gets another name', (name) => {
    const { text, variableNames } = canonical(
      `query ($${name}: Int = 1) { items(first: $${name}) @include(if: $${name}) }`,
    );
    const called = variableNames.get(name);
    expect(called).toBe('variable_0');
    expect(text).toContain('query ($variable_0: Int = 1)');
    expect(text).not.toContain(`$${name}`);
  });

  test('others keep theirs', () => {
    const { text, variableNames } = canonical('query ($first: Int) { items(first: $first) }');
    expect(variableNames.get('first')).toBe('first');
    expect(text).toContain('items(first: $first)');
  });

  test('an argument by one variable is not that by another', () => {
    const { keys } = canonical(
      'query ($a: Int, $b: Int) { a: items(first: $a) b: items(first: $b) }',
    );
    expect(keys.get('a')).not.toBe(keys.get('b'));
  });
});

test('an object of which conditions may leave nothing is still asked whether it is there', () => {
  const { text } = canonical('query ($a: Boolean!) { items { name @include(if: $a) } }');
  expect(text).toContain('{ name @include(if: $a) __typename }');
});
