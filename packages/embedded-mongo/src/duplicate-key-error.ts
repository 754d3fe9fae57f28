import mongoose from 'mongoose';

/**
 * The server's error 11000. The duplicated values are left out of the message and of the enumerable fields
 * (the server prints them), because messages end in logs; `keyValue` can still be read on purpose.
 */
export function duplicateKeyError(
  namespace: string,
  indexName: string,
  keyPattern: Readonly<Record<string, unknown>>,
  keyValue: Readonly<Record<string, unknown>>,
): InstanceType<typeof mongoose.mongo.MongoServerError> {
  const fields = Object.keys(keyPattern).join(', ');
  const message = `E11000 duplicate key error collection: ${namespace} index: ${indexName} dup key: { ${fields} }`;
  const error = new mongoose.mongo.MongoServerError({
    message,
    errmsg: message,
    code: 11_000,
    index: 0,
    keyPattern,
  });
  Object.defineProperty(error, 'keyValue', { value: keyValue, enumerable: false });
  return error;
}

/** An error of the server's own kind, with the code the server would answer. */
export function serverError(code: number, codeName: string, message: string) {
  return new mongoose.mongo.MongoServerError({ message, errmsg: message, code, codeName });
}
