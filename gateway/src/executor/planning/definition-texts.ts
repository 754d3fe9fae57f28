import {
  type ASTNode,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  isAbstractType,
  isEnumType,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
} from 'graphql';

/** What a supergraph says of its types, as texts that are equal where planning cannot tell a difference. */
export interface DefinitionTexts {
  /** The value of `join__Graph` that stands for a subgraph; `undefined` where the graph has none of the name. */
  enumNameOf(subgraph: string): string | undefined;
  /** Everything that is said of a type. */
  ofType(typeName: string): string;
  /** A type and some of its fields as some subgraphs, by their values of `join__Graph`, have them. */
  ofParts(
    typeName: string,
    fields: readonly string[],
    graphs: ReadonlySet<string | undefined>,
  ): string;
}

export function createDefinitionTexts(schema: GraphQLSchema): DefinitionTexts {
  const enumNames = readEnumNames(schema);
  const text = createPrinter<ASTNode>(print);
  const bareText = createPrinter(
    ({ kind, name, type, arguments: taken = [] }: FieldDefinitionNode) =>
      print({ kind, name, type, arguments: taken }),
  );
  const joinFields = new Map<string, ConstDirectiveNode>();
  const joinField = (graph: string) => {
    const known = joinFields.get(graph) ?? createJoinField(graph);
    joinFields.set(graph, known);
    return known;
  };
  const nodesOf = (typeName: string) => {
    const type = schema.getType(typeName);
    const nodes = type ? [type.astNode, ...type.extensionASTNodes] : [];
    return nodes.filter((node) => node != null);
  };
  return {
    enumNameOf: (subgraph) => enumNames.get(subgraph),
    ofType: (typeName) => nodesOf(typeName).map(text).join('\n'),
    ofParts(typeName, fields, graphs) {
      const isOfOthers = (directive: ConstDirectiveNode) => {
        const graph = graphOf(directive);
        return graph !== undefined && !graphs.has(graph);
      };
      const type = schema.getType(typeName);
      const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
      const lines = [possible.map(({ name }) => name).join()];
      for (const node of nodesOf(typeName)) {
        if (!hasFields(node)) {
          lines.push(text(node));
          continue;
        }
        const directives = (node.directives ?? []).filter((each) => !isOfOthers(each));
        lines.push(...directives.map(text).sort(), ...(node.interfaces ?? []).map(text));
        const all = [...new Set((node.directives ?? []).flatMap((each) => graphOf(each) ?? []))];
        /** One without `join__field` is that of every subgraph that has the type; composed with one more, all are named. */
        const fieldText = (field: FieldDefinitionNode): string => {
          const { directives: given = [] } = field;
          const isNamed = given.some(({ name }) => name.value === 'join__field');
          const implied = isNamed ? [] : all.map(joinField);
          const joins = [...given, ...implied].filter((each) => !isOfOthers(each));
          return [bareText(field), ...joins.map(text).sort()].join(' ');
        };
        for (const field of node.fields ?? []) {
          if (fields.includes(field.name.value)) lines.push(fieldText(field));
        }
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

type WithFields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

function hasFields(node: ASTNode): node is WithFields {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** Prints each node once. */
function createPrinter<Node extends ASTNode>(printNode: (node: Node) => string) {
  const texts = new WeakMap<Node, string>();
  return (node: Node): string => {
    const text = texts.get(node) ?? printNode(node);
    texts.set(node, text);
    return text;
  };
}

function createJoinField(graph: string): ConstDirectiveNode {
  const value = { kind: Kind.ENUM, value: graph } as const;
  const argument = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'graph' },
    value,
  } as const;
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
    arguments: [argument],
  };
}

function graphOf(directive: ConstDirectiveNode): string | undefined {
  const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
}

function readEnumNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const type = schema.getType('join__Graph');
  const names = new Map<string, string>();
  if (!isEnumType(type)) return names;
  for (const { name, astNode } of type.getValues()) {
    for (const directive of astNode?.directives ?? []) {
      const called = directive.arguments?.find((each) => each.name.value === 'name')?.value;
      if (called?.kind === Kind.STRING) names.set(called.value, name);
    }
  }
  return names;
}
