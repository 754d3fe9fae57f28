import { isEnumType } from 'graphql';
import { isRecord } from './http-answer.ts';
import type { Entity } from './subgraph-model.ts';

/** The fields of a key with their values, nested as the key is. */
export type EntityKey = Readonly<Record<string, unknown>>;

/** Sample keys by type, as `{ "Person": [{ "employmentCentreKey": "…" }] }`. */
export type EntityKeys = Readonly<Record<string, readonly EntityKey[]>>;

/** A key that nobody has; null where the key is of a kind of which all values may be taken. */
export function unknownKey(entity: Entity, id: string, index: number): EntityKey | null {
  return keyOf(entity, ({ type }) => {
    if (isEnumType(type)) return type.getValues()[0]?.name ?? null;
    if (type.name === 'Boolean') return null;
    if (type.name === 'Int') return 2_147_000_000 + index;
    if (type.name === 'Float') return 2_147_000_000.5 + index;
    return `${id}-${index}`;
  });
}

/** The key with every value replaced. */
export function keyOf(
  { leaves }: Entity,
  make: (leaf: Entity['leaves'][number], index: number) => unknown,
): EntityKey | null {
  const key: Record<string, unknown> = {};
  for (const [index, leaf] of leaves.entries()) {
    const value = make(leaf, index);
    if (value === null) return null;
    put(key, leaf.path, value);
  }
  return key;
}

/** What the key's own fields say in an object that was answered; null when one of them is missing. */
export function keyIn({ leaves }: Entity, answered: unknown): EntityKey | null {
  const key: Record<string, unknown> = {};
  for (const { path } of leaves) {
    let value: unknown = answered;
    for (const name of path) value = isRecord(value) ? value[name] : undefined;
    if (value === null || value === undefined) return null;
    put(key, path, value);
  }
  return key;
}

/** Whether two keys are the same, `7` and `"7"` included: an ID may be written either way. */
export const isSameKey = (
  entity: Entity,
  one: EntityKey | null,
  other: EntityKey | null,
): boolean =>
  one !== null && other !== null && writtenKey(entity, one) === writtenKey(entity, other);

export function writtenKey({ leaves }: Entity, key: EntityKey): string {
  return JSON.stringify(
    leaves.map(({ path }) => {
      let value: unknown = key;
      for (const name of path) value = isRecord(value) ? value[name] : undefined;
      return typeof value === 'number' || typeof value === 'string' ? String(value) : value;
    }),
  );
}

function put(key: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    key[name] = value;
    return;
  }
  const inner = isRecord(key[name]) ? key[name] : {};
  key[name] = inner;
  put(inner, rest, value);
}
