import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a client's selection asks of objects of one type, under one set of conditions. */
export interface ObjectShape {
  /** `null` where only an interface is known, whose objects do not say what they are. */
  readonly typeName: string | null;
  /** Whether more is asked of objects of some types, which one that does not say its type may be of. */
  readonly isPartial: boolean;
  readonly fields: readonly FieldShape[];
  /** The fields by their names in the client's answer. */
  readonly byName: ReadonlyMap<string, FieldShape>;
}

export interface FieldShape {
  /** The name in the client's answer. */
  readonly responseName: string;
  /** The name in the plan's data. */
  readonly key: string;
  /** `Type.field`. */
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  /** What is asked of the object in it; `null` for a leaf. */
  readonly below: ShapesBelow | null;
}

/** What is asked of an object, by its type. */
export interface ShapesBelow {
  /** The type of the field: of an object that does not say what it is. */
  readonly typeName: string;
  /** `undefined` for a type that cannot be here. */
  of(typeName: string): ObjectShape | undefined;
  /** Names of all the types of objects that can be here. */
  readonly typeNames: readonly string[];
}

/** What a shape is read with. */
export interface ShapeParts {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly keyOf: (field: FieldNode) => string;
  /** The variables, where `@skip` and `@include` ask them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads what the client asks of the root: `CollectFields` of the specification, done once and not for each object. */
export function readClientShape(parts: ShapeParts): ObjectShape {
  const root = parts.schema.getRootType(parts.operation.operation);
  if (!root) throw new Error('an operation of a kind that the graph does not have');
  return readObject(root, [parts.operation.selectionSet], parts);
}

function readObject(
  type: GraphQLNamedType,
  selectionSets: readonly SelectionSetNode[],
  parts: ShapeParts,
): ObjectShape {
  const collected: Collected = { fields: new Map(), isPartial: false, seen: new Set() };
  for (const selectionSet of selectionSets) collect(selectionSet, type, parts, collected);
  const definitions = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const fields: FieldShape[] = [];
  for (const [responseName, nodes] of collected.fields) {
    const [node] = nodes;
    if (!node) continue;
    const name = node.name.value;
    // Asked of the schema, not of the data.
    if (name === '__schema' || name === '__type') continue;
    const definition: GraphQLField<unknown, unknown> | undefined = definitions[name];
    if (name !== '__typename' && !definition) continue;
    fields.push({
      responseName,
      key: name === '__typename' ? '__typename' : parts.keyOf(node),
      coordinate: `${type.name}.${name}`,
      ...typeAndBelow(definition, nodes, parts),
    });
  }
  const { isPartial } = collected;
  const byName = new Map(fields.map((field) => [field.responseName, field]));
  return { typeName: isObjectType(type) ? type.name : null, isPartial, fields, byName };
}

function typeAndBelow(
  definition: GraphQLField<unknown, unknown> | undefined,
  nodes: readonly FieldNode[],
  parts: ShapeParts,
): Pick<FieldShape, 'type' | 'below'> {
  if (!definition) {
    const type = parts.schema.getType('String');
    if (!type || isCompositeType(type) || !('serialize' in type)) throw new Error('no String');
    return { type, below: null };
  }
  const named = getNamedType(definition.type);
  if (!isCompositeType(named)) return { type: definition.type, below: null };
  const selectionSets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  const known = new Map<string, ObjectShape | undefined>();
  const of = (typeName: string): ObjectShape | undefined => {
    if (known.has(typeName)) return known.get(typeName);
    const type = parts.schema.getType(typeName);
    // What a subgraph calls a type is remembered only where the graph has it: others could be without end.
    if (!isCompositeType(type)) return undefined;
    const isPossible =
      type === named ||
      (isAbstractType(named) &&
        (isObjectType(type) || isInterfaceType(type)) &&
        parts.schema.isSubType(named, type));
    const shape = isPossible ? readObject(type, selectionSets, parts) : undefined;
    known.set(typeName, shape);
    return shape;
  };
  const typeNames = isAbstractType(named)
    ? parts.schema.getPossibleTypes(named).map(({ name }) => name)
    : [named.name];
  return { type: definition.type, below: { typeName: named.name, of, typeNames } };
}

interface Collected {
  readonly fields: Map<string, FieldNode[]>;
  isPartial: boolean;
  readonly seen: Set<string>;
}

function collect(
  selectionSet: SelectionSetNode,
  type: GraphQLNamedType,
  parts: ShapeParts,
  into: Collected,
): void {
  for (const selection of selectionSet.selections) {
    if (!isIncluded(selection.directives, parts.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      const responseName = selection.alias?.value ?? selection.name.value;
      const same = into.fields.get(responseName);
      if (same) same.push(selection);
      else into.fields.set(responseName, [selection]);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (into.seen.has(selection.name.value)) continue;
      into.seen.add(selection.name.value);
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? parts.fragments.get(selection.name.value)
        : selection;
    if (!fragment) continue;
    const on = fragment.typeCondition?.name.value;
    if (on === undefined || applies(parts.schema, on, type)) {
      collect(fragment.selectionSet, type, parts, into);
    } else if (!isObjectType(type)) into.isPartial = true;
  }
}

function applies(schema: GraphQLSchema, on: string, type: GraphQLNamedType): boolean {
  if (on === type.name) return true;
  const condition = schema.getType(on);
  return (
    isAbstractType(condition) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(condition, type)
  );
}

/** Whether `@skip` and `@include` leave a selection in the answer. */
export function isIncluded(
  directives: FieldNode['directives'],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    const isSkip = name.value === 'skip';
    if (!isSkip && name.value !== 'include') return true;
    const condition = given?.find((each) => each.name.value === 'if')?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value]
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return (value === true) !== isSkip;
  });
}

/** The names of the variables that decide what is in the answer. */
export function conditionVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly string[] {
  const names = new Set<string>();
  const look = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      for (const { name, arguments: given } of selection.directives ?? []) {
        const value = given?.find((each) => each.name.value === 'if')?.value;
        const decides = name.value === 'skip' || name.value === 'include';
        if (decides && value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) {
        look(selection.selectionSet);
      }
    }
  };
  look(operation.selectionSet);
  for (const { selectionSet } of fragments.values()) look(selectionSet);
  return [...names].sort();
}
