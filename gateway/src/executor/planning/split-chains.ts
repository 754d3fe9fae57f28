import type { FetchNode, FlattenNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import type { GraphFacts } from './compile-fetch.ts';
import { Detours } from './detour.ts';
import { topNames } from './split-by-requirements.ts';
import { isKnowable, type Place, placeBelow } from './without-unresolvable.ts';

type Path = readonly (string | number)[];

/** Fetches that one fetch is at most replaced by: chains are short, and a plan is not to grow without end. */
const mostDetours = 30;

/** Where the subgraph is asked, and by which reference. */
interface Here extends Place {
  readonly path: Path;
  /** What the reference holds; `null` for an object that none names. */
  readonly sent: ReadonlySet<string> | null;
}

/**
 * Where one `@requires` needs what itself requires something, the planner asks the second field without its
 * requirement. Here what is required is fetched first, from whoever gives it, and then the field. Where that cannot
 * be had by the keys at hand, the plan stays as it is: the field is not asked, and told as unresolved.
 */
export function splitChains(plan: QueryPlan, facts: GraphFacts): QueryPlan {
  const { node } = plan;
  if (!node || node.kind === 'Subscription' || !facts.joins.hasRequirements) return plan;
  return { ...plan, node: splitNode(node, facts) };
}

function splitNode(node: PlanNode, facts: GraphFacts): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((each) => splitNode(each, facts)) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: splitNode(node.ifClause, facts) } : {}),
        ...(node.elseClause ? { elseClause: splitNode(node.elseClause, facts) } : {}),
      };
    case 'Flatten':
      return node.node.kind === 'Fetch' ? splitFetch(node, node.node, node.path, facts) : node;
    case 'Fetch':
      return splitFetch(node, node, [], facts);
    case 'Defer':
      return node;
  }
}

function splitFetch(
  whole: FlattenNode | FetchNode,
  fetch: FetchNode,
  path: Path,
  facts: GraphFacts,
): PlanNode {
  // Names that are changed on the way back are not those of the data.
  if ((fetch.outputRewrites ?? []).length > 0) return whole;
  const [operation] = parse(fetch.operation, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return whole;
  const splitter = new FetchSplitter(fetch, operation, facts);
  const selectionSet = splitter.split(path);
  if (splitter.detours.length === 0) return whole;
  const left = { ...fetch, operation: compact({ ...operation, selectionSet }) };
  const first: PlanNode = whole.kind === 'Flatten' ? { ...whole, node: left } : left;
  return {
    kind: 'Sequence',
    nodes: [
      first,
      { kind: 'Parallel', nodes: splitter.detours.map((each) => splitNode(each, facts)) },
    ],
  };
}

class FetchSplitter {
  readonly detours: PlanNode[] = [];
  readonly #fetch: FetchNode;
  readonly #operation: OperationDefinitionNode;
  readonly #facts: GraphFacts & { readonly subgraph: string };

  constructor(fetch: FetchNode, operation: OperationDefinitionNode, facts: GraphFacts) {
    this.#fetch = fetch;
    this.#operation = operation;
    this.#facts = { ...facts, subgraph: fetch.serviceName };
  }

  /** What is asked now; the rest is in `detours`. */
  split(path: Path): SelectionSetNode {
    const { requires } = this.#fetch;
    const isQuery = this.#operation.operation === OperationTypeNode.QUERY;
    const place = { typeName: isQuery ? 'Query' : 'Mutation', provided: [], isReferred: false };
    const { selectionSet } = this.#operation;
    if (!requires) return this.#selections(selectionSet, { ...place, path, sent: null });
    return {
      ...selectionSet,
      selections: selectionSet.selections.map((entities) =>
        entities.kind === Kind.FIELD && entities.selectionSet
          ? {
              ...entities,
              selectionSet: this.#selections(entities.selectionSet, {
                ...place,
                typeName: '',
                path,
                sent: topNames(requires),
              }),
            }
          : entities,
      ),
    };
  }

  #selections(selectionSet: SelectionSetNode, here: Here): SelectionSetNode {
    const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const typeName = selection.typeCondition?.name.value ?? here.typeName;
        const inside = this.#selections(selection.selectionSet, { ...here, typeName });
        return [{ ...selection, selectionSet: inside }];
      }
      return this.#field(selection, here);
    });
    return { ...selectionSet, selections: eachOnce(selections) };
  }

  #field(field: FieldNode, here: Here): readonly SelectionNode[] {
    if (field.name.value === '__typename') return [field];
    if (!this.#isKnown(field.name.value, here) && this.detours.length < mostDetours) {
      const detours = new Detours(this.#facts, here, this.#operation.variableDefinitions ?? []);
      const detour = detours.to(field);
      if (detour) {
        this.detours.push(detour.node);
        return detour.keys;
      }
    }
    if (!field.selectionSet) return [field];
    const name = field.alias?.value ?? field.name.value;
    const below = placeBelow(field.name.value, here, this.#facts);
    const path = [...here.path, name];
    const selectionSet = this.#selections(field.selectionSet, { ...below, path, sent: null });
    return [{ ...field, selectionSet }];
  }

  #isKnown(field: string, here: Here): boolean {
    const { subgraph, joins } = this.#facts;
    const { sent, typeName } = here;
    if (!sent) return isKnowable(field, here, this.#facts);
    if (!joins.requires(subgraph, typeName, field).every((name) => sent.has(name))) return false;
    return (
      isKnowable(field, { ...here, isReferred: true }, this.#facts) &&
      !(joins.isOnlyRequired(subgraph, typeName, field) && !isKey(field, typeName, this.#facts))
    );
  }
}

function eachOnce(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  return [...new Map(selections.map((each) => [print(each), each])).values()];
}

function isKey(
  field: string,
  typeName: string,
  { subgraph, keys }: GraphFacts & { readonly subgraph: string },
): boolean {
  return keys
    .of(subgraph, typeName)
    .some(({ selections }) =>
      selections.some((each) => each.kind === Kind.FIELD && each.name.value === field),
    );
}

function compact(operation: OperationDefinitionNode): string {
  return stripIgnoredCharacters(print(operation));
}
