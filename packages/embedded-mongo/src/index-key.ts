import mongoose from 'mongoose';
import { isObjectId, isPlainDocument, type MongoDocument } from './bson-document.ts';

const { EJSON } = mongoose.mongo.BSON;

/**
 * A text that is equal for values MongoDB calls equal and sorts as MongoDB sorts them (BSON type order, then
 * value): the letter is the type's bracket. Documents compare as their extended JSON, which is exact for
 * equality and an approximation for order.
 */
export function encodeKey(value: unknown): string {
  if (value === null || value === undefined) return 'B';
  if (typeof value === 'number') return `C${encodeNumber(value)}`;
  if (typeof value === 'string') return `D${escapeText(value)}`;
  if (typeof value === 'boolean') return value ? 'I1' : 'I0';
  if (value instanceof Date) return `J${encodeNumber(value.getTime())}`;
  if (isObjectId(value)) return `H${value.toHexString()}`;
  if (value instanceof RegExp) return `L${escapeText(String(value))}`;
  return `${isPlainDocument(value) ? 'E' : 'F'}${escapeText(EJSON.stringify(value, { relaxed: false }))}`;
}

/** The key of an empty array, which MongoDB indexes and sorts as undefined, before null. */
const emptyArrayKey = 'A';

/** Ends one part of a compound key; sorts before any character a part may hold. */
export const keyEnd = '\u0001\u0001';

/** The first text after every key that starts with `prefix`. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\uffff`;
}

/** The distinct keys of the values a document holds at a dotted path, descending into arrays. */
export function keysAtPath(document: MongoDocument, path: string): string[] {
  const keys = new Set<string>();
  const found = collect(document, path.split('.'), 0, keys);
  if (!found || keys.size === 0) keys.add(encodeKey(null));
  return [...keys];
}

function collect(
  value: unknown,
  path: readonly string[],
  depth: number,
  keys: Set<string>,
): boolean {
  const field = path[depth];
  if (Array.isArray(value)) {
    if (field !== undefined) {
      return value.map((item) => collect(item, path, depth, keys)).some(Boolean);
    }
    if (value.length === 0) keys.add(emptyArrayKey);
    for (const item of value) keys.add(encodeKey(item));
    return true;
  }
  if (field === undefined) {
    keys.add(encodeKey(value));
    return true;
  }
  if (!isPlainDocument(value) || !Object.hasOwn(value, field)) return false;
  return collect(value[field], path, depth + 1, keys);
}

function encodeNumber(value: number): string {
  if (Number.isNaN(value)) return '0'.repeat(16);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  const ordered = bits & sign ? bits ^ ((1n << 64n) - 1n) : bits ^ sign;
  return ordered.toString(16).padStart(16, '0');
}

/** NUL would end the text for some SQLite functions, and U+0001 is the separator of parts. */
function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these two are what must be escaped
  return text.replace(/[\u0000\u0001]/g, (control) =>
    control === '\u0000' ? '\u0001\u0002' : '\u0001\u0003',
  );
}
