import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { PlannerJob, PlannerReply } from './planner-job.ts';

/** Apollo's query planner for one supergraph, in a thread of its own: planning holds whatever thread it is in. */
export interface Planner {
  /** Rejects with a `GraphQLError` for an operation that has no plan, or none within the time allowed. */
  plan(operation: string): Promise<QueryPlan>;
  release(): void;
}

/** The thread that the planners of all supergraph versions share. */
export interface PlannerThread {
  /** Rejects when the planner does not take the supergraph. */
  load(sdl: string, validate: boolean): Promise<Planner>;
  close(): Promise<void>;
}

export interface PlannerThreadOptions {
  /** After which a thread that still plans is ended; milliseconds. */
  readonly timeoutMs: number;
  /** The same for reading a supergraph; a minute when absent. */
  readonly loadTimeoutMs?: number;
  /** After which an idle thread is ended, until it is asked again; milliseconds, a minute when absent. */
  readonly idleMs?: number;
  /** Hears why a thread was ended. */
  readonly onEnd: (cause: unknown) => void;
  /** The worker's file; tests bring their own. */
  readonly workerFile?: URL;
}

interface Waiting {
  readonly resolve: (reply: PlannerReply) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Graph {
  readonly id: number;
  readonly sdl: string;
}

/** Of each kind of job. */
type WithoutId<Job> = Job extends unknown ? Omit<Job, 'id'> : never;

/** One thread; started with the first supergraph, and anew, with all of them, should it have ended. */
export function createPlannerThread(options: PlannerThreadOptions): PlannerThread {
  const workerFile = options.workerFile ?? new URL('./start-planner-worker.mjs', import.meta.url);
  const graphs = new Map<number, Graph>();
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;
  let isClosed = false;
  /** Plans are made once, and the planner's memory is a third of the process's: after a while without a question it goes. */
  let idle: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(workerFile, { execArgv: [], stdout: false });
    started.on('message', (reply: PlannerReply) => {
      const asker = waiting.get(reply.id);
      if (!asker) return;
      waiting.delete(reply.id);
      clearTimeout(asker.timer);
      if (waiting.size === 0) rest(started);
      asker.resolve(reply);
    });
    started.on('error', (cause) => end(cause, started));
    started.on('exit', () => end(new Error('the planner ended'), started));
    for (const { id, sdl } of graphs.values()) {
      started.postMessage({ kind: 'load', id: 0, graph: id, sdl, validate: false });
    }
    return started;
  }

  function rest(running: Worker): void {
    running.unref();
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (worker !== running || waiting.size > 0) return;
      worker = undefined;
      void running.terminate();
    }, options.idleMs ?? 60_000).unref();
  }

  function end(cause: unknown, ended: Worker): void {
    if (worker !== ended) return;
    worker = undefined;
    void ended.terminate();
    if (!isClosed) options.onEnd(cause);
    const all = [...waiting.values()];
    waiting.clear();
    for (const { timer, reject } of all) {
      clearTimeout(timer);
      reject(new GraphQLError('The planner was ended before it had a plan'));
    }
  }

  function ask(job: WithoutId<PlannerJob>): Promise<PlannerReply> {
    if (isClosed) return Promise.reject(new GraphQLError('The gateway is stopping'));
    worker ??= start();
    const running = worker;
    running.ref();
    last += 1;
    const id = last;
    const timeoutMs = job.kind === 'load' ? (options.loadTimeoutMs ?? 60_000) : options.timeoutMs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(tooLong());
        end(new Error(`the planner took longer than ${timeoutMs} ms`), running);
      }, timeoutMs);
      waiting.set(id, { resolve, reject, timer });
      running.postMessage({ ...job, id });
    });
  }

  return {
    async load(sdl, validate) {
      last += 1;
      const graph = last;
      const reply = await ask({ kind: 'load', graph, sdl, validate });
      if (reply.kind === 'failed') throw new Error(reply.message);
      graphs.set(graph, { id: graph, sdl });
      return {
        async plan(operation) {
          const answer = await ask({ kind: 'plan', graph, operation });
          if (answer.kind === 'planned') return answer.plan;
          throw new GraphQLError(
            answer.kind === 'failed' ? answer.message : 'The planner gave no plan',
          );
        },
        release() {
          graphs.delete(graph);
          worker?.postMessage({ kind: 'drop', id: 0, graph });
        },
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(idle);
      const running = worker;
      if (running) end(new Error('closed'), running);
      await running?.terminate();
    },
  };
}

function tooLong(): GraphQLError {
  return new GraphQLError('The query takes too long to plan: ask for less at a time', {
    extensions: { code: 'QUERY_TOO_COSTLY' },
  });
}
