import type { FastifyInstance } from 'fastify';
import { assertValidSchema, GraphQLError } from 'graphql';
import { mercurius } from 'mercurius';
import { callerOf } from './caller-of.ts';
import { maskUnknownError } from './mask-unknown-errors.ts';
import { readSourceStatus } from './source-status.ts';
import type { SubgraphOptions } from './subgraph-options.ts';
import { createSubgraphSchema } from './subgraph-schema.ts';
import { withDefaultVariables } from './with-default-variables.ts';

/** Serves the schema with Mercurius on `/graphql`; a query seen twice is compiled. Answers how to serve another one. */
export async function registerMercurius<Context extends object>(
  app: FastifyInstance,
  options: SubgraphOptions<Context>,
): Promise<(typeDefs: string, resolvers: object) => void> {
  const { typeDefs, resolvers, createContext, sourceStatus, logger } = options;
  await app.register(mercurius, {
    schema: createSubgraphSchema(typeDefs, resolvers),
    path: '/graphql',
    graphiql: false,
    jit: 1,
    context: (request) => createContext(request, callerOf(request)),
    errorFormatter(execution) {
      // Absent when the request itself was refused, whatever the library's type says.
      const { data = null }: Partial<typeof execution> = execution;
      const errors = execution.errors
        .flatMap(withoutEnvelope)
        .map((error) => maskUnknownError(error, logger));
      // Without data and without a path nothing ran: the request was wrong, or the service is.
      const nothingRan = data === null && errors.every(({ path }) => path === undefined);
      const isBug = errors.some(
        ({ extensions }) => extensions?.['code'] === 'INTERNAL_SERVER_ERROR',
      );
      return {
        statusCode: nothingRan ? (isBug ? 500 : 400) : 200,
        response: {
          data,
          errors: errors.map(
            ({ message, path, extensions }) =>
              new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
          ),
        },
      };
    },
  });
  app.graphql.addHook('preExecution', async (_schema, document, _context, variables) => ({
    variables: withDefaultVariables(document, variables),
  }));
  app.graphql.addHook('onResolution', async (execution) => {
    execution.extensions = {
      ...execution.extensions,
      source: await readSourceStatus(sourceStatus, logger),
    };
  });
  return (nextTypeDefs, nextResolvers) => {
    const schema = createSubgraphSchema(nextTypeDefs, nextResolvers);
    assertValidSchema(schema);
    app.graphql.replaceSchema(schema);
  };
}

/** Mercurius wraps all validation errors of a query in one error of its own. */
function withoutEnvelope(error: GraphQLError): readonly GraphQLError[] {
  const inner: unknown =
    error.originalError && 'errors' in error.originalError ? error.originalError.errors : undefined;
  if (!Array.isArray(inner)) return [error];
  return inner
    .filter((entry): entry is GraphQLError => entry instanceof GraphQLError)
    .map((entry) => new GraphQLError(entry.message, { extensions: { code: codeOf(entry) } }));
}

/** It gives them no codes; by this one the hub knows that a server and its published schema differ. */
const codeOf = ({ message }: GraphQLError): string =>
  message.startsWith('Syntax Error') ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED';
