import type { JsonObject } from '../json-object.ts';
import type { Fetch } from './fetch-step.ts';
import { fillWithNull } from './merge.ts';
import type { Representation } from './representation.ts';

/**
 * The references of objects, each once; `missing` gets those of which a part is not there, `unknown` those of which
 * there is no such entity.
 */
export function writeReferences(
  step: Fetch,
  targets: readonly JsonObject[],
  missing: JsonObject[],
  unknown: Set<JsonObject>,
): Map<string, JsonObject[]> {
  const references = new Map<string, JsonObject[]>();
  const byOnlyKey = new Map<Representation, Map<unknown, JsonObject[]>>();
  for (const target of targets) {
    const representation = step.representations?.of(target);
    if (!representation) continue;
    const { onlyKey } = representation;
    const value = onlyKey === null ? undefined : target[onlyKey];
    // Most are told apart by one value, and those that are equal need writing once.
    if (typeof value === 'string' || typeof value === 'number') {
      let byValue = byOnlyKey.get(representation);
      if (!byValue) {
        byValue = new Map();
        byOnlyKey.set(representation, byValue);
      }
      const same = byValue.get(value);
      if (same) same.push(target);
      else byValue.set(value, [target]);
    } else addReference(references, step, representation, [target], missing, unknown);
  }
  for (const [representation, byValue] of byOnlyKey) {
    for (const same of byValue.values()) {
      addReference(references, step, representation, same, missing, unknown);
    }
  }
  return references;
}

function addReference(
  references: Map<string, JsonObject[]>,
  step: Fetch,
  representation: Representation,
  targets: JsonObject[],
  missing: JsonObject[],
  unknown: Set<JsonObject>,
): void {
  const [first] = targets;
  const reference = first && representation.write(first);
  if (reference === null) {
    for (const target of targets) {
      // A key that may not be null is null where its entity is unknown; else it could not be had.
      if (!unknown.has(target) && representation.lacksKey(target)) continue;
      unknown.add(target);
      fillWithNull(target, step.shape);
    }
  } else if (reference === undefined) missing.push(...targets);
  else {
    const same = references.get(reference);
    if (same) same.push(...targets);
    else references.set(reference, targets);
  }
}
