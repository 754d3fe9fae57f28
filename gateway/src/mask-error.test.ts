import { createLogger } from '@tavolo/process-kit';
import { buildSchema, type GraphQLError, getVariableValues, Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { maskError } from './mask-error.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
const schema = buildSchema(
  'enum District { PARMA } input Range { from: Int } type Query { a(d: District, n: Int, r: Range): Int }',
);

function coercionError(type: string, value: unknown): GraphQLError {
  const document = parse(`query ($v: ${type}) { a }`);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], { v: value });
  if (!errors?.[0]) throw new Error('nothing was refused');
  return errors[0];
}

it.each([
  ['District', 'Zebulon Canarini'],
  ['Int', 'Zebulon Canarini'],
  ['Range', { from: 'Zebulon Canarini' }],
  ['Range', 'Zebulon Canarini'],
])('a value sent as %s does not come back in the refusal', (type, value) => {
  const error = coercionError(type, value);
  const formatted = { message: error.message, extensions: { code: 'BAD_USER_INPUT' } };
  const { message } = maskError(formatted, error, logger);
  expect(error.message).toContain('Zebulon');
  expect(message).toContain('invalid value');
  expect(message).not.toMatch(/Zebulon|Canarini/u);
});
