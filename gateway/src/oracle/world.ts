import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { leafValue, numberFrom } from './leaf-value.ts';
import { readFacts, readKeySelections } from './read-facts.ts';

/** An object of the world. Equal identities have equal fields, whoever is asked. */
export interface Instance {
  readonly type: string;
  readonly identity: string;
  /** Which of its type it is; of a value type, only where it is part of a key. */
  readonly index: number | undefined;
}

/** One place that a value was read from. */
export interface Site {
  readonly identity: string;
  readonly field: string;
}

/** All values there are: functions of the object, the field and its arguments. */
export interface World {
  readonly schema: GraphQLSchema;
  readonly entities: ReadonlyMap<string, readonly Instance[]>;
  /** `required`: what the field is computed from; read from the world itself where not given. */
  valueOf(
    instance: Instance,
    field: string,
    args: Readonly<Record<string, unknown>>,
    required?: unknown,
  ): unknown;
  /** What a selection without aliases gives for an object; `onRead` hears of each value read. */
  project(instance: Instance, selection: SelectionSetNode, onRead?: (site: Site) => void): unknown;
  /** What a field is computed from; `undefined` for nearly all. */
  requirementOf(type: string, field: string): SelectionSetNode | undefined;
  /** Values that others find the object by. */
  keySelectionsOf(type: string): readonly SelectionSetNode[];
}

const entityCount = 4;

/** `whole`: the uncut schema with everything in it, hidden fields too. */
export function createWorld(
  whole: GraphQLSchema,
  subgraphs: Readonly<Record<string, string>>,
  seed: number,
): World {
  const keySelections = new Map<string, SelectionSetNode[]>();
  const partial = new Set<string>();
  const halved = new Set<string>();
  const requirements = new Map<string, SelectionSetNode>();
  for (const sdl of Object.values(subgraphs)) {
    for (const { type, selection } of readKeySelections(sdl)) {
      for (const member of membersOf(whole, type)) {
        keySelections.set(member, [...(keySelections.get(member) ?? []), selection]);
        noteKeyFields(member, selection);
      }
    }
    for (const [coordinate, selection] of readFacts(sdl).requires) {
      const [type = '', field = ''] = coordinate.split('.');
      for (const member of membersOf(whole, type))
        requirements.set(`${member}.${field}`, selection);
    }
  }

  function noteKeyFields(type: string, selection: SelectionSetNode): void {
    const fields = selection.selections.filter((node) => node.kind === Kind.FIELD);
    fields.forEach((node, position) => {
      const coordinate = `${type}.${node.name.value}`;
      partial.add(coordinate);
      // Of a key of several fields, no one tells all objects apart.
      if (fields.length > 1 && position === 0) halved.add(coordinate);
      const inner = fieldOf(type, node.name.value)?.type;
      if (node.selectionSet && inner) noteKeyFields(getNamedType(inner).name, node.selectionSet);
    });
  }

  function fieldOf(type: string, field: string) {
    const object = whole.getType(type);
    return isObjectType(object) || isInterfaceType(object) ? object.getFields()[field] : undefined;
  }

  const entities = new Map<string, readonly Instance[]>();
  for (const type of keySelections.keys()) {
    entities.set(
      type,
      Array.from({ length: entityCount }, (_, index) => ({
        type,
        index,
        identity: `${type}-${index}`,
      })),
    );
  }

  function made(type: GraphQLOutputType, place: string, keyIndex: number | undefined): unknown {
    if (isNonNullType(type)) return madeNonNull(type.ofType, place, keyIndex);
    if (keyIndex === undefined && numberFrom(seed, `null ${place}`) % 7 === 0) return null;
    return madeNonNull(type, place, keyIndex);
  }

  function madeNonNull(
    type: GraphQLOutputType,
    place: string,
    keyIndex: number | undefined,
  ): unknown {
    if (isListType(type)) {
      const length = numberFrom(seed, `length ${place}`) % 4;
      return Array.from({ length: Math.min(length, 2) }, (_, at) =>
        made(type.ofType, `${place}.${at}`, undefined),
      );
    }
    const named = getNamedType(type);
    if (isEnumType(named)) {
      const values = named.getValues();
      return values[numberFrom(seed, place) % values.length]?.value;
    }
    const types = isAbstractType(named)
      ? whole.getPossibleTypes(named)
      : isObjectType(named)
        ? [named]
        : [];
    if (types.length === 0) return leafValue(named.name, place, seed, keyIndex);
    const chosen = types[numberFrom(seed, `type ${place}`) % types.length]?.name ?? '';
    const known = entities.get(chosen);
    if (known) return known[keyIndex ?? numberFrom(seed, `which ${place}`) % entityCount];
    return { type: chosen, identity: place, index: keyIndex } satisfies Instance;
  }

  function readValue(
    instance: Instance,
    field: string,
    args: Readonly<Record<string, unknown>>,
    required?: unknown,
  ): unknown {
    const coordinate = `${instance.type}.${field}`;
    const type = fieldOf(instance.type, field)?.type;
    if (!type) throw new Error(`${coordinate} is not in the schema`);
    const requirement = requirements.get(coordinate);
    const from = requirement && required === undefined ? project(instance, requirement) : required;
    const asked = Object.keys(args).length > 0 ? `(${canonical(args)})` : '';
    const place = `${instance.identity}.${field}${asked}${requirement ? `<${canonical(from)}>` : ''}`;
    if (!partial.has(coordinate) || instance.index === undefined)
      return made(type, place, undefined);
    if (field === 'id' && entities.has(instance.type)) return instance.identity;
    const index = halved.has(coordinate) ? instance.index % 2 : instance.index;
    return made(type, field, index);
  }

  function project(
    instance: Instance,
    selection: SelectionSetNode,
    onRead?: (site: Site) => void,
  ): unknown {
    const found: Record<string, unknown> = {};
    const read = (set: SelectionSetNode): void => {
      for (const node of set.selections) {
        if (node.kind === Kind.INLINE_FRAGMENT) {
          const on = node.typeCondition?.name.value ?? instance.type;
          if (membersOf(whole, on).includes(instance.type)) read(node.selectionSet);
        } else if (node.kind === Kind.FIELD) {
          const name = node.name.value;
          found[name] =
            name === '__typename' ? instance.type : projectField(instance, node, onRead);
        }
      }
    };
    read(selection);
    return found;
  }

  function projectField(
    instance: Instance,
    node: FieldNode,
    onRead?: (site: Site) => void,
  ): unknown {
    const field = fieldOf(instance.type, node.name.value);
    if (!field) throw new Error(`${instance.type}.${node.name.value} is not in the schema`);
    onRead?.({ identity: instance.identity, field: field.name });
    const requirement = requirements.get(`${instance.type}.${field.name}`);
    if (requirement && onRead) project(instance, requirement, onRead);
    const inner = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(inner);
      // Of a field with a selection, every value that is not null is an object of the world.
      return value === null || !node.selectionSet
        ? value
        : project(value as Instance, node.selectionSet, onRead);
    };
    return inner(readValue(instance, field.name, getArgumentValues(field, node, {})));
  }

  return {
    schema: whole,
    entities,
    valueOf: readValue,
    project,
    requirementOf: (type, field) => requirements.get(`${type}.${field}`),
    keySelectionsOf: (type) => keySelections.get(type) ?? [],
  };
}

/** The object types that an object of the type can be of. */
export function membersOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((each) => each.name) : [name];
}

/** Equal for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
