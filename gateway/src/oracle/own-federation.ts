import { createLogger } from '@tavolo/process-kit';
import { createSubgraphSource } from '../create-subgraph-source.ts';
import { disableTelemetry } from '../disable-telemetry.ts';
import { createExecutor } from '../executor/create-executor.ts';
import { createPlanMemory } from '../executor/planning/plan-memory.ts';
import type { Planner, PlannerThread } from '../executor/planning/planner.ts';
import { readGraphFacts } from '../executor/planning/read-graph-facts.ts';
import { createOperationContext } from '../operation-context.ts';
import { createMismatchWatch } from '../schema-mismatch.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { readSupergraph } from '../supergraph/read-supergraph.ts';
import type { FederatedAnswer, StartFederation } from './federation.ts';
import type { OracleSubgraph } from './subgraph-calls.ts';

/** The gateway's executor and the sources it asks, with subgraphs of this process behind them. */
export function ownFederation(planners: PlannerThread): StartFederation {
  disableTelemetry();
  const logger = createLogger({ name: 'oracle', level: 'silent' });
  return async (sdl, subgraphs) => {
    const supergraph = readSupergraph(sdl, {}, 'warn');
    const { plannerSdl, facts } = readGraphFacts(supergraph);
    const loaded = await planners.load(plannerSdl, false);
    const plans = new Map<string, unknown>();
    let asked = '';
    const planner: Planner = {
      async plan(operation) {
        const plan = await loaded.plan(operation);
        plans.set(asked, plan);
        return plan;
      },
      release: () => loaded.release(),
    };
    const mismatches = createMismatchWatch(supergraph.version, logger);
    const sources = new Map(
      subgraphs.map((subgraph) => [
        subgraph.name,
        createSubgraphSource({
          name: subgraph.name,
          client: clientOf(subgraph),
          schema: supergraph.schema,
          mismatches,
          defaultRetryAfterSeconds: 1,
          logger,
        }),
      ]),
    );
    const executor = createExecutor({
      supergraph,
      facts,
      planner,
      plans: createPlanMemory(1_000_000),
      sourceOf(name) {
        const source = sources.get(name);
        if (!source) throw new Error(`the supergraph has no subgraph ${name}`);
        return source;
      },
      onMismatch: (subgraph, coordinate) => mismatches.note(subgraph, coordinate),
      maxOperations: 100,
    });
    return {
      async answer({ query, document, variables }) {
        asked = query;
        const question = { document, hash: query, operationName: undefined };
        const prepared = await executor.prepare(question);
        const operation = createOperationContext({
          signal: new AbortController().signal,
          remainingMs: () => 60_000,
        });
        const { text } = await executor.run(prepared, variables, operation);
        // Written by the executor as GraphQL answers are.
        const body = JSON.parse(text) as Partial<FederatedAnswer>;
        return { data: body.data, errors: body.errors ?? [] };
      },
      planOf: (query) => JSON.stringify(plans.get(query), undefined, 1),
      stop: () => executor.stop(),
    };
  };
}

function clientOf(subgraph: OracleSubgraph): SubgraphClient {
  return {
    url: `http://${subgraph.name}.example`,
    ask: ({ body }) => subgraph.ask(body),
    circuit: 'closed',
    isReady: async () => true,
    close: async () => undefined,
  };
}
