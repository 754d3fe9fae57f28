import { createHash } from 'node:crypto';
import type { EntityKeys } from './entity-keys.ts';
import type { Samples } from './samples.ts';

/** How many records there are of a type that no sample is given for. */
const recordsOfAType = 12;

/** What all mocked subgraphs of one seed agree on, without telling each other anything. */
export interface MockWorld {
  /** 0 … `below` - 1, the same for the same text. */
  number(text: string, below: number): number;
  /** Letters that cannot be taken for anybody's identifier: no digits, no vowels. */
  letters(text: string): string;
  /** How many different records of a type there are to speak of. */
  recordsOf(typeName: string): number;
  /** The value of one key field of a record; `null` where a sample says that nobody has it. */
  keyOf(typeName: string, record: string, field: string, isNumber: boolean): string | number | null;
  /** Which record a representation is; `null` when it names none of the type's keys in full. */
  recordOf(
    typeName: string,
    keys: EntityKeys,
    representation: Readonly<Record<string, unknown>>,
  ): string | null;
}

/** The same seed and samples make the same world; nothing in it depends on what was asked before. */
export function createMockWorld(seed: string, samples: Samples): MockWorld {
  const digest = (text: string) => createHash('sha256').update(`${seed}\n${text}`).digest();
  const samplesOf = (typeName: string) =>
    Object.hasOwn(samples, typeName) ? (samples[typeName] ?? []) : [];

  const letters = (text: string) =>
    [...digest(text).subarray(0, 4)]
      .flatMap((byte) => [byte >> 4, byte & 15])
      .map((nibble) => consonants.charAt(nibble))
      .join('');

  function recordWithKey(typeName: string, field: string, value: unknown): string | null {
    const sample = samplesOf(typeName).findIndex(
      (each) => Object.hasOwn(each, field) && each[field] === value,
    );
    if (sample !== -1) return String(sample);
    if (typeof value === 'number') return String(value);
    const known = typeof value === 'string' ? mockKey.exec(value) : null;
    return known?.[1] === typeName && known[2] === field ? (known[3] ?? null) : null;
  }

  return {
    number: (text, below) => digest(text).readUInt32BE(4) % below,
    letters,
    recordsOf: (typeName) => samplesOf(typeName).length || recordsOfAType,
    keyOf(typeName, record, field, isNumber) {
      const sample = samplesOf(typeName)[Number(record)];
      const value = sample && Object.hasOwn(sample, field) ? sample[field] : undefined;
      if (value !== undefined) return value;
      if (isNumber) return /^\d+$/u.test(record) ? Number(record) : digest(record).readUInt16BE(0);
      return `mock-${typeName}-${field}-${record}`;
    },
    recordOf(typeName, keys, representation) {
      const key = keys
        .get(typeName)
        ?.find((fields) => fields.every((field) => isThere(representation[field])));
      if (!key) return null;
      for (const field of key) {
        const record = recordWithKey(typeName, field, representation[field]);
        if (record !== null) return record;
      }
      // Somebody my subgraph knows and no sample names: a record of its own, the same at every question.
      return letters(JSON.stringify(key.map((field) => representation[field])));
    },
  };
}

const consonants = 'bcdfghjklmnpqrst';
const mockKey = /^mock-(\w+)-(\w+)-(\d{1,9}|[b-t]{8})$/u;
const isThere = (value: unknown) => value !== undefined && value !== null;
