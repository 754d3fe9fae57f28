/** An object as `JSON.parse` makes it. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists in lists that are looked into: no type of a graph has so many, and what a subgraph sends may be endless. */
export const mostNestedLists = 20;

/** Names such as `constructor` are found in every object: of these only its own count. */
export const isInherited = (key: string): boolean => key in Object.prototype;

/** The object's own value, whatever it is called. */
export function ownValue(object: JsonObject, key: string): unknown {
  return isInherited(key) && !Object.hasOwn(object, key) ? undefined : object[key];
}
