import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { BoundedMap } from './bounded-map.ts';

/** What the gateway needs to know of a question the planner wrote for one subgraph. */
export interface FetchOperation {
  readonly isQuery: boolean;
  readonly rootTypeName: 'Query' | 'Mutation' | 'Subscription';
  readonly selectionSet: SelectionSetNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Paths, relative to the answer's `data`, of the fields that stay empty when the whole call fails. */
  readonly wantedPaths: readonly (readonly (string | number)[])[];
}

const rootTypeNames = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
} as const;

/** The planner writes few texts and sends them often: they are read once each, the newest 2,000 kept. */
export function createFetchOperationReader(): (query: string) => FetchOperation {
  const known = new BoundedMap<string, FetchOperation>(2_000);
  return (query) => {
    const earlier = known.get(query);
    if (earlier) return earlier;
    const operation = readFetchOperation(query);
    known.set(query, operation);
    return operation;
  };
}

function readFetchOperation(query: string): FetchOperation {
  const document = parse(query, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (!operation) throw new Error('the planner wrote a document without an operation');
  const topFields = [...fieldsOf(operation.selectionSet, fragments)];
  const entities = topFields.find((field) => field.name.value === '_entities');
  const wantedPaths = entities?.selectionSet
    ? names(fieldsOf(entities.selectionSet, fragments)).map((name) => ['_entities', 0, name])
    : names(topFields).map((name) => [name]);
  return {
    isQuery: rootTypeNames[operation.operation] === 'Query',
    rootTypeName: rootTypeNames[operation.operation],
    selectionSet: operation.selectionSet,
    fragments,
    wantedPaths,
  };
}

/** The name a field has in the answer. */
export function responseName(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

/** The selections inside a fragment, and the type they are on where the fragment says so. */
export function insideFragment(
  selection: Exclude<SelectionNode, FieldNode>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): { readonly selectionSet: SelectionSetNode; readonly typeName: string | undefined } | undefined {
  const fragment =
    selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
  return (
    fragment && {
      selectionSet: fragment.selectionSet,
      typeName: fragment.typeCondition?.name.value,
    }
  );
}

function* fieldsOf(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Generator<FieldNode> {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      yield selection;
      continue;
    }
    const inside = insideFragment(selection, fragments);
    if (inside) yield* fieldsOf(inside.selectionSet, fragments);
  }
}

function names(fields: Iterable<FieldNode>): string[] {
  const found = new Set<string>();
  for (const field of fields) if (field.name.value !== '__typename') found.add(responseName(field));
  return [...found];
}
