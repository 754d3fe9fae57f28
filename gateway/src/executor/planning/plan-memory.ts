import type { QueryPlan } from '@apollo/query-planner';
import { BoundedMap } from '../../bounded-map.ts';
import type { Supergraph } from '../../supergraph/read-supergraph.ts';
import { createPlanFingerprint } from './plan-fingerprint.ts';

/** Plans that outlive the supergraph version they were made for, as long as what they are made of stays the same. */
export interface PlanMemory {
  /** The plan of a canonical operation: a remembered one, or what `make` gives. */
  find(
    operation: string,
    supergraph: Supergraph,
    make: () => Promise<QueryPlan>,
  ): Promise<QueryPlan>;
}

interface Remembered {
  readonly plan: QueryPlan;
  /** Of the definitions the plan goes by, in the version it was made or last found right for. */
  readonly fingerprint: string;
  readonly version: string;
}

/** Remembers the plans used last, `maxBytes` of them at the most. */
export function createPlanMemory(maxBytes: number): PlanMemory {
  const plans = new BoundedMap<string, Remembered & { readonly size: number }>(10_000, {
    maxSize: maxBytes,
    sizeOf: ({ size }) => size,
  });
  const fingerprints = new WeakMap<Supergraph, ReturnType<typeof createPlanFingerprint>>();
  const fingerprintOf = (supergraph: Supergraph) => {
    const known = fingerprints.get(supergraph) ?? createPlanFingerprint(supergraph);
    fingerprints.set(supergraph, known);
    return known;
  };
  return {
    async find(operation, supergraph, make) {
      const remembered = plans.get(operation);
      if (remembered?.version === supergraph.version) return remembered.plan;
      if (remembered) {
        const fingerprint = fingerprintOf(supergraph)(operation, remembered.plan);
        if (fingerprint === remembered.fingerprint) {
          plans.set(operation, { ...remembered, version: supergraph.version });
          return remembered.plan;
        }
      }
      const plan = await make();
      plans.set(operation, {
        plan,
        fingerprint: fingerprintOf(supergraph)(operation, plan),
        version: supergraph.version,
        // Two bytes a character, and the objects around them.
        size: 4 * (operation.length + JSON.stringify(plan).length),
      });
      return plan;
    },
  };
}
