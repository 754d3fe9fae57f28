/** Levels of lists and objects that a value of a custom scalar may have, the outermost counted. */
const mostLevels = 200;

/**
 * Whether what `JSON.parse` made of a text can be written as JSON again: `1e400` is read as a number that JSON does
 * not have, and what is nested deeper than {@link mostLevels} is not walked through.
 */
export function isWritableJson(value: unknown): boolean {
  return isWritable(value, mostLevels);
}

function isWritable(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const each of Array.isArray(value) ? value : Object.values(value)) {
    if (!isWritable(each, levels - 1)) return false;
  }
  return true;
}
