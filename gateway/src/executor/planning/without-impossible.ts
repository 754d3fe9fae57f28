import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './choose-operation.ts';

/** Names of the types that objects at one place can be of. */
type Possible = readonly string[];

/**
 * An operation and its fragments without what can be asked of no object: `... on Book { ... on Media { ... on Film } }`
 * is valid in GraphQL, and the planner fails on it, or plans calls for it.
 */
export function withoutImpossible(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): { readonly document: DocumentNode; readonly operation: OperationDefinitionNode } {
  const root = schema.getRootType(operation.operation);
  if (!root) return { document, operation };
  const filter = new ImpossibleFilter(document, schema);
  const selectionSet = filter.selectionSet(operation.selectionSet, [root.name]);
  if (selectionSet === operation.selectionSet) return { document, operation };
  const possible = { ...operation, selectionSet };
  return {
    document: { kind: Kind.DOCUMENT, definitions: [possible, ...filter.fragments()] },
    operation: possible,
  };
}

class ImpossibleFilter {
  readonly #schema: GraphQLSchema;
  readonly #written: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What is left of fragments where they stand, by their names and the types there; `null` for nothing. */
  readonly #left = new Map<string, FragmentDefinitionNode | null>();
  readonly #names: Set<string>;

  constructor(document: DocumentNode, schema: GraphQLSchema) {
    this.#schema = schema;
    this.#written = fragmentsOf(document);
    this.#names = new Set(this.#written.keys());
  }

  /** Those that are spread, each once. */
  fragments(): readonly FragmentDefinitionNode[] {
    return [...new Set([...this.#left.values()].filter((each) => each !== null))];
  }

  /** The same where nothing has to go. */
  selectionSet(selectionSet: SelectionSetNode, possible: Possible): SelectionSetNode {
    const before = selectionSet.selections;
    const selections = before.flatMap((each) => this.#selection(each, possible) ?? []);
    const isSame =
      selections.length === before.length && selections.every((each, at) => each === before[at]);
    return isSame ? selectionSet : { ...selectionSet, selections };
  }

  #selection(selection: SelectionNode, possible: Possible): SelectionNode | undefined {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#spread(selection, possible);
    if (!selection.selectionSet) return selection;
    const isField = selection.kind === Kind.FIELD;
    const inside = isField
      ? this.#possibleIn(selection.name.value, possible)
      : this.#narrow(possible, selection.typeCondition?.name.value);
    // A field of a type that no object has is asked as it is.
    if (inside.length === 0) return isField ? selection : undefined;
    const selectionSet = this.selectionSet(selection.selectionSet, inside);
    if (selectionSet === selection.selectionSet) return selection;
    if (!isField && selectionSet.selections.length === 0) return undefined;
    return { ...selection, selectionSet };
  }

  #spread(spread: FragmentSpreadNode, possible: Possible): FragmentSpreadNode | undefined {
    const written = this.#written.get(spread.name.value);
    if (!written) return spread;
    const inside = this.#narrow(possible, written.typeCondition.name.value);
    const left = inside.length > 0 && this.#fragment(written, inside);
    if (!left) return undefined;
    return left.name.value === spread.name.value ? spread : { ...spread, name: left.name };
  }

  /** What is left of a fragment differs from place to place: then each has one of its own. */
  #fragment(written: FragmentDefinitionNode, inside: Possible): FragmentDefinitionNode | null {
    const name = written.name.value;
    const key = `${name} ${inside.join()}`;
    const known = this.#left.get(key);
    if (known !== undefined) return known;
    const selectionSet = this.selectionSet(written.selectionSet, inside);
    const left =
      selectionSet === written.selectionSet
        ? written
        : selectionSet.selections.length === 0
          ? null
          : {
              ...written,
              name: { kind: Kind.NAME as const, value: this.#freeName(name) },
              selectionSet,
            };
    this.#left.set(key, left);
    return left;
  }

  #freeName(name: string): string {
    let free: string;
    let count = 0;
    do {
      count += 1;
      free = `${name}_${count}`;
    } while (this.#names.has(free));
    this.#names.add(free);
    return free;
  }

  #narrow(possible: Possible, on: string | undefined): Possible {
    if (on === undefined) return possible;
    const there = new Set(this.#typesOf(on));
    return possible.filter((name) => there.has(name));
  }

  #possibleIn(field: string, possible: Possible): Possible {
    const inside = new Set<string>();
    for (const name of possible) {
      const type = this.#schema.getType(name);
      const definition = isObjectType(type) ? type.getFields()[field] : undefined;
      if (!definition) continue;
      for (const each of this.#typesOf(getNamedType(definition.type).name)) inside.add(each);
    }
    return [...inside].sort();
  }

  #typesOf(name: string): Possible {
    const type = this.#schema.getType(name);
    if (isAbstractType(type)) return this.#schema.getPossibleTypes(type).map((each) => each.name);
    return isObjectType(type) ? [name] : [];
  }
}
