import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { isWritableJson } from '../is-writable-json.ts';
import { isInherited, isJsonObject, type JsonObject, ownValue } from '../json-object.ts';
import type { SubgraphKeys } from '../planning/subgraph-keys.ts';
import { createFits } from './fits-type.ts';
import { hasNull, isIncluded } from './key-selection.ts';
import { fieldsFor } from './reference-fields.ts';

/** What came of writing the reference of an entity. */
export type Written =
  /** The JSON of the reference. */
  | string
  /** A key is `null`: there is no such entity. */
  | null
  /** Something that the reference needs could not be had. */
  | undefined;

/** Writes the reference by which a subgraph finds entities of one type. */
export interface Representation {
  readonly write: (entity: JsonObject) => Written;
  /** The one leaf that says which entity it is, where there is one: equal values are equal references. */
  readonly onlyKey: string | null;
  /** Whether a key is `null` that the schema says never is: then it could not be had. */
  readonly lacksKey: (entity: JsonObject) => boolean;
}

/** What writing references needs to know of the graph. */
export interface RepresentationParts {
  readonly subgraph: string;
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly inputRewrites: readonly FetchDataRewrite[];
  readonly keys: SubgraphKeys;
  /** With everything in it, also what clients do not see. */
  readonly schema: GraphQLSchema;
  /** Whether an object of a type is one of another, both by name. */
  readonly isSubtype: (typeName: string, of: string) => boolean;
  /** The name a required field has in its subgraph. */
  readonly realName: (key: string) => string;
}

interface Writer {
  readonly fields: readonly FieldWriter[];
  readonly fragments: readonly FragmentWriter[];
}

interface FragmentWriter {
  applies(typeName: unknown): boolean;
  readonly writer: Writer;
}

interface FieldWriter {
  readonly key: string;
  readonly isInherited: boolean;
  readonly start: string;
  readonly below: Writer | null;
  readonly fits: (value: unknown) => boolean;
}

/** Compiled once for each type that an object at the fetch's place turns out to have. */
export class Representations {
  readonly #parts: RepresentationParts;
  readonly #byType = new Map<string, Representation | null>();

  constructor(parts: RepresentationParts) {
    this.#parts = parts;
  }

  /** Nothing for an object that does not say its type, or of a type that the plan asks nothing of, or has no whole key of. */
  of(entity: JsonObject): Representation | null | undefined {
    const { __typename: typeName } = entity;
    if (typeof typeName !== 'string') return undefined;
    const known = this.#byType.get(typeName);
    if (known !== undefined) return known;
    const representation = compileForType(this.#parts, typeName);
    // A name of the graph's, of which there are so many; anything else a subgraph may make up without end.
    if (this.#parts.schema.getType(typeName)) this.#byType.set(typeName, representation);
    return representation;
  }
}

function compileForType(parts: RepresentationParts, typeName: string): Representation | null {
  const selections = fieldsFor(typeName, parts.requires, parts.isSubtype);
  if (selections.length === 0) return null;
  const sentType = sentTypeName(parts, typeName);
  const keys = parts.keys.of(parts.subgraph, sentType).filter((key) => isIncluded(key, selections));
  if (keys.length === 0) return null;
  const writer = compileWriter(selections, typeName, parts, '__typename');
  const start = `{"__typename":${JSON.stringify(sentType)}`;
  const [only, ...others] = writer.fields;
  const isOnlyOne = others.length === 0 && writer.fragments.length === 0;
  const onlyKey = only && isOnlyOne && !only.below && !isInherited(only.key) ? only.key : null;
  const write = (entity: JsonObject): Written => {
    const rest = writeFields(writer, entity);
    if (rest === undefined) return undefined;
    // Most have no `null` at all, and need no look at their keys.
    if (rest.includes('null') && keys.length > 0 && keys.every((key) => hasNull(key, entity))) {
      return null;
    }
    return rest === '' ? `${start}}` : `${start},${rest}}`;
  };
  return { write, onlyKey, lacksKey: createLacksKey(parts, typeName) };
}

/** An interface object has the interface's name in its subgraph. */
function sentTypeName({ inputRewrites, isSubtype }: RepresentationParts, typeName: string): string {
  for (const rewrite of inputRewrites) {
    const [on, field] = rewrite.path;
    if (rewrite.kind !== 'ValueSetter' || rewrite.path.length !== 2 || field !== '__typename') {
      throw new Error('a rewrite of references that this executor does not know');
    }
    if (on !== undefined && isSubtype(typeName, on.replace(/^\.\.\. on /u, ''))) {
      return String(rewrite.setValueTo);
    }
  }
  return typeName;
}

function compileWriter(
  selections: readonly QueryPlanSelectionNode[],
  typeName: string,
  parts: RepresentationParts,
  leftOut?: string,
): Writer {
  const fields = new Map<string, FieldWriter>();
  const keyNames = leftOut === undefined ? null : keyNamesOf(parts, typeName);
  const fragments: FragmentWriter[] = [];
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const on = selection.typeCondition;
      fragments.push({
        applies: (named) =>
          on === undefined || (typeof named === 'string' && parts.isSubtype(named, on)),
        writer: compileWriter(selection.selections, on ?? typeName, parts, leftOut),
      });
      continue;
    }
    if (selection.name === leftOut) continue;
    const key = selection.alias ?? selection.name;
    const type = fieldType(parts, typeName, key);
    fields.set(key, {
      key,
      isInherited: isInherited(key),
      start: `${JSON.stringify(parts.realName(key))}:`,
      below: selection.selections
        ? compileWriter(selection.selections, type ? getNamedType(type).name : '', parts)
        : null,
      fits: type ? createFits(keyNames?.has(key) ? getNullableType(type) : type) : () => true,
    });
  }
  return { fields: [...fields.values()], fragments };
}

function createLacksKey(
  parts: RepresentationParts,
  typeName: string,
): (entity: JsonObject) => boolean {
  const names = [...keyNamesOf(parts, typeName)].filter((name) => {
    const type = fieldType(parts, typeName, name);
    return type !== undefined && isNonNullType(type);
  });
  return (entity) => names.some((name) => ownValue(entity, name) === null);
}

/** A key that is `null` is no wrong value: there is no such entity. */
function keyNamesOf(
  { keys, subgraph, inputRewrites }: RepresentationParts,
  typeName: string,
): ReadonlySet<string> {
  const sent = inputRewrites.flatMap((rewrite) =>
    rewrite.kind === 'ValueSetter' ? [String(rewrite.setValueTo)] : [],
  );
  return new Set(
    [typeName, ...sent].flatMap((name) =>
      keys
        .of(subgraph, name)
        .flatMap(({ selections }) =>
          selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : [])),
        ),
    ),
  );
}

function fieldType(
  { schema, realName }: RepresentationParts,
  typeName: string,
  key: string,
): GraphQLOutputType | undefined {
  const type = schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return fields[realName(key)]?.type;
}

function writeFields(writer: Writer, object: JsonObject): string | undefined {
  let text = '';
  for (const { key, isInherited: isShared, start, below, fits } of writer.fields) {
    const value = isShared ? ownValue(object, key) : object[key];
    if (value === undefined || !fits(value)) return undefined;
    const written = below ? writeBelow(below, value) : writeLeaf(value);
    if (written === undefined) return undefined;
    text += text === '' ? start + written : `,${start}${written}`;
  }
  for (const fragment of writer.fragments) {
    if (!fragment.applies(ownValue(object, '__typename'))) continue;
    const written = writeFields(fragment.writer, object);
    if (written === undefined) return undefined;
    if (written !== '') text += text === '' ? written : `,${written}`;
  }
  return text;
}

function writeBelow(writer: Writer, value: unknown): string | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    let text = '';
    for (const entry of value) {
      const written = writeBelow(writer, entry);
      if (written === undefined) return undefined;
      text += text === '' ? written : `,${written}`;
    }
    return `[${text}]`;
  }
  if (!isJsonObject(value)) return undefined;
  const fields = writeFields(writer, value);
  return fields === undefined ? undefined : `{${fields}}`;
}

function writeLeaf(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  // Also where the type is not known, by which it was looked at.
  if (!isWritableJson(value)) return undefined;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
