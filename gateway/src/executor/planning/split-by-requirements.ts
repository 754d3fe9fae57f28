import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { JoinFields } from './join-fields.ts';
import type { SubgraphKeys } from './subgraph-keys.ts';

/** What is asked of entities, and what each of their references must hold for it. */
export interface EntityFetch {
  readonly selectionSet: SelectionSetNode;
  readonly requires: readonly QueryPlanSelectionNode[];
}

interface Facts {
  readonly subgraph: string;
  readonly joins: JoinFields;
  readonly keys: SubgraphKeys;
  /** Types that references name in place of their own, as those of interface objects do. */
  readonly sentTypes: readonly string[];
  /** The name that a required field has in its subgraph. */
  realName(key: string): string;
}

/** A fetch of entities: whole, or where its whole reference cannot be had, in parts. */
export interface SplitFetch {
  /** `null` where no reference can hold what the whole needs. */
  readonly whole: EntityFetch | null;
  /** One for each set of requirements; none where the whole is one. */
  readonly parts: readonly EntityFetch[];
}

/**
 * A reference has one value per field, where two fields may need it with different arguments; and what requires
 * nothing must not go without because of what could not be had for others. What the planner asks of a subgraph that
 * has no way to know it (a field of others', or one whose requirement is not in the reference) is not asked at all:
 * it stays unresolved, and is told so.
 */
export function splitByRequirements(
  selectionSet: SelectionSetNode,
  requires: readonly QueryPlanSelectionNode[],
  facts: Facts,
): SplitFetch {
  const { subgraph, joins } = facts;
  const sent = topNames(requires);
  const keyNames = keyNamesOf(requires, facts);
  const groups = new Map<string, ReadonlySet<string>>();
  const groupOf = ({ typeName, field }: Coordinate): string | undefined => {
    const needed = joins.requires(subgraph, typeName, field);
    if (!needed.every((name) => sent.has(name))) return undefined;
    if (joins.isExternal(subgraph, typeName, field) && !keyNames.has(field)) return undefined;
    return needed.join();
  };
  let fields = 0;
  eachField(selectionSet, '', (coordinate) => {
    if (coordinate.field === '__typename') return;
    fields += 1;
    const group = groupOf(coordinate);
    if (group === undefined) return;
    groups.set(group, new Set(joins.requires(subgraph, coordinate.typeName, coordinate.field)));
  });
  if (fields === 0) return { whole: { selectionSet, requires }, parts: [] };
  const required = new Set([...groups.values()].flatMap((names) => [...names]));
  const parts = [...groups].map(([group, names]) => {
    const isKept = (name: string) => names.has(name) || !required.has(name) || keyNames.has(name);
    const picked = pick(selectionSet, '', (coordinate) => groupOf(coordinate) === group);
    return { selectionSet: picked, requires: withoutOthers(requires, isKept) };
  });
  if (parts.length === 0 || isContradictory(requires, facts)) return { whole: null, parts };
  const all = pick(selectionSet, '', (coordinate) => groupOf(coordinate) !== undefined);
  return { whole: { selectionSet: all, requires }, parts: parts.length > 1 ? parts : [] };
}

/** Whether references would hold one real field twice. */
function isContradictory(
  requires: readonly QueryPlanSelectionNode[],
  facts: Pick<Facts, 'realName'>,
): boolean {
  const names = new Map<string, string>();
  const look = (selections: readonly QueryPlanSelectionNode[]): boolean =>
    selections.some((selection) => {
      if (selection.kind === 'InlineFragment') return look(selection.selections);
      const real = facts.realName(selection.name);
      const before = names.get(real);
      names.set(real, selection.name);
      if (before !== undefined && before !== selection.name) return true;
      return selection.selections ? isContradictory(selection.selections, facts) : false;
    });
  return look(requires);
}

interface Coordinate {
  readonly typeName: string;
  readonly field: string;
}

/** The fields of the entity itself. */
function eachField(
  selectionSet: SelectionSetNode,
  typeName: string,
  visit: (coordinate: Coordinate) => void,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) visit({ typeName, field: selection.name.value });
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      eachField(selection.selectionSet, on, visit);
    }
  }
}

/** With the names of types, where they are not asked beside it anyway. */
function pick(
  selectionSet: SelectionSetNode,
  typeName: string,
  isWanted: (coordinate: Coordinate) => boolean,
): SelectionSetNode {
  const isTypeAsked = selectionSet.selections.some(isPlainTypeName);
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind !== Kind.INLINE_FRAGMENT) {
      const field = selection.name.value;
      return field === '__typename' || isWanted({ typeName, field }) ? [selection] : [];
    }
    const on = selection.typeCondition?.name.value ?? typeName;
    const inside = pick(selection.selectionSet, on, isWanted);
    const isOfUse = inside.selections.some((each) => !isTypeAsked || !isPlainTypeName(each));
    return isOfUse ? [{ ...selection, selectionSet: inside }] : [];
  });
  return { ...selectionSet, selections };
}

function isPlainTypeName(selection: SelectionNode): boolean {
  return (
    selection.kind === Kind.FIELD &&
    selection.name.value === '__typename' &&
    (selection.directives ?? []).length === 0
  );
}

function keyNamesOf(
  requires: readonly QueryPlanSelectionNode[],
  { subgraph, keys, sentTypes }: Facts,
): ReadonlySet<string> {
  const types = requires.flatMap((selection) =>
    selection.kind === 'InlineFragment' && selection.typeCondition !== undefined
      ? [selection.typeCondition]
      : [],
  );
  return new Set(
    [...types, ...sentTypes].flatMap((typeName) =>
      keys
        .of(subgraph, typeName)
        .flatMap(({ selections }) =>
          selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : [])),
        ),
    ),
  );
}

/** The fields of the objects themselves, of whatever type. */
export function topNames(selections: readonly QueryPlanSelectionNode[]): ReadonlySet<string> {
  return new Set(
    selections.flatMap((selection) =>
      selection.kind === 'InlineFragment' ? [...topNames(selection.selections)] : [selection.name],
    ),
  );
}

function withoutOthers(
  requires: readonly QueryPlanSelectionNode[],
  isKept: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return requires.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment') {
      return [{ ...selection, selections: withoutOthers(selection.selections, isKept) }];
    }
    return isKept(selection.name) ? [selection] : [];
  });
}
