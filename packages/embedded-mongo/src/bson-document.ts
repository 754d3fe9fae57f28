import mongoose from 'mongoose';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** A document as the official driver would hand it over. */
export type MongoDocument = Record<string, unknown>;

const { BSON } = mongoose.mongo;

/** Says whether a value is a document (and not an array, a date or an id). */
export function isPlainDocument(value: unknown): value is MongoDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date) && !(value instanceof RegExp) && !('_bsontype' in value);
}

/** Says whether a value is an ObjectId of any copy of the bson library. */
export function isObjectId(value: unknown): value is { toHexString(): string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    '_bsontype' in value &&
    value._bsontype === 'ObjectId'
  );
}

/**
 * Passes a value through BSON once, as the wire would: Mongoose's own classes become plain values, undefined
 * becomes null. Throws for BSON types whose comparison rules are not implemented here.
 */
export function normaliseBson(value: unknown, operation: string): unknown {
  const { v } = BSON.deserialize(BSON.serialize({ v: value }, { ignoreUndefined: false }));
  refuseUnsupportedTypes(v, operation);
  return v as unknown; // deserialize is typed `any`
}

/** As `normaliseBson`, for an argument that must be a document. */
export function normaliseDocument(value: unknown, operation: string): MongoDocument {
  const normalised = normaliseBson(value ?? {}, operation);
  if (!isPlainDocument(normalised)) throw new TypeError(`${operation} needs a document`);
  return normalised;
}

export function encodeDocument(document: MongoDocument): Uint8Array {
  return BSON.serialize(document, { ignoreUndefined: false });
}

export function decodeDocument(bytes: Uint8Array): MongoDocument {
  return BSON.deserialize(bytes);
}

function refuseUnsupportedTypes(value: unknown, operation: string): void {
  if (Array.isArray(value)) {
    for (const item of value) refuseUnsupportedTypes(item, operation);
  } else if (isPlainDocument(value)) {
    for (const item of Object.values(value)) refuseUnsupportedTypes(item, operation);
  } else if (typeof value === 'object' && value !== null && '_bsontype' in value) {
    if (!isObjectId(value))
      refuseUnsupported(`${operation} with BSON type ${String(value._bsontype)}`);
  } else if (typeof value === 'bigint') {
    refuseUnsupported(`${operation} with a 64-bit integer beyond 2^53`);
  }
}
