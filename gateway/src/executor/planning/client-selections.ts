import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** What a client asks at one place: the same field may be written several times. */
export type Asked = readonly SelectionSetNode[];

/** Looks through the fragments of a client's operation. */
export class ClientSelections {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #schema: GraphQLSchema;

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, schema: GraphQLSchema) {
    this.#fragments = fragments;
    this.#schema = schema;
  }

  /** What is asked in a field, by its name in the answer. */
  below(asked: Asked, key: string): Asked {
    const inside = (selectionSet: SelectionSetNode): Asked =>
      selectionSet.selections.flatMap((each) => {
        if (each.kind === Kind.FIELD) {
          const isMeant = (each.alias ?? each.name).value === key;
          return isMeant && each.selectionSet ? [each.selectionSet] : [];
        }
        const fragment = this.#fragmentOf(each);
        return fragment ? inside(fragment.selectionSet) : [];
      });
    return asked.flatMap(inside);
  }

  /** All that is asked of objects of a type, without spreads; nothing where conditions decide of it. */
  askedOf(typeName: string, asked: Asked): readonly SelectionNode[] {
    const found: SelectionNode[] = [];
    const collect = (selectionSet: SelectionSetNode): boolean =>
      selectionSet.selections.every((each) => {
        if ((each.directives ?? []).length > 0) return false;
        if (each.kind === Kind.FIELD) {
          found.push(this.#withoutSpreads(each));
          return true;
        }
        const fragment = this.#fragmentOf(each);
        const on = fragment?.typeCondition?.name.value;
        return !fragment || !this.#applies(on, typeName) || collect(fragment.selectionSet);
      });
    return asked.every(collect) ? found : [];
  }

  #fragmentOf(selection: Exclude<SelectionNode, { kind: Kind.FIELD }>) {
    return selection.kind === Kind.FRAGMENT_SPREAD
      ? this.#fragments.get(selection.name.value)
      : selection;
  }

  #applies(on: string | undefined, typeName: string): boolean {
    if (on === undefined || on === typeName) return true;
    const wide = this.#schema.getType(on);
    const type = this.#schema.getType(typeName);
    return isAbstractType(wide) && isObjectType(type) && this.#schema.isSubType(wide, type);
  }

  #withoutSpreads<Node extends SelectionNode>(selection: Node): Node {
    return visit(selection, {
      FragmentSpread: ({ name, directives }) => {
        const fragment = this.#fragments.get(name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        return this.#withoutSpreads({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition,
          selectionSet,
          ...(directives ? { directives } : {}),
        });
      },
    });
  }
}
