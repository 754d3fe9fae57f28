import type { QueryPlanSelectionNode } from '@apollo/query-planner';

/** What references of objects of the type hold, whatever fragments say so, each field once. */
export function fieldsFor(
  typeName: string,
  selections: readonly QueryPlanSelectionNode[],
  isSubtype: (typeName: string, of: string) => boolean,
): readonly QueryPlanSelectionNode[] {
  const fields = new Map<string, QueryPlanSelectionNode>();
  for (const selection of selections) {
    const isFragment = selection.kind === 'InlineFragment';
    const on = isFragment ? selection.typeCondition : undefined;
    if (on !== undefined && !isSubtype(typeName, on)) continue;
    const found = isFragment ? fieldsFor(typeName, selection.selections, isSubtype) : [selection];
    for (const field of found) {
      if (field.kind !== 'Field') continue;
      const key = field.alias ?? field.name;
      const before = fields.get(key)?.selections ?? [];
      const below = [...before, ...(field.selections ?? [])];
      fields.set(key, below.length > 0 ? { ...field, selections: below } : field);
    }
  }
  return [...fields.values()];
}
