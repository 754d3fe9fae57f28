import { parentPort } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { PlannerJob, PlannerReply } from './planner-job.ts';

/** One supergraph in the planner's own form. */
interface Planned {
  readonly supergraph: Supergraph;
  readonly planner: QueryPlanner;
}

const graphs = new Map<number, Planned>();

function load(sdl: string, validate: boolean): Planned {
  // Looked through once as it was composed: what stands in for required fields is no schema anybody wrote.
  if (validate) Supergraph.build(sdl, { validateSupergraph: true });
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    // Otherwise objects of one type are asked what the client wants of those of another.
    typeConditionedFetching: true,
    // Of thousands of equal plans the first few hundred are as good as the best.
    debug: { maxEvaluatedPlans: 200 },
  });
  return { supergraph, planner };
}

function answer(job: PlannerJob): PlannerReply {
  try {
    if (job.kind === 'load') {
      graphs.set(job.graph, load(job.sdl, job.validate));
      return { id: job.id, kind: 'loaded' };
    }
    const graph = graphs.get(job.graph);
    if (job.kind === 'drop' || !graph) {
      graphs.delete(job.graph);
      return { id: job.id, kind: 'failed', message: 'There is no such graph' };
    }
    const document = parse(job.operation, { noLocation: true });
    const operation = operationFromDocument(graph.supergraph.apiSchema(), document, {
      validate: false,
    });
    return { id: job.id, kind: 'planned', plan: graph.planner.buildQueryPlan(operation) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: job.id, kind: 'failed', message };
  }
}

parentPort?.on('message', (job: PlannerJob) => {
  const reply = answer(job);
  if (job.id !== 0) parentPort?.postMessage(reply);
});
