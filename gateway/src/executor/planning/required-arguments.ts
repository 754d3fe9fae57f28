import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
  visit,
} from 'graphql';

/** A field as one `@requires` needs it: with these arguments, whoever else asks it with others. */
export interface RequiredField {
  readonly name: string;
  /** As it is asked of its subgraph, without an alias: `price(currency: "USD")`. */
  readonly call: string;
}

/** A supergraph for the planner, and what the fields that were added to it stand for. */
export interface PlannableSupergraph {
  readonly document: DocumentNode;
  /** By the name of the added field. */
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The planner gives a field one value per object, whatever the arguments: a field that one `@requires` needs with one
 * argument, and the client or another `@requires` with another, gets one of the two without an error. Here each set
 * of required arguments is a field of its own, resolved where the real one is; calls are written back to the real one.
 */
export function withRequiredFields(document: DocumentNode): PlannableSupergraph {
  const types = new Map<string, Composite>();
  const possible = new Map<string, Composite[]>();
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (!isComposite(definition)) continue;
    types.set(definition.name.value, definition);
    for (const { name } of definition.fields ?? []) names.add(name.value);
    for (const { name } of definition.interfaces ?? []) {
      possible.set(name.value, [...(possible.get(name.value) ?? []), definition]);
    }
  }
  const requiredFields = new Map<string, RequiredField>();
  const nameOfCall = new Map<string, string>();
  const added = new Map<string, Map<string, FieldDefinitionNode>>();

  function nameFor(field: FieldNode): string {
    const call = print({ kind: Kind.FIELD, name: field.name, arguments: field.arguments ?? [] });
    const known = nameOfCall.get(call);
    if (known !== undefined) return known;
    let name: string;
    let count = nameOfCall.size;
    do {
      count += 1;
      name = `${field.name.value}_required_${count}`;
    } while (names.has(name));
    names.add(name);
    nameOfCall.set(call, name);
    requiredFields.set(name, { name: field.name.value, call });
    return name;
  }

  function add(type: Composite, original: string, name: string): void {
    const field = type.fields?.find((each) => each.name.value === original);
    if (!field) return;
    const ofType = added.get(type.name.value) ?? new Map<string, FieldDefinitionNode>();
    ofType.set(name, { ...field, arguments: [], name: { kind: Kind.NAME, value: name } });
    added.set(type.name.value, ofType);
  }

  function rewrite(selectionSet: SelectionSetNode, type: Composite | undefined): SelectionSetNode {
    return {
      ...selectionSet,
      selections: selectionSet.selections.map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const on = selection.typeCondition;
          const inside = on ? types.get(on.name.value) : type;
          return { ...selection, selectionSet: rewrite(selection.selectionSet, inside) };
        }
        const original = selection.name.value;
        const definition = type?.fields?.find(({ name }) => name.value === original);
        const returned = definition && types.get(namedType(definition.type).name.value);
        const below = selection.selectionSet
          ? { selectionSet: rewrite(selection.selectionSet, returned) }
          : {};
        if (!type || (selection.arguments?.length ?? 0) === 0) return { ...selection, ...below };
        const name = nameFor(selection);
        for (const each of [type, ...(possible.get(type.name.value) ?? [])]) {
          add(each, original, name);
        }
        return { ...selection, arguments: [], name: { kind: Kind.NAME, value: name }, ...below };
      }),
    };
  }

  let current = document;
  // A field that was added may itself require another with arguments.
  for (let size = -1; size !== requiredFields.size; ) {
    size = requiredFields.size;
    current = addFields(rewriteAll(current), added);
    added.clear();
  }
  return { document: current, requiredFields };

  function rewriteAll(whole: DocumentNode): DocumentNode {
    return visit(whole, {
      Directive(directive, _key, _parent, _path, ancestors) {
        if (directive.name.value !== 'join__field') return undefined;
        const around = ancestors.flatMap((each) => ('kind' in each ? [each] : []));
        const owner = around.find(isComposite);
        // Of a schema's definition: its directives are constant.
        return rewriteRequires(directive as ConstDirectiveNode, (text) =>
          printFields(rewrite(parseFields(text), owner)),
        );
      },
    });
  }
}

function addFields(
  document: DocumentNode,
  added: ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>,
): DocumentNode {
  return visit(document, {
    ObjectTypeDefinition: (node) => withAdded(node, added),
    InterfaceTypeDefinition: (node) => withAdded(node, added),
  });
}

function withAdded<Node extends Composite>(
  node: Node,
  added: ReadonlyMap<string, ReadonlyMap<string, FieldDefinitionNode>>,
): Node | undefined {
  const there = new Set(node.fields?.map(({ name }) => name.value));
  const fields = [...(added.get(node.name.value)?.values() ?? [])];
  const further = fields.filter(({ name }) => !there.has(name.value));
  if (further.length === 0) return undefined;
  return { ...node, fields: [...(node.fields ?? []), ...further] };
}

function rewriteRequires(
  directive: ConstDirectiveNode,
  rewrite: (fields: string) => string,
): ConstDirectiveNode | undefined {
  const requires = directive.arguments?.find(({ name }) => name.value === 'requires');
  if (requires?.value.kind !== Kind.STRING || !requires.value.value.includes('(')) return undefined;
  const value = { ...requires.value, value: rewrite(requires.value.value) };
  return {
    ...directive,
    arguments: (directive.arguments ?? []).map((each) =>
      each === requires ? { ...requires, value } : each,
    ),
  };
}

function parseFields(text: string): SelectionSetNode {
  const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a set of fields');
  return operation.selectionSet;
}

function printFields(selectionSet: SelectionSetNode): string {
  return print(selectionSet).slice(1, -1).replaceAll(/\s+/gu, ' ').trim();
}

function isComposite(node: ASTNode): node is Composite {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}
