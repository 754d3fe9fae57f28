import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin, useExecutionCancellation } from 'graphql-yoga';
import { cleanError } from './clean-error.ts';
import type { CallContext } from './create-schema.ts';

/** How good the source is: what every answer says of itself. */
export interface SourceState {
  readonly asOf: string;
  readonly completeness: number | null;
  readonly stale: boolean;
}

export type Answer = (
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
  call: CallContext,
) => Promise<{ readonly status: number; readonly text: string }>;

/** Answers GraphQL questions whose caller was verified already; yoga’s pages, health and formats are all off. */
export function createGraphql(schema: GraphQLSchema, source: () => SourceState): Answer {
  const plugin: Plugin = {
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (valid) return;
        setResult(
          result.map(
            (error) =>
              new GraphQLError('', {
                ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
                extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
              }),
          ),
        );
      },
    onResultProcess: ({ result, setResult }) => {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      const { errors, extensions } = result;
      setResult({
        ...result,
        ...(errors === undefined ? {} : { errors: errors.map(cleanError) }),
        extensions: { ...extensions, source: source() },
      });
    },
  };
  const yoga = createYoga<CallContext>({
    schema,
    plugins: [useExecutionCancellation(), plugin],
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    cors: false,
    maskedErrors: false,
    logging: false,
  });
  return async (body, signal, call) => {
    const response = await yoga.fetch(
      'http://subgraph/graphql',
      {
        method: 'POST',
        // The media type whose HTTP status says what happened, whatever the caller reads.
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
        },
        body,
        signal,
      },
      call,
    );
    return { status: response.status, text: await response.text() };
  };
}
