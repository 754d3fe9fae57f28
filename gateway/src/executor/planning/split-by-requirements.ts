import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { RequiredField } from './required-arguments.ts';

/** What is asked of entities, and what each of their references must hold for it. */
export interface EntityFetch {
  readonly selectionSet: SelectionSetNode;
  readonly requires: readonly QueryPlanSelectionNode[];
}

interface Requirements {
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
  /** Required fields that a field (`Type.field`) needs. */
  readonly requirements: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * A reference has one value per field: fields that need the same field with different arguments cannot be asked with
 * one reference. Each such field goes with the first others it agrees with.
 */
export function splitByRequirements(
  selectionSet: SelectionSetNode,
  requires: readonly QueryPlanSelectionNode[],
  { requiredFields, requirements }: Requirements,
): EntityFetch[] {
  if (!isContradictory(requires, requiredFields)) return [{ selectionSet, requires }];
  const groups: Set<string>[] = [];
  const groupOf = new Map<string, number>();

  function assign(coordinate: string): void {
    const needed = requirements.get(coordinate);
    if (!needed || groupOf.has(coordinate)) return;
    let index = groups.findIndex((group) => agrees(group, needed, requiredFields));
    if (index === -1) index = groups.push(new Set()) - 1;
    for (const name of needed) groups[index]?.add(name);
    groupOf.set(coordinate, index);
  }
  eachField(selectionSet, '', assign);

  return groups.map((group, index) => ({
    selectionSet: pick(
      selectionSet,
      '',
      (coordinate) => (groupOf.get(coordinate) ?? 0) === index,
    ) ?? { kind: Kind.SELECTION_SET, selections: [] },
    requires: withoutOthers(requires, (name) => !requiredFields.has(name) || group.has(name)),
  }));
}

/** Whether references would hold one real field twice. */
function isContradictory(
  requires: readonly QueryPlanSelectionNode[],
  requiredFields: ReadonlyMap<string, RequiredField>,
): boolean {
  const keys = new Map<string, string>();
  const look = (selections: readonly QueryPlanSelectionNode[]): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return look(selection.selections);
      const real = requiredFields.get(selection.name)?.name ?? selection.name;
      const before = keys.get(real);
      keys.set(real, selection.name);
      if (before !== undefined && before !== selection.name) return true;
      return selection.selections ? isContradictory(selection.selections, requiredFields) : false;
    });
  return look(requires);
}

function agrees(
  group: ReadonlySet<string>,
  needed: ReadonlySet<string>,
  requiredFields: ReadonlyMap<string, RequiredField>,
): boolean {
  const real = (name: string) => requiredFields.get(name)?.name;
  return [...needed].every((name) =>
    [...group].every((other) => other === name || real(other) !== real(name)),
  );
}

/** The fields of the entity itself, as `Type.field`. */
function eachField(
  selectionSet: SelectionSetNode,
  typeName: string,
  visit: (coordinate: string) => void,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) visit(`${typeName}.${selection.name.value}`);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      eachField(selection.selectionSet, on, visit);
    }
  }
}

function pick(
  selectionSet: SelectionSetNode,
  typeName: string,
  isWanted: (coordinate: string) => boolean,
): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind !== Kind.INLINE_FRAGMENT) {
      return isWanted(`${typeName}.${selection.name.value}`) ? [selection] : [];
    }
    const on = selection.typeCondition?.name.value ?? typeName;
    const inside = pick(selection.selectionSet, on, isWanted);
    return inside ? [{ ...selection, selectionSet: inside }] : [];
  });
  return selections.length > 0 ? { ...selectionSet, selections } : undefined;
}

function withoutOthers(
  requires: readonly QueryPlanSelectionNode[],
  isKept: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return requires.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return [{ ...selection, selections: withoutOthers(selection.selections, isKept) }];
    }
    if (!isKept(selection.name)) return [];
    if (!selection.selections) return [selection];
    const selections = withoutOthers(selection.selections, isKept);
    return selections.length > 0 ? [{ ...selection, selections }] : [];
  });
}
