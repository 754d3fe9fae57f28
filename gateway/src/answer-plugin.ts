import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { subgraphErrorsOf, valueErrorsOf } from './answer-errors.ts';
import { errorCodes, isErrorCode } from './error-codes.ts';
import type { OperationHolder } from './operation-context.ts';

/** Puts what the operation learnt from its subgraphs into the answer: their errors and `extensions.sources`. */
export const answerPlugin: ApolloServerPlugin<OperationHolder> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request }) {
        if (operation) return;
        throw new GraphQLError(
          request.operationName
            ? 'The document has no operation of the name given in operationName'
            : 'The document has several operations: operationName must name one',
          { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } },
        );
      },
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { operation } = contextValue;
        const { valueCompletion, ...extensions } = singleResult.extensions ?? {};
        const told = [
          ...(singleResult.errors ?? []).map((error) => withAdvice(error, operation.requestId)),
          ...subgraphErrorsOf(operation.errors, singleResult.data),
        ];
        const errors = [
          ...told,
          ...valueErrorsOf(valueCompletion, told).map((error) =>
            withAdvice(error, operation.requestId),
          ),
        ];
        if (errors.length > 0) singleResult.errors = errors;
        operation.hasErrors = errors.length > 0;
        // Refused by the server itself: nothing was asked of anybody.
        if (singleResult.data === undefined) {
          const code = errors[0]?.extensions?.['code'];
          operation.refusal = { code: isErrorCode(code) ? code : 'BAD_REQUEST' };
        }
        operation.counted = operation.admission?.count(singleResult.data) ?? null;
        const registry = operation.passage?.registry;
        singleResult.extensions = {
          ...extensions,
          sources: operation.sources.list(),
          ...(registry?.isStale
            ? { access: { stale: true, asOf: registry.verifiedAt.toISOString() } }
            : {}),
        };
      },
    };
  },
};

/** The server's own refusals tell what to do, and the id that log and evidence know them by. */
function withAdvice(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const code = error.extensions?.['code'];
  if (!isErrorCode(code)) return error;
  return {
    ...error,
    extensions: { errorId: requestId, ...error.extensions, advice: errorCodes[code].advice },
  };
}
