import type { SourceEntry } from '../../sources.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';

/** An entity as it is kept: with what its source said of itself then. */
export interface KeptEntity {
  readonly entity: JsonObject | null;
  readonly asOf: string | null;
  readonly completeness: number | null;
}

/** `undefined` for what is no entity. */
export function writeKept(entity: unknown, source: SourceEntry | undefined): string | undefined {
  if (entity !== null && !isJsonObject(entity)) return undefined;
  const { asOf = null, completeness = null } = source ?? {};
  try {
    return JSON.stringify({ entity, asOf, completeness } satisfies KeptEntity);
  } catch {
    // Nested deeper than can be written.
    return undefined;
  }
}

/** `undefined` for what another version of the gateway may have kept. */
export function readKept(json: string): KeptEntity | undefined {
  const kept: unknown = JSON.parse(json);
  if (!isJsonObject(kept)) return undefined;
  const { entity, asOf, completeness } = kept;
  if (entity !== null && !isJsonObject(entity)) return undefined;
  return {
    entity,
    asOf: typeof asOf === 'string' ? asOf : null,
    completeness: typeof completeness === 'number' ? completeness : null,
  };
}
