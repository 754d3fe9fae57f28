import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * A mutation in which every root field is there once. A client may write one twice, which is run once, at its first
 * place; the planner would run it as often as it is written. Where it depends on variables whether it is there at
 * all, which place is first depends on them too: that is refused.
 */
export function mergeRootFields(
  operation: OperationDefinitionNode,
  document: DocumentNode,
): OperationDefinitionNode {
  const byName = new Map<string, FieldNode>();
  const seen = { isChanged: false };
  const add = ({ selections }: SelectionSetNode, isConditional: boolean): void => {
    for (const selection of selections) {
      const isHere = isConditional || hasCondition(selection);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(selection.selectionSet, isHere);
        seen.isChanged = true;
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = document.definitions.find(
          (each) =>
            each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) add(fragment.selectionSet, isHere);
        seen.isChanged = true;
      } else {
        const name = selection.alias?.value ?? selection.name.value;
        const earlier = byName.get(name);
        if (earlier && (isHere || hasCondition(earlier))) throw twice();
        if (isConditional) throw twice();
        seen.isChanged ||= earlier !== undefined;
        byName.set(name, earlier ? merge(earlier, selection) : selection);
      }
    }
  };
  add(operation.selectionSet, false);
  if (!seen.isChanged) return operation;
  return {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...byName.values()] },
  };
}

function merge(earlier: FieldNode, later: FieldNode): FieldNode {
  if (!earlier.selectionSet || !later.selectionSet) return earlier;
  const selections = [...earlier.selectionSet.selections, ...later.selectionSet.selections];
  return { ...earlier, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function hasCondition({ directives }: Pick<FieldNode, 'directives'>): boolean {
  return directives?.some(({ name }) => name.value === 'skip' || name.value === 'include') ?? false;
}

function twice(): GraphQLError {
  return new GraphQLError(
    'A mutation’s field stands in a conditional fragment, or twice under conditions: write it once, with its condition',
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  );
}
