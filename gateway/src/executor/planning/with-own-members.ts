import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { CanonicalOperation } from './canonical-operation.ts';
import { fragmentsOf } from './choose-operation.ts';
import { type Asked, ClientSelections } from './client-selections.ts';
import type { GraphFacts } from './compile-fetch.ts';
import { gives, typeOfField } from './gives.ts';

/**
 * Where subgraphs share a field of a union or an interface and one knows of objects that the other has not, the
 * planner asks neither for what it takes for impossible. Here each is asked for its own objects what the client asks
 * of them, as far as it gives all of it.
 */
export function withOwnMembers(
  plan: QueryPlan,
  { document, operation }: Pick<CanonicalOperation, 'document' | 'operation'>,
  facts: GraphFacts,
): QueryPlan {
  const { node } = plan;
  if (!node || node.kind === 'Subscription' || !facts.members.differ) return plan;
  return { ...plan, node: new MemberAsker(operation, fragmentsOf(document), facts).node(node, []) };
}

class MemberAsker {
  readonly #operation: OperationDefinitionNode;
  readonly #client: ClientSelections;
  readonly #facts: GraphFacts;

  constructor(
    operation: OperationDefinitionNode,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    facts: GraphFacts,
  ) {
    this.#operation = operation;
    this.#client = new ClientSelections(fragments, facts.schema);
    this.#facts = facts;
  }

  node(node: PlanNode, path: readonly (string | number)[]): PlanNode {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map((each) => this.node(each, path)) };
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause ? { ifClause: this.node(node.ifClause, path) } : {}),
          ...(node.elseClause ? { elseClause: this.node(node.elseClause, path) } : {}),
        };
      case 'Flatten':
        return { ...node, node: this.node(node.node, [...path, ...node.path]) };
      case 'Fetch':
        return this.#fetch(node, path);
      case 'Defer':
        return node;
    }
  }

  #fetch(fetch: FetchNode, path: readonly (string | number)[]): FetchNode {
    // Names that are changed on the way back are not those of the operation.
    if ((fetch.outputRewrites ?? []).length > 0) return fetch;
    const [operation] = parse(fetch.operation, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return fetch;
    let asked: Asked = [this.#operation.selectionSet];
    for (const part of path) {
      const [key = ''] = String(part).split('|');
      if (key !== '' && key !== '@') asked = this.#client.below(asked, key);
    }
    const { schema } = this.#facts;
    const isQuery = operation.operation === OperationTypeNode.QUERY;
    const root = isQuery ? schema.getQueryType() : schema.getMutationType();
    const selectionSet = fetch.requires
      ? this.#entities(operation.selectionSet, asked, fetch.serviceName)
      : this.#known(operation.selectionSet, root?.name, asked, fetch.serviceName);
    if (selectionSet === operation.selectionSet) return fetch;
    const whole = this.#withVariables({ ...operation, selectionSet });
    return { ...fetch, operation: stripIgnoredCharacters(print(whole)) };
  }

  #entities(selectionSet: SelectionSetNode, asked: Asked, subgraph: string): SelectionSetNode {
    return mapSelections(selectionSet, (each) => {
      if (each.kind !== Kind.FIELD || !each.selectionSet) return each;
      const inside = this.#known(each.selectionSet, undefined, asked, subgraph);
      return inside === each.selectionSet ? each : { ...each, selectionSet: inside };
    });
  }

  /** What the planner asks, with more below it; the same where there is nothing more. */
  #known(
    selectionSet: SelectionSetNode,
    typeName: string | undefined,
    asked: Asked,
    subgraph: string,
  ): SelectionSetNode {
    return mapSelections(selectionSet, (each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD || !each.selectionSet) return each;
      const inside =
        each.kind === Kind.INLINE_FRAGMENT
          ? this.#known(
              each.selectionSet,
              each.typeCondition?.name.value ?? typeName,
              asked,
              subgraph,
            )
          : this.#inField(
              each.selectionSet,
              typeName && typeOfField(this.#facts, typeName, each.name.value),
              this.#client.below(asked, (each.alias ?? each.name).value),
              subgraph,
            );
      return inside === each.selectionSet ? each : { ...each, selectionSet: inside };
    });
  }

  #inField(
    selectionSet: SelectionSetNode,
    typeName: string | undefined,
    asked: Asked,
    subgraph: string,
  ): SelectionSetNode {
    const known = this.#known(selectionSet, typeName, asked, subgraph);
    const mentioned = typesIn(selectionSet);
    const ofAll = new Set(selectionSet.selections.map(leafName));
    const isAsked = (selection: SelectionNode) => ofAll.has(leafName(selection) ?? '');
    const members = typeName === undefined ? [] : this.#facts.members.of(subgraph, typeName);
    const more = members.flatMap((member): readonly SelectionNode[] => {
      if (mentioned.has(member)) return [];
      const selections = this.#client.askedOf(member, asked).filter((each) => !isAsked(each));
      const isGiven =
        selections.length > 0 &&
        gives(this.#facts, subgraph, member, selections) &&
        this.#knowsTypes(subgraph, selections) &&
        canMerge(this.#facts, [...known.selections, onType(member, selections)], typeName);
      return isGiven ? [onType(member, selections)] : [];
    });
    return more.length === 0 ? known : { ...known, selections: [...known.selections, ...more] };
  }

  /** A subgraph refuses the name of a type that it does not have, even where nothing is asked of it. */
  #knowsTypes(subgraph: string, selections: readonly SelectionNode[]): boolean {
    return selections.every((each): boolean => {
      if (each.kind === Kind.FRAGMENT_SPREAD || !each.selectionSet) return true;
      const on = each.kind === Kind.INLINE_FRAGMENT ? each.typeCondition?.name.value : undefined;
      const type = on === undefined ? undefined : this.#facts.schema.getType(on);
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      const isKnown =
        on === undefined ||
        Object.keys(fields).some((field) => this.#facts.joins.givers(on, field).includes(subgraph));
      return isKnown && this.#knowsTypes(subgraph, each.selectionSet.selections);
    });
  }

  #withVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
    const used = new Set<string>();
    visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
    const defined = operation.variableDefinitions ?? [];
    const missing = (this.#operation.variableDefinitions ?? []).filter(
      ({ variable: { name } }) =>
        used.has(name.value) && !defined.some(({ variable }) => variable.name.value === name.value),
    );
    return { ...operation, variableDefinitions: [...defined, ...missing] };
  }
}

function onType(typeName: string, selections: readonly SelectionNode[]): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

/** Whether each name stands for one type, whatever object it is asked of: else a subgraph refuses all of it. */
function canMerge(
  { schema }: GraphFacts,
  selections: readonly SelectionNode[],
  typeName: string | undefined,
): boolean {
  const types = new Map<string, string>();
  const look = (all: readonly SelectionNode[], of: string | undefined): boolean =>
    all.every((each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD) return false;
      if (each.kind === Kind.INLINE_FRAGMENT) {
        return look(each.selectionSet.selections, each.typeCondition?.name.value ?? of);
      }
      const type = schema.getType(of ?? '');
      const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
      const written = String(fields[each.name.value]?.type);
      const name = (each.alias ?? each.name).value;
      const before = types.get(name);
      types.set(name, written);
      return before === undefined || before === written;
    });
  return look(selections, typeName);
}

/** The name of what is asked of all objects alike; `undefined` for what has more below it. */
function leafName(selection: SelectionNode): string | undefined {
  if (selection.kind !== Kind.FIELD || selection.selectionSet) return undefined;
  return (selection.alias ?? selection.name).value;
}

/** Names of the types that are asked anything by their name. */
function typesIn({ selections }: SelectionSetNode, found = new Set<string>()): ReadonlySet<string> {
  for (const each of selections) {
    if (each.kind !== Kind.INLINE_FRAGMENT) continue;
    if (each.typeCondition) found.add(each.typeCondition.name.value);
    typesIn(each.selectionSet, found);
  }
  return found;
}

function mapSelections(
  selectionSet: SelectionSetNode,
  map: (selection: SelectionNode) => SelectionNode,
): SelectionSetNode {
  const selections = selectionSet.selections.map(map);
  const isSame = selections.every((each, index) => each === selectionSet.selections[index]);
  return isSame ? selectionSet : { ...selectionSet, selections };
}
