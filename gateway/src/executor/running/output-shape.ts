import { Kind, type SelectionSetNode } from 'graphql';
import { isInherited } from '../json-object.ts';

/** Which keys an object of a subgraph's answer may have, whatever its type; nothing else of it is ever looked at. */
export interface OutputShape {
  readonly fields: readonly OutputField[];
}

export interface OutputField {
  readonly key: string;
  /** A name such as `constructor`, of which an object's own must be told from what every object has. */
  readonly isInherited: boolean;
  /** `null` for a leaf. */
  readonly below: OutputShape | null;
}

interface Growing {
  readonly fields: Map<string, Growing | null>;
}

/** The shape of what a selection asks for; `renames` are the plan's own names and what they become. */
export function readOutputShape(
  selectionSet: SelectionSetNode,
  renames: ReadonlyMap<string, string> = new Map(),
): OutputShape {
  const growing: Growing = { fields: new Map() };
  grow(growing, selectionSet, renames);
  return finish(growing);
}

function grow(
  into: Growing,
  selectionSet: SelectionSetNode,
  renames: ReadonlyMap<string, string>,
): void {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      throw new Error('the planner was told to write no fragments');
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      grow(into, selection.selectionSet, renames);
      continue;
    }
    const sent = selection.alias?.value ?? selection.name.value;
    const key = renames.get(sent) ?? sent;
    if (!selection.selectionSet) {
      if (!into.fields.has(key)) into.fields.set(key, null);
      continue;
    }
    const below = into.fields.get(key) ?? { fields: new Map() };
    grow(below, selection.selectionSet, renames);
    into.fields.set(key, below);
  }
}

function finish(growing: Growing): OutputShape {
  return {
    fields: [...growing.fields].map(([key, below]) => ({
      key,
      isInherited: isInherited(key),
      below: below && finish(below),
    })),
  };
}
