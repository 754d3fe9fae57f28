import { createHmac } from 'node:crypto';
import type { LinkageKeyMark } from './enrolment-wire.ts';

/** The secret the partners share and the hub never holds; `id` says which one encoded a value. */
export interface LinkageKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The linkage key cannot be used; the message says why and never shows the key. */
export class LinkageKeyError extends Error {
  override readonly name = 'LinkageKeyError';
}

const SHORTEST_KEY_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9._-]{1,32}$/;

/**
 * Reads a key written as hexadecimal (64 characters for the usual 256 bits, at least 32) and refuses
 * what somebody typed instead of drawing: repeated patterns, counters, ASCII words.
 */
export function createLinkageKey(id: string, hex: string): LinkageKey {
  if (!KEY_ID.test(id)) {
    throw new LinkageKeyError('The linkage key id must be 1-32 letters, digits, ".", "_" or "-"');
  }
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(hex)) {
    throw new LinkageKeyError('The linkage key must be hexadecimal');
  }
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
  const weakness = weaknessOf(bytes);
  if (weakness !== null) throw new LinkageKeyError(`The linkage key is refused: ${weakness}`);
  return Object.freeze({ id, bytes });
}

/** Why a key must not be used, or null. A random key of 128 bits fails here less than once in a billion. */
export function weaknessOf(bytes: Uint8Array): string | null {
  if (bytes.length < SHORTEST_KEY_BYTES) return 'shorter than 128 bits';
  if (isPeriodic(bytes)) return 'a repeated pattern';
  if (hasConstantStep(bytes)) return 'a counter';
  if (new Set(bytes).size < bytes.length / 2) return 'too few different bytes';
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'readable text';
  return null;
}

function isPeriodic(bytes: Uint8Array): boolean {
  for (let period = 1; period <= bytes.length / 2; period += 1) {
    if (bytes.every((byte, index) => index < period || byte === bytes[index - period])) return true;
  }
  return false;
}

/** 00 01 02 …, 00 11 22 …, ff fe fd …: also across the wrap at 256. */
function hasConstantStep(bytes: Uint8Array): boolean {
  const counts = new Map<number, number>();
  for (let index = 1; index < bytes.length; index += 1) {
    const step = ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0)) & 0xff;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return Math.max(...counts.values()) >= (bytes.length - 1) * 0.75;
}

/** What may be told about a key so that two institutions can find out that theirs differ: 32 bits of its HMAC. */
export function markOf(key: LinkageKey): LinkageKeyMark {
  const check = createHmac('sha256', key.bytes)
    .update('tavolo/linkage/v2\0key-check')
    .digest('hex');
  return { id: key.id, check: check.slice(0, 8) };
}
