import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { isInherited } from '../json-object.ts';
import type { FetchStep, PathStep } from '../running/fetch-step.ts';
import { compileFetch, type GraphFacts } from './compile-fetch.ts';
import { withReferences } from './find-references.ts';
import { findReuses, type Reuse } from './find-reuses.ts';

/** The fetches of a plan, each knowing which it waits for. */
export interface CompiledPlan {
  readonly steps: readonly FetchStep[];
  /** For each step, those that wait for it. */
  readonly followers: readonly (readonly number[])[];
  /** How many steps each group waits for: its own, and those that may tell what it would ask. */
  readonly groupSizes: readonly number[];
  /** For each step, what its answer may spare later ones. */
  readonly reuses: readonly (readonly Reuse[])[];
  /** For each step, the groups that wait for its answer without being asked of its objects. */
  readonly sparedGroups: readonly (readonly number[])[];
}

interface Place {
  readonly path: readonly PathStep[];
  readonly conditions: FetchStep['conditions'];
  readonly after: readonly number[];
}

/** Reads the plan's tree once; what runs it follows lists. */
export function compilePlan(plan: QueryPlan, facts: GraphFacts): CompiledPlan {
  const fetches: FetchStep[] = [];
  const groups = new Map<string, number>();
  const groupSizes: number[] = [];

  function groupOf({ representations, hop, subgraph }: Omit<FetchStep, 'index' | 'group'>) {
    if (!representations) return -1;
    const group = groups.get(`${hop} ${subgraph}`) ?? groupSizes.push(0) - 1;
    groups.set(`${hop} ${subgraph}`, group);
    groupSizes[group] = (groupSizes[group] ?? 0) + 1;
    return group;
  }

  /** Returns the steps that whatever comes after must wait for. */
  function walk(node: PlanNode, place: Place): readonly number[] {
    switch (node.kind) {
      case 'Sequence': {
        let { after } = place;
        for (const child of node.nodes) {
          const last = walk(child, { ...place, after });
          if (last.length > 0) after = last;
        }
        return after === place.after ? [] : after;
      }
      case 'Parallel':
        return node.nodes.flatMap((child) => walk(child, place));
      case 'Flatten': {
        return walk(node.node, { ...place, path: readPath(place.path, node.path) });
      }
      case 'Condition': {
        const under = (value: boolean) => ({
          ...place,
          conditions: [...place.conditions, { variable: node.condition, value }],
        });
        return [
          ...(node.ifClause ? walk(node.ifClause, under(true)) : []),
          ...(node.elseClause ? walk(node.elseClause, under(false)) : []),
        ];
      }
      case 'Fetch': {
        const hop = place.after.reduce((most, index) => Math.max(most, hopOf(index) + 1), 0);
        return compileFetch(node, facts, { ...place, hop }).map((step) => {
          const index = fetches.length;
          fetches.push({ ...step, index, group: groupOf(step) });
          return index;
        });
      }
      case 'Defer':
        throw new Error('the planner was not told to defer');
    }
  }

  const hopOf = (index: number): number => fetches[index]?.hop ?? 0;
  if (plan.node && plan.node.kind !== 'Subscription') {
    walk(plan.node, { path: [], conditions: [], after: [] });
  }
  const followers = fetches.map(({ index }) =>
    fetches.flatMap((step) => (step.after.includes(index) ? [step.index] : [])),
  );
  const steps = withReferences(fetches, facts.keys);
  const reuses = findReuses(steps);
  const sparedGroups = reuses.map((ofStep) => [...new Set(ofStep.map(({ later }) => later.group))]);
  for (const group of sparedGroups.flat()) groupSizes[group] = (groupSizes[group] ?? 0) + 1;
  return { steps, followers, groupSizes, reuses, sparedGroups };
}

/** The planner writes `items`, `@` for the entries of a list, and `|[A,B]` behind either for those of some types only. */
function readPath(
  before: readonly PathStep[],
  parts: readonly (string | number)[],
): readonly PathStep[] {
  const path = [...before];
  for (const part of parts) {
    const [key = '', listed] = String(part).split('|');
    const types = listed === undefined ? null : new Set(listed.slice(1, -1).split(/,\s*/u));
    if (key !== '' && key !== '@')
      path.push({ key, isInherited: isInherited(key), types, isShared: false });
    else if (types) {
      const last = path.pop();
      if (last) path.push({ ...last, types });
    }
  }
  return path;
}
