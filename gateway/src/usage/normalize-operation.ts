import { createHash } from 'node:crypto';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  parseType,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation as it may be told on: what is asked, and nothing that whoever asked has written. */
export interface NormalizedOperation {
  /** SHA-256, in hexadecimal, of `document`. */
  readonly hash: string;
  readonly document: string;
  readonly name: string | null;
}

/**
 * Takes out of one operation of a valid document everything its writer could put words into: values become variables
 * of their arguments' types; aliases and defaults go; variables, fragments and operation are numbered. `keepName` for
 * trusted documents, whose names the hub has chosen.
 */
export function normalizeOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  keepName: boolean,
): NormalizedOperation {
  const fragments = numberFragments(document, operation);
  const declared = new Map(
    (operation.variableDefinitions ?? []).map((each) => [each.variable.name.value, each]),
  );
  const variables = new Map<string, { readonly name: string; readonly type: TypeNode }>();
  const types = new TypeInfo(schema);

  function variable(key: string, type: () => TypeNode) {
    const known = variables.get(key) ?? { name: `v${variables.size + 1}`, type: type() };
    variables.set(key, known);
    return { kind: Kind.VARIABLE as const, name: nameNode(known.name) };
  }

  const normalized = visit(
    { kind: Kind.DOCUMENT as const, definitions: [operation, ...fragments.definitions] },
    visitWithTypeInfo(types, {
      OperationDefinition: (node) => ({
        ...node,
        name: keepName ? node.name : undefined,
        variableDefinitions: [],
      }),
      FragmentDefinition: (node) => ({ ...node, name: nameNode(fragments.nameOf(node.name)) }),
      FragmentSpread: (node) => ({ ...node, name: nameNode(fragments.nameOf(node.name)) }),
      Field: (node) => ({ ...node, alias: undefined }),
      Argument(node) {
        const { value } = node;
        if (value.kind === Kind.VARIABLE) {
          const definition = declared.get(value.name.value);
          // Of a valid document every variable is declared.
          if (!definition) return null;
          const type = () => withoutDefault(definition.type, definition.defaultValue !== undefined);
          return { ...node, value: variable(`$${value.name.value}`, type) };
        }
        const type = types.getInputType();
        if (!type) return null;
        // One for each place, so that two questions of one form are one; types print as they are written.
        const place = `${types.getDirective()?.name ?? ''}${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
        return {
          ...node,
          value: variable(`${place}(${node.name.value}:)`, () => parseType(String(type))),
        };
      },
    }),
  );
  const text = stripIgnoredCharacters(print(withDefinitions(normalized, variables.values())));
  return {
    hash: createHash('sha256').update(text).digest('hex'),
    document: text,
    name: keepName ? (operation.name?.value.slice(0, 100) ?? null) : null,
  };
}

/** The fragments the operation uses, in the order it does, each with a number for a name. */
function numberFragments(document: DocumentNode, operation: OperationDefinitionNode) {
  const known = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) known.set(definition.name.value, definition);
  }
  const names = new Map<string, string>();
  const definitions: FragmentDefinitionNode[] = [];
  const collect = (node: DefinitionNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = known.get(name.value);
        if (!fragment || names.has(name.value)) return;
        names.set(name.value, `f${names.size + 1}`);
        definitions.push(fragment);
        collect(fragment);
      },
    });
  collect(operation);
  return {
    definitions,
    nameOf: ({ value }: NameNode) => names.get(value) ?? 'f0',
  };
}

/** A default is a value: where it made a nullable variable fit, the type says so instead. */
function withoutDefault(type: TypeNode, hadDefault: boolean): TypeNode {
  return hadDefault && type.kind !== Kind.NON_NULL_TYPE ? { kind: Kind.NON_NULL_TYPE, type } : type;
}

function withDefinitions(
  document: DocumentNode,
  variables: Iterable<{ readonly name: string; readonly type: TypeNode }>,
): DocumentNode {
  const noDirectives: readonly ConstDirectiveNode[] = [];
  const variableDefinitions = [...variables].map(({ name, type }) => ({
    kind: Kind.VARIABLE_DEFINITION as const,
    variable: { kind: Kind.VARIABLE as const, name: nameNode(name) },
    type,
    directives: noDirectives,
  }));
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, variableDefinitions }
        : definition,
    ),
  };
}

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });
