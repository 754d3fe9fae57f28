import { GraphQLError, type ValidationRule } from 'graphql';

/** Refuses a mutation or a subscription where the graph has none: the client's mistake, found before planning. */
export const knownOperationRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`This graph has no ${node.operation}s`, { nodes: node }));
  },
});
