import { parentPort } from 'node:worker_threads';
import { composeGraph } from './compose-graph.ts';
import type { CompositionJob, CompositionReply } from './composition-job.ts';

parentPort?.on('message', (job: CompositionJob) => parentPort?.postMessage(answer(job)));

function answer(job: CompositionJob): CompositionReply {
  try {
    return { kind: 'done', result: composeGraph(job) };
  } catch (cause) {
    return { kind: 'failed', message: cause instanceof Error ? cause.message : 'no error' };
  }
}
