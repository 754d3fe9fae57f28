import { type GraphQLSchema, parse, validate } from 'graphql';
import type { Example } from './read-examples.ts';

/** What is wrong with the examples against the graph a client sees; `[]` when each one is valid. */
export function validateExamples(schema: GraphQLSchema, examples: readonly Example[]): string[] {
  return examples.flatMap(({ name, text }) => [
    ...validate(schema, parse(text)).map((error) => `examples/${name}.graphql: ${error.message}`),
    ...(text.startsWith('# ') ? [] : [`examples/${name}.graphql: opens with no comment`]),
  ]);
}
