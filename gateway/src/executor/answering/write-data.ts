import {
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
import { compileIsPlain, type IsPlain } from './is-plain.ts';
import { compileLeaf } from './write-leaf.ts';
import {
  add,
  type Gap,
  type Hidden,
  hide,
  mustPropagate,
  note,
  TooLarge,
  type Write,
  type Writing,
  writeOnce,
} from './writing.ts';

/** Data as they are written for one client. */
export interface WrittenData {
  /** The JSON of `data`. */
  readonly text: string;
  readonly gaps: readonly Gap[];
  /** Whether there is nothing in the place of something that no client may know of. */
  readonly isHiding: boolean;
}

/** Of one answer's data, in characters of their JSON: what is written is in memory as a whole, and more than once. */
const defaultMaxCharacters = 64 * 1024 * 1024;

/**
 * Writes the data of one client's shape: `CompleteValue` of the specification, compiled once, and its JSON at the same
 * time. Data of more than `maxCharacters` characters of JSON are `null`, with one gap that says where the end was
 * reached; the writing stops there.
 */
export function createDataWriter(
  shape: ObjectShape,
  hidden: Hidden,
  maxCharacters = defaultMaxCharacters,
): (data: JsonObject, repeated: Repeated) => WrittenData {
  const write = compileObject(shape, hidden);
  return (data, repeated) => {
    const writing: Writing = {
      path: [],
      gaps: [],
      repeated,
      known: new Map(),
      isHiding: false,
      size: 0,
      maxCharacters,
    };
    try {
      const text = write(data, writing, 0);
      const { gaps, isHiding } = writing;
      return { text: typeof text === 'string' ? text : 'null', gaps, isHiding };
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      const gap: Gap = { path: error.path, coordinate: '', why: 'large' };
      return { text: 'null', gaps: [gap], isHiding: writing.isHiding };
    }
  };
}

interface FieldWriter {
  readonly responseName: string;
  readonly key: string;
  readonly isInherited: boolean;
  /** What stands before the value. */
  readonly start: string;
  readonly write: Write;
}

function compileObject(shape: ObjectShape, hidden: Hidden): Write {
  if (shape.isPartial) return noteMissingType;
  const fields = shape.fields.map(
    (field, index): FieldWriter => ({
      responseName: field.responseName,
      key: field.key,
      isInherited: isInherited(field.key),
      start: `${index === 0 ? '{' : ','}${JSON.stringify(field.responseName)}:`,
      write:
        field.key === '__typename'
          ? compileTypeName(shape.typeName, field.coordinate)
          : compileType(field.type, field.below, field.coordinate, hidden),
    }),
  );
  const count = fields.length;
  if (count === 0) return (_value, writing, depth) => add('{}', writing, depth);
  return (value, writing, depth) => {
    // Only objects are given here.
    const object = value as JsonObject;
    const before = writing.size;
    const most = writing.maxCharacters - before - 1;
    let text = '';
    for (let index = 0; index < count; index += 1) {
      const field = fields[index] as FieldWriter;
      const { key } = field;
      const given = field.isInherited && !Object.hasOwn(object, key) ? undefined : object[key];
      writing.path[depth] = field.responseName;
      const written = field.write(given, writing, depth + 1);
      if (typeof written !== 'string') {
        writing.size = before;
        return mustPropagate;
      }
      text += field.start + written;
      if (text.length > most) throw new TooLarge(writing, depth + 1);
    }
    writing.size = before + text.length + 1;
    return `${text}}`;
  };
}

/** Of an object whose type could not be had nobody knows what it is asked. */
const noteMissingType: Write = (_value, writing, depth) => {
  note(writing, depth, '', 'missing');
  return 'null';
};

/** The type as the graph knows it; an object of which only an interface is known cannot say it. */
function compileTypeName(typeName: string | null, coordinate: string): Write {
  if (typeName !== null) {
    const written = JSON.stringify(typeName);
    return () => written;
  }
  return (_value, writing, depth) => {
    note(writing, depth, coordinate, 'missing');
    return mustPropagate;
  };
}

function compileType(
  type: GraphQLOutputType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Write {
  if (isNonNullType(type)) {
    const write = compileNullable(type.ofType, below, coordinate, hidden);
    return (value, writing, depth) => {
      const told = writing.gaps.length;
      const written = write(value, writing, depth);
      if (written !== 'null') return written;
      if (writing.gaps.length === told) note(writing, depth, coordinate, 'null');
      return mustPropagate;
    };
  }
  return compileNullable(type, below, coordinate, hidden);
}

type NullableType = ReturnType<typeof getNullableType<GraphQLOutputType>>;

/** Writes `null` for what is not there and not right; what is right below is for the type's own compilation. */
function compileNullable(
  type: NullableType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Write {
  const write = compilePresent(type, below, coordinate, hidden);
  return (value, writing, depth) => {
    if (value === null) return 'null';
    if (value === undefined) {
      note(writing, depth, coordinate, 'missing');
      return 'null';
    }
    const written = write(value, writing, depth);
    if (written === undefined) {
      note(writing, depth, coordinate, 'invalid');
      return 'null';
    }
    return written === mustPropagate ? 'null' : written;
  };
}

function compilePresent(
  type: NullableType,
  below: ShapesBelow | null,
  coordinate: string,
  hidden: Hidden,
): Write {
  if (isListType(type)) {
    const write = compileType(type.ofType, below, coordinate, hidden);
    return compileList(write, compileIsPlain(type.ofType, below));
  }
  if (below) return compileComposite(below, hidden);
  if (!isScalarType(type) && !isEnumType(type)) throw new Error('a type without its selections');
  return compileLeaf(type, hidden);
}

function compileList(write: Write, isPlain: IsPlain | null): Write {
  const writeEntries = compileEntries(write);
  return (value, writing, depth) => {
    if (!Array.isArray(value)) return undefined;
    if (isPlain && value.every(isPlain)) return add(JSON.stringify(value), writing, depth);
    return writing.repeated.lists
      ? writeOnce(writeEntries, value, writing, depth)
      : writeEntries(value, writing, depth);
  };
}

function compileEntries(write: Write): Write {
  return (value, writing, depth) => {
    // Only lists are given here.
    const list = value as readonly unknown[];
    const { length } = list;
    if (length === 0) return '[]';
    const before = writing.size;
    const most = writing.maxCharacters - before - 1;
    let text = '';
    for (let index = 0; index < length; index += 1) {
      writing.path[depth] = index;
      const written = write(list[index], writing, depth + 1);
      if (typeof written !== 'string') {
        writing.size = before;
        return mustPropagate;
      }
      text += index === 0 ? `[${written}` : `,${written}`;
      if (text.length > most) throw new TooLarge(writing, depth + 1);
    }
    writing.size = before + text.length + 1;
    return `${text}]`;
  };
}

function compileComposite(below: ShapesBelow, hidden: Hidden): Write {
  const byType = new Map<string, Write>();
  return (value, writing, depth) => {
    if (!isJsonObject(value)) return undefined;
    const typeName = value['__typename'] ?? below.typeName;
    if (typeof typeName !== 'string') return undefined;
    let write = byType.get(typeName);
    if (!write) {
      const shape = below.of(typeName);
      if (!shape) return hidden.hasType(typeName) ? hide(writing) : undefined;
      write = compileObject(shape, hidden);
      byType.set(typeName, write);
    }
    return writing.repeated.objects.has(value)
      ? writeOnce(write, value, writing, depth)
      : write(value, writing, depth);
  };
}
