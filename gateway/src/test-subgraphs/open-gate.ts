import { execute, Kind, parse } from 'graphql';
import type { Gate } from '../gate/gate.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';

export { thisMachine } from './this-machine.ts';

/**
 * Lets everybody ask everything: for conformance suites, measurements of the executor alone, and tests of
 * what lies behind the gate. A gateway takes it for graphs that ask for no protection, and for no others.
 */
export function createOpenGate(): Gate {
  return {
    enforces: false,
    evidence: undefined,
    health: () => ({ isOpen: true, registry: null, evidence: 'none' }),
    prepare: async () => undefined,
    documents: () => [],
    subgraphsOf: () => [],
    identify: async () => ({
      caller: null,
      user: null,
      registry: null,
      suspended: () => undefined,
      cacheScope: () => undefined,
      contextFor: () => undefined,
    }),
    admit: async (_passage, { query = '', operationName, variables }, supergraph) => ({
      query,
      document: null,
      operationName: operationName ?? null,
      isTrusted: false,
      coordinates: [],
      estimatedCost: null,
      schemaAnswer: schemaAnswer(query, operationName, variables, supergraph),
      headers: {},
      count: () => null,
      settle: async () => undefined,
    }),
    close: async () => undefined,
  };
}

/** The whole schema, to a document that asks for nothing else; everything else is the executor's to answer or refuse. */
function schemaAnswer(
  query: string,
  operationName: string | undefined,
  variableValues: Readonly<Record<string, unknown>>,
  { clientSchema }: Supergraph,
): object | undefined {
  const isSchemaOnly =
    /\b__(?:schema|type)\b/u.test(query) && rootFieldsOf(query).every(isSchemaField);
  if (!isSchemaOnly) return undefined;
  return execute({
    schema: clientSchema,
    document: parse(query),
    operationName: operationName ?? null,
    variableValues,
  });
}

function rootFieldsOf(query: string): string[] {
  try {
    return parse(query).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? definition.selectionSet.selections.map((each) =>
            each.kind === Kind.FIELD ? each.name.value : '',
          )
        : [],
    );
  } catch {
    return [''];
  }
}

const isSchemaField = (name: string) => name === '__schema' || name === '__type';
