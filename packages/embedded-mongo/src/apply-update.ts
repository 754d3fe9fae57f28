import { updateOne } from 'mingo';
import mongoose from 'mongoose';
import { encodeDocument, isPlainDocument, type MongoDocument } from './bson-document.ts';
import { serverError } from './duplicate-key-error.ts';
import { encodeKey } from './index-key.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** Throws as the driver does when an update names no operator, or is a pipeline, which is not supported. */
export function assertUpdate(update: unknown, operation: string): asserts update is MongoDocument {
  if (Array.isArray(update)) refuseUnsupported(`${operation} with an aggregation pipeline`);
  const operators = isPlainDocument(update) ? Object.keys(update) : [];
  if (operators.length === 0 || operators.some((name) => !name.startsWith('$'))) {
    throw new mongoose.mongo.MongoInvalidArgumentError('Update document requires atomic operators');
  }
}

/** Throws as the driver does when a replacement holds an update operator. */
export function assertReplacement(replacement: MongoDocument): void {
  if (Object.keys(replacement).some((name) => name.startsWith('$'))) {
    throw new mongoose.mongo.MongoInvalidArgumentError(
      'Replacement document must not contain atomic operators',
    );
  }
}

/** Applies update operators to a document in place; `filter` gives the meaning of a positional `$`. */
export function applyUpdate(
  document: MongoDocument,
  update: MongoDocument,
  filter: MongoDocument,
  arrayFilters: readonly MongoDocument[] = [],
): void {
  const operators = Object.fromEntries(
    Object.entries(update).filter(
      ([name, fields]) =>
        name !== '$setOnInsert' && isPlainDocument(fields) && Object.keys(fields).length > 0,
    ),
  );
  if (Object.keys(operators).length === 0) return;
  if (isPlainSet(operators)) {
    Object.assign(document, operators['$set']);
    return;
  }
  const idBefore = encodeKey(document['_id']);
  assertTargets(document, operators);
  dedupeAddToSet(operators);
  const positional = JSON.stringify(
    Object.values(operators).flatMap((fields) => Object.keys(fields as object)),
  );
  // Without a positional `$` the filter was already applied by the caller and mingo need not repeat it.
  const condition = positional.includes('.$') ? filter : {};
  updateOne(
    [document],
    condition,
    operators,
    { arrayFilters: [...arrayFilters], cloneMode: 'deep' },
    { scriptEnabled: false },
  );
  if (encodeKey(document['_id']) !== idBefore) {
    throw serverError(
      66,
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
}

/** The document an upsert inserts: the filter's equalities, then the update, then `$setOnInsert`. */
export function documentForUpsert(filter: MongoDocument, update: MongoDocument): MongoDocument {
  const document = equalitiesOf(filter);
  const onInsert = update['$setOnInsert'];
  applyUpdateToNew(document, { ...update, $setOnInsert: {} });
  if (isPlainDocument(onInsert)) applyUpdateToNew(document, { $set: onInsert });
  return document;
}

/** The fields a filter fixes by equality, also below `$and`. */
export function equalitiesOf(filter: MongoDocument): MongoDocument {
  const found: MongoDocument = {};
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition)) {
      for (const part of condition)
        if (isPlainDocument(part)) Object.assign(found, equalitiesOf(part));
    } else if (!path.startsWith('$')) {
      const isExpression =
        isPlainDocument(condition) && Object.keys(condition).some((key) => key.startsWith('$'));
      if (isExpression && !('$eq' in condition)) continue;
      if (condition instanceof RegExp) continue;
      applyUpdateToNew(found, { $set: { [path]: isExpression ? condition['$eq'] : condition } });
    }
  }
  return found;
}

function applyUpdateToNew(document: MongoDocument, update: MongoDocument): void {
  const { _id, ...rest } = isPlainDocument(update['$set']) ? update['$set'] : {};
  if (_id !== undefined && document['_id'] === undefined) document['_id'] = _id;
  applyUpdate(document, { ...update, $set: rest }, {});
}

/** Says whether two versions of a document differ in any byte, as `modifiedCount` counts them. */
export function isModified(before: Uint8Array, after: MongoDocument): boolean {
  return Buffer.compare(before, encodeDocument(after)) !== 0;
}

/** Whole top-level fields and nothing else: assigning them is all that mingo would do, without its set-up. */
function isPlainSet(operators: MongoDocument): boolean {
  const fields = operators['$set'];
  if (Object.keys(operators).length !== 1 || !isPlainDocument(fields)) return false;
  return Object.keys(fields).every((path) => path !== '_id' && /^[A-Za-z]\w*$/.test(path));
}

const arrayOperators = ['$push', '$addToSet', '$pull', '$pullAll', '$pop'];
const numberOperators = ['$inc', '$mul', '$bit'];

/** mingo leaves a document alone where the server refuses the update; these are the server's refusals. */
function assertTargets(document: MongoDocument, operators: MongoDocument): void {
  for (const [operator, fields] of Object.entries(operators)) {
    for (const path of Object.keys(fields as object)) {
      if (path.includes('$')) continue;
      const { value, blocked } = targetOf(document, path, operator === '$unset');
      if (blocked) {
        throw serverError(28, 'PathNotViable', `Cannot create field in element of path '${path}'`);
      }
      if (value === undefined) continue;
      if (numberOperators.includes(operator) && typeof value !== 'number') {
        throw serverError(
          14,
          'TypeMismatch',
          `Cannot apply ${operator} to non-numeric field '${path}'`,
        );
      }
      if (arrayOperators.includes(operator) && !Array.isArray(value)) {
        throw serverError(2, 'BadValue', `The field '${path}' must be an array for ${operator}`);
      }
    }
  }
}

function targetOf(
  document: MongoDocument,
  path: string,
  mayMiss: boolean,
): { value: unknown; blocked: boolean } {
  let value: unknown = document;
  for (const field of path.split('.')) {
    if (value === undefined) return { value, blocked: false };
    if (Array.isArray(value)) {
      if (!/^\d+$/.test(field)) return { value: undefined, blocked: !mayMiss };
      value = value[Number(field)];
    } else if (isPlainDocument(value)) {
      value = Object.hasOwn(value, field) ? value[field] : undefined;
    } else {
      return { value: undefined, blocked: !mayMiss };
    }
  }
  return { value, blocked: false };
}

/** mingo adds a value twice when `$each` names it twice. */
function dedupeAddToSet(operators: MongoDocument): void {
  const fields = operators['$addToSet'];
  if (!isPlainDocument(fields)) return;
  for (const [path, value] of Object.entries(fields)) {
    if (!isPlainDocument(value) || !Array.isArray(value['$each'])) continue;
    const distinct = new Map(value['$each'].map((item: unknown) => [encodeKey(item), item]));
    fields[path] = { ...value, $each: [...distinct.values()] };
  }
}
