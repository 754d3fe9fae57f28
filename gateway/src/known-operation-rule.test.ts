import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { knownOperationRule } from './known-operation-rule.ts';

const schema = buildSchema('type Query { a: Int }');

it.each(['mutation', 'subscription'])('a %s is refused where the graph has none', (operation) => {
  const errors = validate(schema, parse(`${operation} { a }`), [knownOperationRule]);
  expect(errors.map(({ message }) => message)).toEqual([`This graph has no ${operation}s`]);
});

it('a query is let through', () => {
  expect(validate(schema, parse('{ a }'), [knownOperationRule])).toEqual([]);
});
