import { isPlainDocument, type MongoDocument } from './bson-document.ts';
import { projector } from './find-documents.ts';
import type { WriteOutcome } from './write-documents.ts';

/** The driver's `UpdateResult`. */
export function updateResult({ matchedCount, modifiedCount, upsertedId }: WriteOutcome) {
  const upsertedCount = upsertedId === null ? 0 : 1;
  return { acknowledged: true, matchedCount, modifiedCount, upsertedCount, upsertedId };
}

/** What `findOneAnd…` answers: the document before or after, bare or with metadata. */
export function foundAndModified(
  { before, after, upsertedId }: WriteOutcome,
  options: MongoDocument,
) {
  const wanted = options['returnDocument'] === 'after' ? after : before;
  const value = wanted && projector(options['projection'])(wanted);
  if (options['includeResultMetadata'] !== true) return value;
  const lastErrorObject = {
    n: after ? 1 : 0,
    updatedExisting: before !== null,
    ...(upsertedId !== null && { upserted: upsertedId }),
  };
  return { value, lastErrorObject, ok: 1 };
}

/** The values `distinct` sees at a path: arrays count as their elements. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [field, ...rest] = path;
  if (field === undefined) return Array.isArray(value) ? (value as unknown[]) : [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (!isPlainDocument(value) || !Object.hasOwn(value, field)) return [];
  return valuesAt(value[field], rest);
}
