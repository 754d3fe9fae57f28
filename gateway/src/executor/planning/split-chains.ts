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
import { type Detour, type DetourLimits, Detours, eachOnce } from './detour.ts';
import { topNames } from './split-by-requirements.ts';
import { isKnowable, type Place, placeBelow } from './without-unresolvable.ts';

type Path = readonly (string | number)[];

/** Chains are short, and a plan is not to grow without end, nor to be sought for long. */
const limitsOfPlan: Readonly<DetourLimits> = { fetches: 60, looks: 5_000 };

/** Where the subgraph is asked, and by which reference. */
interface Here extends Place {
  readonly path: Path;
  /** What the reference holds; `null` for an object that none names. */
  readonly sent: ReadonlySet<string> | null;
}

/**
 * Where one `@requires` needs what itself requires something, the planner asks the second field without its
 * requirement. Here what is required is fetched first, from whoever gives it, and then the field. Where that cannot
 * be had by the keys at hand, or takes more than a plan may grow by, the plan stays as it is: the field is not asked,
 * and told as unresolved.
 */
export function splitChains(plan: QueryPlan, facts: GraphFacts): QueryPlan {
  const { node } = plan;
  if (!node || node.kind === 'Subscription' || !facts.joins.hasRequirements) return plan;
  return { ...plan, node: splitNode(node, facts, { ...limitsOfPlan }) };
}

function splitNode(node: PlanNode, facts: GraphFacts, limits: DetourLimits): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((each) => splitNode(each, facts, limits)) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: splitNode(node.ifClause, facts, limits) } : {}),
        ...(node.elseClause ? { elseClause: splitNode(node.elseClause, facts, limits) } : {}),
      };
    case 'Flatten':
      return node.node.kind === 'Fetch' ? splitFetch(node, node.node, facts, limits) : node;
    case 'Fetch':
      return splitFetch(node, node, facts, limits);
    case 'Defer':
      return node;
  }
}

function splitFetch(
  whole: FlattenNode | FetchNode,
  fetch: FetchNode,
  facts: GraphFacts,
  limits: DetourLimits,
): PlanNode {
  // Names that are changed on the way back are not those of the data.
  if ((fetch.outputRewrites ?? []).length > 0) return whole;
  const [operation] = parse(fetch.operation, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return whole;
  const splitter = new FetchSplitter(fetch, operation, facts, limits);
  const selectionSet = splitter.split(whole.kind === 'Flatten' ? whole.path : []);
  if (splitter.detours.size === 0) return whole;
  const left = { ...fetch, operation: compact({ ...operation, selectionSet }) };
  const first: PlanNode = whole.kind === 'Flatten' ? { ...whole, node: left } : left;
  return {
    kind: 'Sequence',
    nodes: [
      first,
      ...levelsOf(splitter.detours).map(
        (level): PlanNode => ({
          kind: 'Parallel',
          nodes: level.map((each) => splitNode(each.fetch, facts, limits)),
        }),
      ),
    ],
  };
}

/** Those of a level need only those of the levels before it. */
function levelsOf(detours: ReadonlySet<Detour>): readonly (readonly Detour[])[] {
  const all = [...detours];
  const depth = Math.max(...all.map(({ level }) => level)) + 1;
  return Array.from({ length: depth }, (_, at) => all.filter(({ level }) => level === at));
}

class FetchSplitter {
  readonly detours = new Set<Detour>();
  readonly #places = new Map<string, Detours>();
  readonly #fetch: FetchNode;
  readonly #operation: OperationDefinitionNode;
  readonly #facts: GraphFacts & { readonly subgraph: string };
  readonly #limits: DetourLimits;

  constructor(
    fetch: FetchNode,
    operation: OperationDefinitionNode,
    facts: GraphFacts,
    limits: DetourLimits,
  ) {
    this.#fetch = fetch;
    this.#operation = operation;
    this.#facts = { ...facts, subgraph: fetch.serviceName };
    this.#limits = limits;
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
    if (!this.#isKnown(field.name.value, here) && this.#limits.fetches > 0) {
      const detour = this.#detoursAt(here).to(field);
      if (detour && this.#take(detour)) return detour.keys;
    }
    if (!field.selectionSet) return [field];
    const name = field.alias?.value ?? field.name.value;
    const below = placeBelow(field.name.value, here, this.#facts);
    const path = [...here.path, name];
    const selectionSet = this.#selections(field.selectionSet, { ...below, path, sent: null });
    return [{ ...field, selectionSet }];
  }

  #detoursAt(here: Here): Detours {
    const place = JSON.stringify([here.typeName, here.path]);
    const known = this.#places.get(place);
    if (known) return known;
    const variables = this.#operation.variableDefinitions ?? [];
    const detours = new Detours(this.#facts, here, variables, this.#limits);
    this.#places.set(place, detours);
    return detours;
  }

  /** Takes all that the detour needs, or nothing where the plan would grow too much. */
  #take(detour: Detour): boolean {
    if (this.detours.has(detour)) return true;
    const added = new Set([detour]);
    for (const each of added) {
      for (const before of each.after) if (!this.detours.has(before)) added.add(before);
    }
    if (added.size > this.#limits.fetches) return false;
    this.#limits.fetches -= added.size;
    for (const each of added) this.detours.add(each);
    return true;
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
