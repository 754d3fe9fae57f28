import { SubgraphFailure } from '../subgraph-failure.ts';
import { damage, type LostRead } from './damage.ts';
import type { Fault } from './faults.ts';
import type { InProcessSubgraph, ReadSite, SubgraphCallContext, Violation } from './subgraph.ts';

/** What a gateway can ask. */
export interface OracleSubgraph {
  readonly name: string;
  /** Resolves to a GraphQL answer; rejects with `SubgraphFailure` only. */
  ask(body: string): Promise<object>;
}

/** What happened between a gateway and its subgraphs while it answered one question. */
export interface Trace {
  readonly calls: { readonly subgraph: string; readonly body: string }[];
  readonly reads: ReadSite[];
  readonly violations: Violation[];
  readonly effects: string[];
  /** What was read and did not reach the gateway as it is. */
  readonly lost: LostRead[];
  /** Calls that went wrong, also those that nothing was read for. */
  readonly failed: string[];
}

/** Subgraphs that are asked on behalf of one question at a time. */
export interface SubgraphCalls {
  readonly subgraphs: readonly OracleSubgraph[];
  /** What is asked from now on is for a new question, and goes wrong as these say. */
  begin(faults: readonly Fault[]): Trace;
}

export function createSubgraphCalls(subgraphs: readonly InProcessSubgraph[]): SubgraphCalls {
  const fresh = (): Trace => ({
    calls: [],
    reads: [],
    violations: [],
    effects: [],
    lost: [],
    failed: [],
  });
  let trace = fresh();
  let faults: readonly Fault[] = [];

  async function ask(subgraph: InProcessSubgraph, body: string): Promise<object> {
    const current = trace;
    const mine = faults.filter((fault) => fault.subgraph === subgraph.name);
    const call = current.calls.filter((each) => each.subgraph === subgraph.name).length;
    current.calls.push({ subgraph: subgraph.name, body });
    // Written by the gateway under test, which writes these two.
    const { query, variables = {} } = JSON.parse(body) as {
      query: string;
      variables?: Readonly<Record<string, unknown>>;
    };
    const context: SubgraphCallContext = {
      reads: [],
      violations: current.violations,
      effects: current.effects,
      failIfFaulty: () => undefined,
    };
    const answer = await subgraph.answer(query, variables, context);
    current.reads.push(...context.reads);
    const failing = mine.flatMap((fault) => (fault.kind === 'field-error' ? [fault] : []));
    const damaged = await damage({
      subgraph,
      call,
      query,
      answer,
      reads: context.reads,
      faults: mine,
      again: () =>
        subgraph.answer(query, variables, {
          ...context,
          reads: [],
          violations: [],
          effects: [],
          failIfFaulty: (identity, field) => {
            if (failing.some((fault) => fault.identity === identity && fault.field === field)) {
              throw new Error('a fault');
            }
          },
        }),
    });
    current.lost.push(...damaged.lost);
    if (damaged.answer === undefined || !('data' in damaged.answer))
      current.failed.push(subgraph.name);
    if (damaged.answer === undefined) throw new SubgraphFailure('CONNECTION_FAILED');
    return damaged.answer;
  }

  return {
    subgraphs: subgraphs.map((subgraph) => ({
      name: subgraph.name,
      ask: (body) => ask(subgraph, body),
    })),
    begin(newFaults) {
      faults = newFaults;
      trace = fresh();
      return trace;
    },
  };
}
