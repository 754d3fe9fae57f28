import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type SelectionSetNode } from 'graphql';
import { isJsonObject, ownValue } from '../json-object.ts';

/** Whether a reference of these fields holds the whole key. */
export function isIncluded(
  key: SelectionSetNode,
  selections: readonly QueryPlanSelectionNode[],
): boolean {
  return key.selections.every((field) => {
    if (field.kind !== Kind.FIELD) return true;
    const same = selections.find(
      (selection) => selection.kind === 'Field' && selection.name === field.name.value,
    );
    if (!same) return false;
    return !field.selectionSet || isIncluded(field.selectionSet, same.selections ?? []);
  });
}

/** Whether the key, or a part of it however deep, is `null`. */
export function hasNull(key: SelectionSetNode, value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some((entry) => hasNull(key, entry));
  if (!isJsonObject(value)) return false;
  return key.selections.some((field) => {
    if (field.kind !== Kind.FIELD) return false;
    const part = ownValue(value, field.name.value);
    return field.selectionSet ? hasNull(field.selectionSet, part) : part === null;
  });
}
