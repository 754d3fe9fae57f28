import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { refusal } from '../refusal.ts';

/** The operation that is asked for; throws a `GraphQLError` with `OPERATION_RESOLUTION_FAILURE` where none is, or several. */
export function chooseOperation(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation =
    operationName === undefined && operations.length === 1
      ? operations[0]
      : operations.find(({ name }) => name?.value === operationName && name !== undefined);
  if (operation) return operation;
  throw refusal(
    operationName === undefined
      ? 'The document has several operations: operationName must name one'
      : 'The document has no operation of the name given in operationName',
    'OPERATION_RESOLUTION_FAILURE',
  );
}

/** A document's fragments, by their names. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
}
