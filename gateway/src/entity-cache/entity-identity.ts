/**
 * Which entity a representation names, as text: equal for equal entities, whatever the order of the fields and whether
 * an id is written as a number or as text. To be used wherever a cache is asked or told of one.
 */
export function entityIdentity(representation: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(inOrder(representation));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return entries.map(([name, inside]) => [name, inOrder(inside)]);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
