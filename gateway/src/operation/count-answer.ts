import type { CostNode } from './cost.ts';

/** What an answer turned out to be. */
export interface AnswerCount {
  /** By the same weights as the estimate, with the sizes that the lists really had. */
  readonly cost: number;
  /** Entries of lists that are objects. */
  readonly rows: number;
  /** People in the answer: different ones where it names their `ref`, else each as often as it is there. */
  readonly persons: number;
  /** Places where a person would be and none is shown: restricted, not shared, unknown, or not available. */
  readonly withheld: number;
}

interface CountNode {
  weight: number;
  isPerson: boolean;
  readonly children: Map<string, CountNode>;
}

/** Counts answers of one operation; a field selected twice is in the answer once. */
export function createAnswerCounter(root: CostNode): (data: unknown) => AnswerCount {
  const top = merge(emptyNode(), root);
  return (data) => {
    let cost = root.weight;
    let rows = 0;
    let unnamedPersons = 0;
    let withheld = 0;
    const refs = new Set<string>();
    const visit = (node: CountNode, value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, child] of node.children) {
        if (name in value) count(child, (value as Record<string, unknown>)[name], false);
      }
    };
    const count = (node: CountNode, value: unknown, isRow: boolean) => {
      if (value === null && node.isPerson) withheld += 1;
      if (value === null || value === undefined) return;
      if (Array.isArray(value)) {
        for (const entry of value) count(node, entry, true);
        return;
      }
      cost += node.weight;
      if (typeof value !== 'object') return;
      if (isRow) rows += 1;
      if (node.isPerson) {
        if ('ref' in value && typeof value.ref === 'string') refs.add(value.ref);
        else unnamedPersons += 1;
      }
      visit(node, value);
    };
    visit(top, data);
    return { cost, rows, persons: unnamedPersons + refs.size, withheld };
  };
}

function emptyNode(): CountNode {
  return { weight: 0, isPerson: false, children: new Map() };
}

function merge(into: CountNode, node: CostNode): CountNode {
  into.weight = Math.max(into.weight, node.weight);
  into.isPerson ||= node.isPerson;
  for (const child of node.children) {
    const known = into.children.get(child.responseName) ?? emptyNode();
    into.children.set(child.responseName, merge(known, child));
  }
  return into;
}
