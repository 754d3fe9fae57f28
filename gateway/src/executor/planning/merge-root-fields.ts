import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../answering/client-shape.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * A mutation whose root fields are those that these variables leave, each once, in the order in which they are run:
 * `CollectFields` of the specification. A client may write one twice, which is run once, at the first place where it
 * is asked; the planner would run it as often as it is written.
 */
export function mergeRootFields(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables: Readonly<Record<string, unknown>>,
): OperationDefinitionNode {
  const byName = new Map<string, FieldNode>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection.directives, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const earlier = byName.get(name);
        byName.set(name, earlier ? merge(earlier, selection) : withoutConditions(selection));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  const selections = [...byName.values()];
  const before = operation.selectionSet.selections;
  const isSame =
    selections.length === before.length && selections.every((each, at) => each === before[at]);
  if (isSame) return operation;
  return { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** The variables that decide which root fields there are, and which of them comes first. */
export function rootConditions(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): readonly string[] {
  const names = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const condition = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
        if (isCondition(directive) && condition?.kind === Kind.VARIABLE) {
          names.add(condition.name.value);
        }
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) look(fragment.selectionSet);
      }
    }
  };
  look(operation.selectionSet);
  return [...names].sort();
}

function merge(earlier: FieldNode, later: FieldNode): FieldNode {
  if (!earlier.selectionSet || !later.selectionSet) return earlier;
  const selections = [...earlier.selectionSet.selections, ...later.selectionSet.selections];
  return { ...earlier, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function withoutConditions(field: FieldNode): FieldNode {
  if (!field.directives?.some(isCondition)) return field;
  return { ...field, directives: field.directives.filter((each) => !isCondition(each)) };
}

function isCondition({ name }: NonNullable<SelectionNode['directives']>[number]): boolean {
  return name.value === 'skip' || name.value === 'include';
}
