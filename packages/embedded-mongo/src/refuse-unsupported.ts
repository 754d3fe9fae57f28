/** Thrown instead of answering wrongly; `operation` names what was asked, never a value. */
export class UnsupportedMongoOperationError extends Error {
  readonly operation: string;

  constructor(operation: string) {
    super(`embedded-mongo does not support ${operation}; set MONGODB_URI to use a MongoDB server`);
    this.name = 'UnsupportedMongoOperationError';
    this.operation = operation;
  }
}

/** Throws for an operation that this driver does not implement. */
export function refuseUnsupported(operation: string): never {
  throw new UnsupportedMongoOperationError(operation);
}

/** Options that would change an answer and are not implemented; any other option is a hint that may be ignored. */
const refusedOptions = [
  'awaitData',
  'bsonRegExp',
  'collation',
  'explain',
  'fieldsAsRaw',
  'let',
  'max',
  'min',
  'raw',
  'returnKey',
  'serializeFunctions',
  'session',
  'showRecordId',
  'tailable',
  'useBigInt64',
] as const;

/** Throws when an option asks for something this driver would otherwise silently leave out. */
export function refuseOptions(operation: string, options: Readonly<Record<string, unknown>> = {}) {
  for (const name of refusedOptions) {
    const value = options[name];
    if (value !== undefined && value !== null && value !== false) {
      refuseUnsupported(`${operation} with option ${name}`);
    }
  }
  for (const name of ['promoteValues', 'promoteLongs'] as const) {
    if (options[name] === false) refuseUnsupported(`${operation} with option ${name}: false`);
  }
}

/** Gives `target` every method of the driver's class that it lacks, each of them throwing its own name. */
export function refuseOtherMethods(
  target: object,
  driverClass: { prototype: object; name: string },
): void {
  for (const name of Object.getOwnPropertyNames(driverClass.prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(driverClass.prototype, name);
    if (typeof descriptor?.value !== 'function' || name in target) continue;
    Object.defineProperty(target, name, {
      value: () => refuseUnsupported(`${driverClass.name}.${name}()`),
    });
  }
}
