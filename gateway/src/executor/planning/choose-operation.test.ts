import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { chooseOperation, fragmentsOf } from './choose-operation.ts';

const codeOf = (text: string, name?: string) => {
  try {
    return chooseOperation(parse(text), name).name?.value;
  } catch (error) {
    return error instanceof Error && 'extensions' in error ? error.extensions : error;
  }
};
const refused = { code: 'OPERATION_RESOLUTION_FAILURE' };

describe('the operation that is run', () => {
  test('is the only one, named or not', () => {
    expect(codeOf('query A { item } fragment F on Item { id }')).toBe('A');
    expect(codeOf('query A { item }', 'A')).toBe('A');
  });

  test('is the one that is named', () => {
    expect(codeOf('query A { item } query B { item }', 'B')).toBe('B');
  });

  test('is refused where several could be meant, or none is', () => {
    expect(codeOf('query A { item } query B { item }')).toEqual(refused);
    expect(codeOf('query A { item }', 'B')).toEqual(refused);
    expect(codeOf('{ item }', '')).toEqual(refused);
    expect(codeOf('fragment F on Item { id }')).toEqual(refused);
  });
});

test('fragments are known by their names, whatever those are', () => {
  const fragments = fragmentsOf(parse('{ item } fragment __proto__ on Item { id }'));
  expect([...fragments.keys()]).toEqual(['__proto__']);
});
