import { hash } from 'node:crypto';
import { createRequire } from 'node:module';

// Its types describe an ES module and it is a CommonJS one: under `nodenext` a default import would have a wrong type.
const serialize = createRequire(import.meta.url)('canonicalize') as (value: unknown) => unknown;

/** RFC 8785: equal values have equal bytes. Only for values that JSON can hold. */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (typeof text !== 'string') throw new TypeError('a value that JSON cannot hold');
  return text;
}

/** SHA-256, 64 hexadecimal digits. */
export function sha256Hex(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
