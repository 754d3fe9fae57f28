import {
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import type { DirectiveNames } from '../supergraph/directive-names.ts';

/** What a request gave as variables. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * One field of an operation, as the IBM cost specification and Apollo's demand control count it: a list
 * counts its size times what one entry costs, an object 1, a leaf 0, `@cost` overrules.
 */
export interface CostNode {
  /** `Type.field`; empty for the operation itself. */
  readonly coordinate: string;
  readonly responseName: string;
  /** Cost of one value of the field. */
  readonly weight: number;
  /** Cost of its arguments, once. */
  readonly argumentsWeight: number;
  readonly isList: boolean;
  readonly isPerson: boolean;
  /** Entries to expect of the list, or of the lists named in `sizedFields` below it. */
  readonly size: ((variables: Variables) => number) | undefined;
  readonly sizedFields: ReadonlySet<string>;
  readonly fieldName: string;
  /** False where `@skip` or `@include` leaves the field out with these variables. */
  readonly isIncluded: ((variables: Variables) => boolean) | undefined;
  readonly children: readonly CostNode[];
}

/** Entries of a list that says nothing of its size. */
const unsizedList = 100;
const mutationWeight = 10;
/** The whole schema takes half a second of everybody's time; an explorer asks for it once. */
const schemaWeight = 10_000;
const schemaTypeWeight = 100;
/** No figure grows past this: a sum of huge sizes must not become `Infinity` or lose its last digits. */
const ceiling = 1_000_000_000;

/** Reads the costs of fields by the names that `@cost` and `@listSize` have in the supergraph. */
export function createCostReader(names: DirectiveNames) {
  const costName = names.get('cost') ?? 'cost';
  const listSizeName = names.get('listSize') ?? 'listSize';

  function weightOf(element: { readonly astNode?: unknown }): number | undefined {
    const value = argumentOf(directiveOf(element, costName), 'weight');
    return value?.kind === Kind.INT || value?.kind === Kind.FLOAT || value?.kind === Kind.STRING
      ? Number(value.value)
      : undefined;
  }

  function ofField(
    coordinate: string,
    field: FieldNode,
    definition: GraphQLField<unknown, unknown>,
    children: readonly CostNode[],
  ): CostNode {
    const type: GraphQLNamedType = getNamedType(definition.type);
    const listSize = directiveOf(definition, listSizeName);
    return {
      coordinate,
      responseName: field.alias?.value ?? field.name.value,
      fieldName: field.name.value,
      weight: weightOf(definition) ?? weightOf(type) ?? (isCompositeType(type) ? 1 : 0),
      argumentsWeight: definition.args
        .filter(({ name }) => field.arguments?.some((given) => given.name.value === name))
        .reduce((sum, argument) => sum + (weightOf(argument) ?? 0), 0),
      isList: isListType(getNullableType(definition.type)),
      isPerson: type.name === 'Person',
      size: listSize && createSize(field, definition, listSize),
      sizedFields: new Set(textsOf(argumentOf(listSize, 'sizedFields'))),
      isIncluded: createInclusion(field),
      children,
    };
  }

  return {
    ofField,
    /** `__schema` and `__type`, whatever is asked below them. */
    ofSchema: (field: FieldNode): CostNode => ({
      coordinate: '',
      responseName: field.alias?.value ?? field.name.value,
      fieldName: field.name.value,
      weight: field.name.value === '__schema' ? schemaWeight : schemaTypeWeight,
      argumentsWeight: 0,
      isList: false,
      isPerson: false,
      size: undefined,
      sizedFields: new Set(),
      isIncluded: createInclusion(field),
      children: [],
    }),
    ofOperation: (type: string, children: readonly CostNode[]): CostNode => ({
      coordinate: '',
      responseName: '',
      fieldName: '',
      weight: type === 'mutation' ? mutationWeight : 0,
      argumentsWeight: 0,
      isList: false,
      isPerson: false,
      size: undefined,
      sizedFields: new Set(),
      isIncluded: undefined,
      children,
    }),
    /** A fragment's fields, left out together where the fragment is. */
    under(selection: SelectionNode, nodes: readonly CostNode[]): readonly CostNode[] {
      const isIncluded = createInclusion(selection);
      if (!isIncluded) return nodes;
      return nodes.map((node) => ({
        ...node,
        isIncluded: (variables) => isIncluded(variables) && (node.isIncluded?.(variables) ?? true),
      }));
    },
  };
}

export type CostReader = ReturnType<typeof createCostReader>;

/** The same without what `isShown` refuses: a field that somebody may not read must cost as one that is not there. */
export function narrowCost(node: CostNode, isShown: (coordinate: string) => boolean): CostNode {
  return {
    ...node,
    children: node.children.flatMap((child) =>
      isShown(child.coordinate) ? [narrowCost(child, isShown)] : [],
    ),
  };
}

/** What the operation would cost at the most, by the sizes its lists declare. */
export function estimateCost(
  node: CostNode,
  variables: Variables,
  sizeFromParent?: number,
): number {
  if (node.isIncluded && !node.isIncluded(variables)) return 0;
  const declared = node.size?.(variables);
  const own = node.sizedFields.size > 0 ? undefined : declared;
  const entries = node.isList ? (sizeFromParent ?? own ?? unsizedList) : 1;
  let perEntry = node.weight;
  for (const child of node.children) {
    const size = node.sizedFields.has(child.fieldName) ? declared : undefined;
    perEntry = Math.min(ceiling, perEntry + estimateCost(child, variables, size));
  }
  return Math.min(ceiling, node.argumentsWeight + entries * perEntry);
}

function createSize(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  listSize: ConstDirectiveNode,
): (variables: Variables) => number {
  const assumed = numberOf(argumentOf(listSize, 'assumedSize'), {}) ?? unsizedList;
  const slicing = textsOf(argumentOf(listSize, 'slicingArguments')).map((name) => {
    const given = field.arguments?.find((argument) => argument.name.value === name)?.value;
    const declared = definition.args.find((argument) => argument.name === name)?.defaultValue;
    return { given, fallback: typeof declared === 'number' ? declared : undefined };
  });
  return (variables) => {
    const sizes = slicing.flatMap(({ given, fallback }) => {
      const size = (given && numberOf(given, variables)) ?? fallback;
      return size === undefined || size < 0 ? [] : [size];
    });
    return sizes.length > 0 ? Math.min(ceiling, Math.max(...sizes)) : assumed;
  };
}

function numberOf(value: ValueNode | undefined, variables: Variables): number | undefined {
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const given = variables[value.name.value];
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}

function createInclusion(
  selection: SelectionNode,
): ((variables: Variables) => boolean) | undefined {
  const conditions = (selection.directives ?? []).flatMap((directive) => {
    const name = directive.name.value;
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    return (name === 'skip' || name === 'include') && condition
      ? [{ wanted: name === 'include', condition }]
      : [];
  });
  if (conditions.length === 0) return undefined;
  return (variables) =>
    conditions.every(({ wanted, condition }) => {
      const value =
        condition.kind === Kind.BOOLEAN
          ? condition.value
          : condition.kind === Kind.VARIABLE
            ? variables[condition.name.value]
            : undefined;
      // Unknown counts as included: an estimate may be too high, not too low.
      return typeof value === 'boolean' ? value === wanted : true;
    });
}

function directiveOf(
  element: { readonly astNode?: unknown },
  name: string,
): ConstDirectiveNode | undefined {
  const { astNode } = element;
  if (typeof astNode !== 'object' || astNode === null || !('directives' in astNode))
    return undefined;
  // Of a schema's element: graphql's own AST, whose directives are constant ones.
  const directives = (astNode.directives ?? []) as readonly ConstDirectiveNode[];
  return directives.find((directive) => directive.name.value === name);
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string) {
  return directive?.arguments?.find((argument) => argument.name.value === name)?.value;
}

function textsOf(value: ValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((entry) => (entry.kind === Kind.STRING ? [entry.value] : []));
}
