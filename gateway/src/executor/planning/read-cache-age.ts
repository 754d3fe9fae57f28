import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Cacheability } from '../../entity-cache/cacheability.ts';

/** What is asked of entities, as it is sent. */
interface EntitySelection {
  readonly subgraph: string;
  readonly selectionSet: SelectionSetNode;
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly inputRewrites: NonNullable<FetchNode['inputRewrites']>;
}

/**
 * For how many seconds the answer may be kept; `null` = not at all. Only entities whose references are one key of
 * theirs and nothing else: by anything more the owner could not say which of them has changed.
 */
export function readCacheAge(
  { subgraph, selectionSet, requires, inputRewrites }: EntitySelection,
  { maxAgeSeconds, keysOf }: Cacheability,
): number | null {
  if (inputRewrites.length > 0) return null;
  for (const [typeName, selections] of byType(requires)) {
    const keys = (typeName && keysOf(subgraph, typeName)) || [];
    if (!keys.some((key) => isKey(selections, readSelections(key)))) return null;
  }
  const ages = selectionSet.selections.map((selection) => {
    if (selection.kind === Kind.FIELD && selection.name.value === '__typename') return undefined;
    const on = selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value;
    if (!on || !keysOf(subgraph, on)) return 0;
    return maxAgeSeconds(subgraph, on, selection.selectionSet) ?? 0;
  });
  const age = Math.min(...ages.filter((each) => each !== undefined));
  return age > 0 && Number.isFinite(age) ? age : null;
}

function byType(
  requires: readonly QueryPlanSelectionNode[],
): ReadonlyMap<string | undefined, readonly QueryPlanSelectionNode[]> {
  const selections = new Map<string | undefined, QueryPlanSelectionNode[]>();
  for (const fragment of requires) {
    const on = 'name' in fragment ? undefined : fragment.typeCondition;
    const below = 'name' in fragment ? [fragment] : fragment.selections;
    const named = below.filter((each) => nameOf(each) !== '__typename');
    selections.set(on, [...(selections.get(on) ?? []), ...named]);
  }
  return selections;
}

function isKey(selections: readonly QueryPlanSelectionNode[], key: readonly FieldNode[]): boolean {
  const names = new Set(selections.map(nameOf));
  return (
    names.size === key.length &&
    key.every(({ name, selectionSet }) => {
      const same = selections.filter((each) => nameOf(each) === name.value);
      const below = same.flatMap((each) => each.selections ?? []);
      return same.length > 0 && isKey(below, fieldsOf(selectionSet));
    })
  );
}

/** `undefined` of what is no field, or has another name in the reference. */
function nameOf(selection: QueryPlanSelectionNode): string | undefined {
  return 'name' in selection && selection.alias === undefined ? selection.name : undefined;
}

function readSelections(key: string): readonly FieldNode[] {
  // One operation, since the text is in braces.
  const [operation] = parse(`{${key}}`, { noLocation: true }).definitions;
  return fieldsOf((operation as OperationDefinitionNode).selectionSet);
}

function fieldsOf(selectionSet: SelectionSetNode | undefined): readonly FieldNode[] {
  return (selectionSet?.selections ?? []).filter((each) => each.kind === Kind.FIELD);
}
