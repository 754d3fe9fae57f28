import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { mercurius } from 'mercurius';
import { callerOf } from './admit-callers.ts';
import type { Caller } from './caller.ts';
import { deadlineOf } from './deadline.ts';
import { maskError } from './errors.ts';
import { readSourceStatus, type SourceStatus } from './source-status.ts';

/** What every question carries, whatever else the resolvers use. */
export interface GraphqlContext {
  readonly caller: Caller;
  /** Reads of the store this question made so far. */
  readonly calls: { count: number };
}

export interface GraphqlRoom {
  readonly schema: GraphQLSchema;
  /** Called once a request: loaders cache, so sharing them would leak rows between callers. */
  readonly createContext: (caller: Caller, signal: AbortSignal) => GraphqlContext;
  readonly sourceStatus: (context: GraphqlContext) => Promise<SourceStatus>;
  readonly logger: FastifyBaseLogger;
}

/** Serves the schema with Mercurius on `/graphql`. */
export async function serveGraphql(app: FastifyInstance, room: GraphqlRoom): Promise<void> {
  const { schema, createContext, sourceStatus, logger } = room;
  await app.register(mercurius, {
    schema,
    path: '/graphql',
    graphiql: false,
    // Replies of batches are answered one by one by nobody: the gateway sends none.
    allowBatchedQueries: false,
    context: (request, reply) => createContext(callerOf(request), deadlineOf(request, reply)),
    errorFormatter(execution) {
      // Absent when the request itself was refused, whatever the library's type says.
      const { data = null }: Partial<typeof execution> = execution;
      const errors = execution.errors
        .flatMap(withoutEnvelope)
        .map((error) => maskError(error, logger));
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
  app.graphql.addHook('onResolution', async (execution, context) => {
    // Mercurius types its own part of the context; ours was made above.
    const ours = context as unknown as GraphqlContext;
    const source = await readSourceStatus(() => sourceStatus(ours), logger);
    execution.extensions = { ...execution.extensions, source };
  });
}

/** Mercurius wraps all validation errors of a query in one error of its own, and gives them no code. */
function withoutEnvelope(error: GraphQLError): readonly GraphQLError[] {
  const inner: unknown =
    error.originalError && 'errors' in error.originalError ? error.originalError.errors : undefined;
  if (!Array.isArray(inner)) return [error];
  return inner
    .filter((entry): entry is GraphQLError => entry instanceof GraphQLError)
    .map(({ message }) => {
      const code = message.startsWith('Syntax Error')
        ? 'GRAPHQL_PARSE_FAILED'
        : 'GRAPHQL_VALIDATION_FAILED';
      return new GraphQLError(message, { extensions: { code } });
    });
}
