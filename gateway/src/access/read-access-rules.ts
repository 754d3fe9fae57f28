import { requiredSelections } from '@tavolo/schema-check';
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { DirectiveNames } from '../supergraph/directive-names.ts';
import { stringArgument } from '../supergraph/string-argument.ts';
import { SupergraphProblem } from '../supergraph/supergraph-problem.ts';

/** Any of these sets, and all of one set: the form of `@requiresScopes` and `@policy`. */
export type AnyOf = readonly (readonly string[])[];

/** A special category that a purpose must declare, and who must have granted it. */
export interface CategoryRule {
  readonly category: string;
  readonly owners: readonly string[];
}

/** Everything one field asks of a caller; each entry of each list must hold. */
export interface FieldRule {
  readonly scopes: readonly AnyOf[];
  readonly policies: readonly AnyOf[];
  readonly categories: readonly CategoryRule[];
}

/** What the directives of one element say. */
interface Marks extends FieldRule {
  readonly isDecided: boolean;
}

/** The access rules of one supergraph version, by coordinate `Type.field`. */
export interface AccessRules {
  readonly byCoordinate: ReadonlyMap<string, FieldRule>;
  /** Coordinates that no directive decides; nobody reads them. */
  readonly undecided: readonly string[];
}

/**
 * Compiles what `@authenticated`, `@requiresScopes`, `@policy` and `@sensitive` ask of every field, with all it
 * implies: its type, what it returns, every implementation of an interface, the types of its arguments,
 * and the fields it is computed from (`@requires`). `schema` is the whole graph with its AST.
 */
export function readAccessRules(
  document: DocumentNode,
  schema: GraphQLSchema,
  names: DirectiveNames,
): AccessRules {
  const graphNames = readGraphNames(document);
  const byCoordinate = new Map<string, FieldRule>();
  const undecided: string[] = [];

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const marks = marksOfField(type, field, new Set());
      const coordinate = `${type.name}.${field.name}`;
      byCoordinate.set(coordinate, deduplicate(marks));
      if (!isDecided(type, field)) undecided.push(coordinate);
    }
  }
  return { byCoordinate, undecided };

  function isDecided(type: GraphQLNamedType, field: GraphQLField<unknown, unknown>): boolean {
    if (isInterfaceType(type)) {
      // Composition leaves the decision to what implements it.
      return schema.getPossibleTypes(type).every((possible) => {
        const implemented = possible.getFields()[field.name];
        return implemented !== undefined && isDecided(possible, implemented);
      });
    }
    return [type, field, ...general(type, field)].some((element) => marksOf(element).isDecided);
  }

  function marksOfField(
    type: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    seen: Set<string>,
  ): Marks[] {
    const coordinate = `${type.name}.${field.name}`;
    if (seen.has(coordinate)) return [];
    seen.add(coordinate);
    const owners = ownersOf(type, field);
    const returned = getNamedType(field.type);
    const marks = [
      marksOf(type, owners),
      marksOf(field, owners),
      marksOf(returned, namedOwners(returned) ?? owners),
      ...field.args.flatMap((argument) => marksOfInput(argument.type, owners, new Set())),
    ];
    if (isInterfaceType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        const implemented = possible.getFields()[field.name];
        if (implemented) marks.push(...marksOfField(possible, implemented, seen));
      }
    }
    marks.push(...general(type, field).map((element) => marksOf(element, owners)));
    for (const required of requiredSelections(field.astNode)) {
      marks.push(...marksOfSelections(type, required, seen));
    }
    return marks;
  }

  /**
   * The interfaces of an object type that have the field too and are an object somewhere: such a field is decided
   * there. Any other interface has only what composition gathered of its types, and one does not bind the other.
   */
  function general(type: GraphQLNamedType, field: GraphQLField<unknown, unknown>) {
    if (!isObjectType(type)) return [];
    return type.getInterfaces().flatMap((each) => {
      if (!isInterfaceObject(each)) return [];
      const declared = each.getFields()[field.name];
      return declared ? [each, declared] : [];
    });
  }

  function marksOfSelections(
    type: GraphQLNamedType,
    selections: SelectionSetNode,
    seen: Set<string>,
  ): Marks[] {
    return selections.selections.flatMap((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inside = selection.typeCondition
          ? schema.getType(selection.typeCondition.name.value)
          : type;
        return inside ? marksOfSelections(inside, selection.selectionSet, seen) : [];
      }
      const field =
        isObjectType(type) || isInterfaceType(type)
          ? type.getFields()[selection.name.value]
          : undefined;
      if (!field) return [];
      const own = marksOfField(type, field, seen);
      return selection.selectionSet
        ? [...own, ...marksOfSelections(getNamedType(field.type), selection.selectionSet, seen)]
        : own;
    });
  }

  function marksOfInput(
    inputType: GraphQLInputType,
    owners: readonly string[],
    seen: Set<string>,
  ): Marks[] {
    const named = getNamedType(inputType);
    if (seen.has(named.name)) return [];
    seen.add(named.name);
    const inside = isInputObjectType(named) ? Object.values(named.getFields()) : [];
    return [
      marksOf(named, owners),
      ...inside.flatMap((field) => [
        marksOf(field, owners),
        ...marksOfInput(field.type, owners, seen),
      ]),
    ];
  }

  function marksOf(
    element: { readonly astNode?: unknown; readonly extensionASTNodes?: unknown },
    owners: readonly string[] = [],
  ): Marks {
    const directives = directivesOf(element);
    const called = (name: string) =>
      directives.filter((directive) => directive.name.value === names.get(name));
    return {
      isDecided:
        called('authenticated').length + called('requiresScopes').length + called('policy').length >
        0,
      scopes: called('requiresScopes').map((directive) => listsOf(directive, 'scopes')),
      policies: called('policy').map((directive) => listsOf(directive, 'policies')),
      categories: called('sensitive').map((directive) => ({
        category: enumOrString(directive, 'category'),
        owners,
      })),
    };
  }

  /** `@owner` on the field, else on the type, else the institutions whose subgraphs answer the field. */
  function ownersOf(
    type: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ): readonly string[] {
    return (
      namedOwners(field) ??
      namedOwners(type) ??
      graphsOf(field, 'join__field') ??
      graphsOf(type, 'join__type') ??
      []
    );
  }

  function namedOwners(element: { readonly astNode?: unknown }): readonly string[] | undefined {
    const owners = directivesOf(element)
      .filter((directive) => directive.name.value === names.get('owner'))
      .map((directive) => stringArgument(directive, 'partner'))
      .filter((owner): owner is string => owner !== undefined);
    return owners.length > 0 ? owners : undefined;
  }

  function graphsOf(
    element: { readonly astNode?: unknown },
    name: string,
  ): readonly string[] | undefined {
    const graphs = directivesOf(element)
      .filter((directive) => directive.name.value === name && !isExternal(directive))
      .map((directive) => graphNames.get(enumOrString(directive, 'graph')))
      .filter((graph): graph is string => graph !== undefined);
    return graphs.length > 0 ? graphs : undefined;
  }
}

function isInterfaceObject(element: { readonly astNode?: unknown }): boolean {
  return directivesOf(element).some(
    ({ name, arguments: given }) =>
      name.value === 'join__type' &&
      given?.some(
        (each) =>
          each.name.value === 'isInterfaceObject' &&
          each.value.kind === Kind.BOOLEAN &&
          each.value.value,
      ),
  );
}

function isExternal(directive: ConstDirectiveNode): boolean {
  const external = directive.arguments?.find(({ name }) => name.value === 'external')?.value;
  return external?.kind === Kind.BOOLEAN && external.value;
}

/** `RECEPTION_CENTRES` → `reception-centres`, as `join__Graph` says. */
function readGraphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = document.definitions.find(
    (definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return new Map();
  return new Map(
    (graphs.values ?? []).flatMap(({ name, directives }) =>
      (directives ?? []).flatMap((directive) => {
        const graph = stringArgument(directive, 'name');
        return graph === undefined ? [] : [[name.value, graph] as const];
      }),
    ),
  );
}

function directivesOf(element: { readonly astNode?: unknown }): readonly ConstDirectiveNode[] {
  const { astNode } = element;
  if (typeof astNode !== 'object' || astNode === null || !('directives' in astNode)) return [];
  // Of a schema's element: graphql's own AST, whose directives are constant ones.
  return (astNode.directives ?? []) as readonly ConstDirectiveNode[];
}

/** A rule that cannot be read must not become a rule that asks nothing. */
function listsOf(directive: ConstDirectiveNode, argument: string): AnyOf {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  const lists = value?.kind === Kind.LIST ? value.values.map(textsOf) : undefined;
  // A set of nothing would be met by everybody.
  if (!lists?.length || lists.some((list) => !list?.length || list.includes(''))) {
    throw new SupergraphProblem(
      `@${directive.name.value} must list at least one set of ${argument}, each a list of names`,
    );
  }
  return lists.filter((list) => list !== undefined);
}

function textsOf(value: ConstValueNode): readonly string[] | undefined {
  if (value.kind !== Kind.LIST) return undefined;
  const texts = value.values.flatMap((entry) => (entry.kind === Kind.STRING ? [entry.value] : []));
  return texts.length === value.values.length ? texts : undefined;
}

function enumOrString(directive: ConstDirectiveNode, argument: string): string {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value?.kind === Kind.ENUM || value?.kind === Kind.STRING) return value.value;
  // `join__field` without a graph is about all of them; only `@sensitive` cannot do without its category.
  if (argument === 'graph') return '';
  throw new SupergraphProblem(`@${directive.name.value} must name its ${argument}`);
}

function deduplicate(marks: readonly Marks[]): FieldRule {
  const unique = <Entry>(entries: readonly Entry[]): Entry[] => [
    ...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values(),
  ];
  return {
    scopes: unique(marks.flatMap(({ scopes }) => scopes)),
    policies: unique(marks.flatMap(({ policies }) => policies)),
    categories: unique(marks.flatMap(({ categories }) => categories)),
  };
}
