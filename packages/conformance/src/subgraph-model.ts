import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { requiredArguments } from './required-arguments.ts';

/** One scalar of a key, by the way to it. */
export interface KeyLeaf {
  readonly path: readonly string[];
  readonly type: GraphQLLeafType;
}

/** A type that other subgraphs may refer to by this key. */
export interface Entity {
  readonly type: GraphQLObjectType;
  /** As a selection, without braces. */
  readonly keySelection: string;
  readonly leaves: readonly KeyLeaf[];
}

/** A list of `Query` in pages. */
export interface PagedList {
  /** Of the field. */
  readonly name: string;
  readonly node: GraphQLObjectType | null;
  /** Arguments without which it cannot be asked, as text that ends with a comma; `''` = none. */
  readonly arguments: string;
  readonly hasNodes: boolean;
  readonly hasTotalCount: boolean;
}

/** What a subgraph's SDL says of it, as far as the promises need it. */
export interface SubgraphModel {
  readonly schema: GraphQLSchema;
  readonly entities: readonly Entity[];
  readonly lists: readonly PagedList[];
}

const maxTypes = 40;

/** Reads a subgraph's SDL, its `extend`s of others' types included; throws graphql's errors. */
export function readSubgraphModel(sdl: string): SubgraphModel {
  const { definitions, ...document } = parse(sdl, { noLocation: true });
  const schema = buildASTSchema(
    { ...document, definitions: withOwnDefinitions(definitions) },
    { assumeValidSDL: true },
  );
  const entities = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => entitiesOf(type))
    .slice(0, maxTypes);
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const lists = fields.flatMap((field) => pagedListOf(field)).slice(0, maxTypes);
  return { schema, entities, lists };
}

/** The directives on a type or field, those on its extensions included. */
export function directivesOf(element: {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
  readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] }[];
}): readonly ConstDirectiveNode[] {
  return [element.astNode, ...(element.extensionASTNodes ?? [])].flatMap(
    (node) => node?.directives ?? [],
  );
}

/** By its own name or with the prefix of federation's link. */
export const isDirective = (node: ConstDirectiveNode, name: string): boolean =>
  node.name.value === name || node.name.value === `federation__${name}`;

const extensionToDefinition: Readonly<Partial<Record<string, Kind>>> = {
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
};

/** A subgraph may extend a type that only another one defines: here the first extension defines it. */
function withOwnDefinitions(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const nameOf = (node: DefinitionNode): string | undefined =>
    'name' in node ? node.name.value : undefined;
  const defined = new Set(
    definitions.filter(({ kind }) => kind.endsWith('TypeDefinition')).map(nameOf),
  );
  return definitions.map((node) => {
    // Most kinds of definitions are no extensions.
    const kind: Kind | undefined = extensionToDefinition[node.kind];
    const name = nameOf(node);
    if (kind === undefined || defined.has(name)) return node;
    defined.add(name);
    // The two kinds of node have the same members.
    return { ...node, kind } as DefinitionNode;
  });
}

function entitiesOf(type: GraphQLObjectType): Entity[] {
  return directivesOf(type)
    .filter((directive) => isDirective(directive, 'key'))
    .flatMap(({ arguments: given = [] }) => {
      const value = (name: string) => given.find((argument) => argument.name.value === name)?.value;
      const fields = value('fields');
      const resolvable = value('resolvable');
      if (fields?.kind !== Kind.STRING) return [];
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) return [];
      const keySelection = fields.value.replaceAll(/[\s,]+/gu, ' ').trim();
      const document = parse(`{ ${keySelection} }`, { noLocation: true });
      const [operation] = document.definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
      const leaves = leavesOf(operation.selectionSet, type, []);
      return leaves.length > 0 ? [{ type, keySelection, leaves }] : [];
    });
}

function leavesOf(
  { selections }: SelectionSetNode,
  type: GraphQLObjectType,
  path: readonly string[],
): KeyLeaf[] {
  return selections.flatMap((selection) => {
    const name = selection.kind === Kind.FIELD ? selection.name.value : undefined;
    const field = name === undefined ? undefined : type.getFields()[name];
    if (selection.kind !== Kind.FIELD || name === undefined || field === undefined) return [];
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [{ path: [...path, name], type: inner }];
    if (!isObjectType(inner) || selection.selectionSet === undefined) return [];
    return leavesOf(selection.selectionSet, inner, [...path, name]);
  });
}

function pagedListOf(field: GraphQLField<unknown, unknown>): PagedList[] {
  const names = new Set(field.args.map(({ name }) => name));
  const connection = getNamedType(field.type);
  if (!names.has('first') || !names.has('after') || !isObjectType(connection)) return [];
  const { nodes, edges, pageInfo, totalCount } = connection.getFields();
  if (pageInfo === undefined || (nodes === undefined && edges === undefined)) return [];
  const required = requiredArguments(field, ['first', 'after']);
  if (required === null) return [];
  const edge = edges === undefined ? undefined : getNamedType(edges.type);
  const edgeNode = isObjectType(edge) ? edge.getFields()['node'] : undefined;
  const nodeField = nodes ?? edgeNode;
  const node = nodeField === undefined ? undefined : getNamedType(nodeField.type);
  return [
    {
      name: field.name,
      node: isObjectType(node) ? node : null,
      arguments: required === '' ? '' : `${required}, `,
      hasNodes: nodes !== undefined,
      hasTotalCount: totalCount !== undefined && requiredArguments(totalCount) === '',
    },
  ];
}
