import {
  type GraphQLLeafType,
  type GraphQLOutputType,
  type getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { isInherited, isJsonObject, type JsonObject } from '../json-object.ts';
import type { Repeated } from '../running/shared-references.ts';
import type { ObjectShape, ShapesBelow } from './client-shape.ts';

type Path = readonly (string | number)[];

/** A place where the answer has `null` although nobody said that there is nothing. */
export interface Gap {
  /** In the client's names. */
  readonly path: Path;
  readonly coordinate: string;
  /** `missing` = nobody gave it; `invalid` = not of the schema's type; `null` = none where one must be. */
  readonly why: 'missing' | 'invalid' | 'null';
}

/** What an answer is completed with. */
interface Completion {
  /** Where in the answer the work is; only its first `depth` parts count. */
  readonly path: (string | number)[];
  readonly gaps: Gap[];
  readonly repeated: Repeated;
  /** What lists and objects that are in several places came to, by who completed them. */
  readonly known: Map<Complete, Map<unknown, unknown>>;
}

/** Gives the value as the answer has it: the very same where nothing has to change, {@link mustPropagate} in place of a forbidden `null`. */
type Complete = (value: unknown, completion: Completion, depth: number) => unknown;

const mustPropagate = Symbol('a null that its parent may not have');

/** Gaps that are told one by one; an answer has room for more nulls than anybody reads errors. */
const mostGaps = 1_000;

/** What the graph has and no client may know of: in an answer there is nothing in its place, and not a word of it. */
export interface Hidden {
  hasType(name: string): boolean;
  hasEnumValue(type: string, name: string): boolean;
}

/** Completes the data of one client's shape: `CompleteValue` of the specification, compiled once. */
export function createCompleter(
  shape: ObjectShape,
  hidden: Hidden,
): (
  data: JsonObject,
  repeated: Repeated,
) => { readonly data: unknown; readonly gaps: readonly Gap[] } {
  const complete = compileObject(shape, hidden);
  return (data, repeated) => {
    const completion: Completion = { path: [], gaps: [], repeated, known: new Map() };
    const completed = complete(data, completion, 0);
    return { data: completed === mustPropagate ? null : completed, gaps: completion.gaps };
  };
}

interface CompiledField {
  readonly responseName: string;
  readonly key: string;
  readonly isInherited: boolean;
  readonly complete: Complete;
}

function compileObject(shape: ObjectShape, hidden: Hidden): Complete {
  if (shape.isPartial) return noteMissingType;
  const fields = shape.fields.map(
    (field): CompiledField => ({
      responseName: field.responseName,
      key: field.key,
      isInherited: isInherited(field.key),
      complete:
        field.key === '__typename'
          ? compileTypeName(shape.typeName, field.coordinate)
          : compileType(field.type, field.below, field.coordinate, hidden),
    }),
  );
  const count = fields.length;
  // Then an object of a subgraph can be the answer's own, if it has these keys in this order and no others.
  const isSame = fields.every(({ responseName, key }) => responseName === key && !isInherited(key));
  return (value, completion, depth) => {
    const object = value as JsonObject;
    let changed = isSame && hasExactly(object, fields) ? undefined : {};
    for (let index = 0; index < count; index += 1) {
      const field = fields[index] as CompiledField;
      const { key } = field;
      const given = field.isInherited && !Object.hasOwn(object, key) ? undefined : object[key];
      completion.path[depth] = field.responseName;
      const completed = field.complete(given, completion, depth + 1);
      if (completed === mustPropagate) return mustPropagate;
      if (changed) setOwn(changed, field.responseName, completed);
      else if (completed !== given) {
        changed = {};
        for (let before = 0; before < index; before += 1) {
          const name = (fields[before] as CompiledField).responseName;
          setOwn(changed, name, object[name]);
        }
        setOwn(changed, field.responseName, completed);
      }
    }
    return changed ?? object;
  };
}

/** Of an object whose type could not be had nobody knows what it is asked. */
const noteMissingType: Complete = (_value, completion, depth) => {
  note(completion, depth, '', 'missing');
  return null;
};

function hasExactly(object: JsonObject, fields: readonly CompiledField[]): boolean {
  let index = 0;
  for (const key in object) {
    if (fields[index]?.key !== key) return false;
    index += 1;
  }
  return index === fields.length;
}

/** A client may call a field `__proto__`, which is no name to assign to. */
function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
}

/** The type as the graph knows it; an object of which only an interface is known cannot say it. */
function compileTypeName(typeName: string | null, coordinate: string): Complete {
  if (typeName !== null) return () => typeName;
  return (_value, completion, depth) => {
    note(completion, depth, coordinate, 'missing');
    return mustPropagate;
  };
}

function compileType(
  type: GraphQLOutputType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Complete {
  if (isNonNullType(type)) {
    const complete = compileNullable(type.ofType, below, coordinate, hidden);
    return (value, completion, depth) => {
      const told = completion.gaps.length;
      const completed = complete(value, completion, depth);
      if (completed !== null) return completed;
      if (completion.gaps.length === told) note(completion, depth, coordinate, 'null');
      return mustPropagate;
    };
  }
  return compileNullable(type, below, coordinate, hidden);
}

type NullableType = ReturnType<typeof getNullableType<GraphQLOutputType>>;

/** Gives `null` for what is not there and not right; what is right below is for the type's own compilation. */
function compileNullable(
  type: NullableType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Complete {
  const complete = compilePresent(type, below, coordinate, hidden);
  return (value, completion, depth) => {
    if (value === null) return null;
    if (value === undefined) {
      note(completion, depth, coordinate, 'missing');
      return null;
    }
    const completed = complete(value, completion, depth);
    if (completed === undefined) {
      note(completion, depth, coordinate, 'invalid');
      return null;
    }
    return completed === mustPropagate ? null : completed;
  };
}

/** Gives `undefined` for a value that is not of the type. */
function compilePresent(
  type: NullableType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Complete {
  if (isListType(type)) return compileList(compileType(type.ofType, below, coordinate, hidden));
  if (below) return compileComposite(below, hidden);
  if (!isScalarType(type) && !isEnumType(type)) throw new Error('a type without its selections');
  return compileLeaf(type, hidden);
}

function compileList(complete: Complete): Complete {
  const completeList = compileEntries(complete);
  return (value, completion, depth) => {
    if (!Array.isArray(value)) return undefined;
    return completion.repeated.lists
      ? completeOnce(completeList, value, completion, depth)
      : completeList(value, completion, depth);
  };
}

function completeOnce(
  complete: Complete,
  value: unknown,
  completion: Completion,
  depth: number,
): unknown {
  const { known, gaps } = completion;
  let ofThis = known.get(complete);
  const before = ofThis?.get(value);
  if (before !== undefined) return before;
  const told = gaps.length;
  const completed = complete(value, completion, depth);
  // What is told of a value is told of each of its places.
  if (gaps.length === told && completed !== mustPropagate) {
    if (!ofThis) {
      ofThis = new Map();
      known.set(complete, ofThis);
    }
    ofThis.set(value, completed);
  }
  return completed;
}

function compileEntries(complete: Complete): Complete {
  return (given, completion, depth) => {
    // Only lists are given here.
    const value = given as readonly unknown[];
    let changed: unknown[] | undefined;
    const { length } = value;
    for (let index = 0; index < length; index += 1) {
      completion.path[depth] = index;
      const entry: unknown = value[index];
      const completed = complete(entry, completion, depth + 1);
      if (completed === mustPropagate) return mustPropagate;
      if (completed !== entry) changed ??= value.slice(0, index);
      changed?.push(completed);
    }
    return changed ?? value;
  };
}

function compileComposite(below: ShapesBelow, hidden: Hidden): Complete {
  const byType = new Map<string, Complete>();
  return (value, completion, depth) => {
    if (!isJsonObject(value)) return undefined;
    const typeName = value['__typename'] ?? below.typeName;
    if (typeof typeName !== 'string') return undefined;
    let complete = byType.get(typeName);
    if (!complete) {
      const shape = below.of(typeName);
      if (!shape) return hidden.hasType(typeName) ? null : undefined;
      complete = compileObject(shape, hidden);
      byType.set(typeName, complete);
    }
    return completion.repeated.objects.has(value)
      ? completeOnce(complete, value, completion, depth)
      : complete(value, completion, depth);
  };
}

/** The specification's result coercion, of values that came as JSON. */
function compileLeaf(type: GraphQLLeafType, hidden: Hidden): Complete {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => {
      if (typeof value !== 'string') return undefined;
      if (names.has(value)) return value;
      return hidden.hasEnumValue(type.name, value) ? null : undefined;
    };
  }
  switch (type.name) {
    case 'String':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'ID':
      return (value) => {
        if (typeof value === 'string') return value;
        return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
      };
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'Int':
      // 32 bits, as the specification says.
      return (value) => (typeof value === 'number' && (value | 0) === value ? value : undefined);
    case 'Float':
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
    default:
      return (value) => value;
  }
}

function note(
  { path, gaps }: Completion,
  depth: number,
  coordinate: string,
  why: Gap['why'],
): void {
  if (gaps.length < mostGaps) gaps.push({ path: path.slice(0, depth), coordinate, why });
}
