import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import type { Example } from './read-examples.ts';

/** What is wrong with the examples against the graph a client sees; `[]` when each one is valid. */
export function validateExamples(supergraphSdl: string, examples: readonly Example[]): string[] {
  const schema = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  }).apiSchema().toGraphQLJSSchema();
  return examples.flatMap(({ name, text }) => [
    ...validate(schema, parse(text)).map((error) => `examples/${name}.graphql: ${error.message}`),
    ...(text.startsWith('# ') ? [] : [`examples/${name}.graphql: opens with no comment`]),
  ]);
}
