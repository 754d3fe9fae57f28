import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { subgraphErrorsOf, valueErrorsOf } from './answer-errors.ts';
import type { OperationContext } from './operation-context.ts';

/** Puts what the operation learnt from its subgraphs into the answer: their errors and `extensions.sources`. */
export const answerPlugin: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName, request, contextValue }) {
        contextValue.operation.name = operationName;
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
        const { valueCompletion, ...extensions } = singleResult.extensions ?? {};
        const told = [
          ...(singleResult.errors ?? []),
          ...subgraphErrorsOf(contextValue.errors, singleResult.data),
        ];
        const errors = [...told, ...valueErrorsOf(valueCompletion, told)];
        if (errors.length > 0) singleResult.errors = errors;
        singleResult.extensions = { ...extensions, sources: contextValue.sources.list() };
      },
    };
  },
};
