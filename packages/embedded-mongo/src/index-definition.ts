import { Query } from 'mingo';
import { isPlainDocument, type MongoDocument, normaliseDocument } from './bson-document.ts';
import { serverError } from './duplicate-key-error.ts';
import { keyEnd, keysAtPath } from './index-key.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** One index as `listIndexes` shows it. */
export interface IndexDefinition {
  readonly v: 2;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly name: string;
  readonly unique?: true;
  readonly sparse?: true;
  readonly partialFilterExpression?: MongoDocument;
}

const refusedIndexOptions = [
  'expireAfterSeconds',
  'collation',
  'wildcardProjection',
  'hidden',
  'weights',
];

/** Reads `createIndex` arguments; kinds of index that would need their own query operators are refused. */
export function readIndexDefinition(spec: unknown, options: MongoDocument = {}): IndexDefinition {
  for (const name of refusedIndexOptions) {
    if (options[name] !== undefined && options[name] !== null) {
      refuseUnsupported(`createIndex with option ${name}`);
    }
  }
  const key: Record<string, 1 | -1> = {};
  for (const [path, direction] of indexFields(spec)) {
    if (direction !== 1 && direction !== -1)
      refuseUnsupported('createIndex of a kind other than 1 or -1');
    if (path.includes('$') || /(^|\.)\d+(\.|$)/.test(path)) {
      refuseUnsupported('createIndex on a wildcard or an array position');
    }
    key[path] = direction;
  }
  const partial = options['partialFilterExpression'];
  return {
    v: 2,
    key,
    name:
      typeof options['name'] === 'string' ? options['name'] : Object.entries(key).flat().join('_'),
    ...(options['unique'] === true && { unique: true as const }),
    ...(options['sparse'] === true && { sparse: true as const }),
    ...(partial !== undefined && {
      partialFilterExpression: normaliseDocument(partial, 'createIndex'),
    }),
  };
}

function indexFields(spec: unknown): [string, unknown][] {
  if (typeof spec === 'string') return [[spec, 1]];
  if (spec instanceof Map)
    return [...spec.entries()].map(([path, direction]) => [String(path), direction]);
  if (Array.isArray(spec)) {
    return spec.flatMap((entry: unknown): [string, unknown][] =>
      Array.isArray(entry) ? [[String(entry[0]), entry[1]]] : indexFields(entry),
    );
  }
  if (isPlainDocument(spec)) return Object.entries(spec);
  throw new TypeError('createIndex needs the fields to index');
}

/** The keys under which a document is entered in an index; none when a sparse or partial index leaves it out. */
export function indexKeysOf(definition: IndexDefinition, document: MongoDocument): string[] {
  const partial = definition.partialFilterExpression;
  if (partial && !new Query(partial, { scriptEnabled: false }).test(document)) return [];
  const paths = Object.keys(definition.key);
  if (definition.sparse && paths.every((path) => !isPresent(document, path))) return [];
  const parts = paths.map((path) => keysAtPath(document, path));
  if (parts.filter((keys) => keys.length > 1).length > 1) {
    throw serverError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays');
  }
  return parts.reduce<string[]>(
    (prefixes, keys) => prefixes.flatMap((prefix) => keys.map((key) => `${prefix}${key}${keyEnd}`)),
    [''],
  );
}

function isPresent(document: MongoDocument, path: string): boolean {
  return new Query({ [path]: { $exists: true } }, { scriptEnabled: false }).test(document);
}
