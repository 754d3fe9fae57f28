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

/** The thread that the planners of all supergraph versions share; it does one thing after the other. */
export interface PlannerThread {
  /** Rejects when the planner does not take the supergraph; comes before plans that wait. */
  load(sdl: string, validate: boolean): Promise<Planner>;
  close(): Promise<void>;
}

export interface PlannerThreadOptions {
  /** After which a thread that still plans is ended; milliseconds. Waiting and reading the supergraph are not counted. */
  readonly timeoutMs: number;
  /** The same for reading a supergraph; a minute when absent. */
  readonly loadTimeoutMs?: number;
  /** After which an idle thread is ended, until it is asked again; milliseconds, ten seconds when absent. */
  readonly idleMs?: number;
  /** Hears why a thread was ended. */
  readonly onEnd: (cause: unknown) => void;
  /** The worker's file; tests bring their own. */
  readonly workerFile?: URL;
  /** Milliseconds; the process's clock when absent. */
  readonly now?: () => number;
}

interface Graph {
  readonly id: number;
  readonly sdl: string;
}

interface Job {
  readonly graph: Graph;
  readonly work: { readonly kind: 'load'; readonly validate: boolean } | PlanWork;
  readonly resolve: (reply: PlannerReply) => void;
  readonly reject: (error: Error) => void;
  /** Whether a thread was ended while this waited. */
  hasWaited: boolean;
}

interface PlanWork {
  readonly kind: 'plan';
  readonly operation: string;
}

/** A thread, and what it has so far. */
interface Running {
  readonly worker: Worker;
  /** Graphs that it has read, by id. */
  readonly loaded: Set<number>;
  readonly startedAt: number;
  /** From its start until it had read a graph; milliseconds. */
  readyMs: number;
}

/** What the thread is doing. */
interface UnderWay {
  readonly id: number;
  readonly job: Job;
  readonly isLoading: boolean;
  readonly timer: NodeJS.Timeout;
}

/** The heap's room for new objects, three semi-spaces; otherwise the thread has as much as the process is told to have. */
const youngGenerationMb = 12;
/** A thread stays at least so many times as long as it took to be ready. */
const stayTimes = 10;

/** One thread; started when it is asked, and anew should it have ended. It reads a supergraph when it plans for it. */
export function createPlannerThread(options: PlannerThreadOptions): PlannerThread {
  const workerFile = options.workerFile ?? new URL('./start-planner-worker.mjs', import.meta.url);
  const { loadTimeoutMs = 60_000, idleMs = 10_000, now = () => performance.now() } = options;
  const graphs = new Set<Graph>();
  /** One is given at a time: who waits has no part in the end of a thread. */
  const queue: Job[] = [];
  let running: Running | undefined;
  let underWay: UnderWay | undefined;
  let last = 0;
  let isClosed = false;
  /** Plans are made once, and the planner is a third of the process's memory: after a while without a question it goes. */
  let idle: NodeJS.Timeout | undefined;

  function start(): Running {
    const worker = new Worker(workerFile, {
      execArgv: [],
      stdout: false,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    worker.on('message', take);
    worker.on('error', (cause) => end(cause, worker));
    worker.on('exit', () => end(new Error('the planner ended'), worker));
    return { worker, loaded: new Set(), startedAt: now(), readyMs: 0 };
  }

  function next(): void {
    if (underWay) return;
    const job = queue.shift();
    if (job) give(job);
    else if (running) rest(running);
  }

  function give(job: Job): void {
    const { graph, work } = job;
    if (work.kind === 'plan' && !graphs.has(graph)) {
      job.reject(new GraphQLError('There is no such graph'));
      next();
      return;
    }
    clearTimeout(idle);
    running ??= start();
    const { worker, loaded } = running;
    worker.ref();
    const isLoading = work.kind === 'load' || !loaded.has(graph.id);
    last += 1;
    const id = last;
    const timeoutMs = isLoading ? loadTimeoutMs : options.timeoutMs;
    const timer = setTimeout(() => {
      if (work.kind === 'plan' && !isLoading) job.reject(tooLong());
      end(new Error(`the planner took longer than ${timeoutMs} ms`), worker);
    }, timeoutMs);
    underWay = { id, job, isLoading, timer };
    const message: PlannerJob =
      work.kind === 'plan' && !isLoading
        ? { id, graph: graph.id, kind: 'plan', operation: work.operation }
        : {
            id,
            graph: graph.id,
            kind: 'load',
            sdl: graph.sdl,
            validate: work.kind === 'load' && work.validate,
          };
    worker.postMessage(message);
  }

  function take(reply: PlannerReply): void {
    if (reply.id !== underWay?.id || !running) return;
    const { job, isLoading, timer } = underWay;
    clearTimeout(timer);
    underWay = undefined;
    const isLoaded = isLoading && reply.kind === 'loaded';
    if (isLoaded) {
      running.loaded.add(job.graph.id);
      running.readyMs ||= now() - running.startedAt;
    }
    if (isLoaded && job.work.kind === 'plan') {
      give(job);
      return;
    }
    job.resolve(reply);
    next();
  }

  function rest({ worker, readyMs }: Running): void {
    worker.unref();
    clearTimeout(idle);
    idle = setTimeout(
      () => {
        if (running?.worker !== worker || underWay) return;
        running = undefined;
        void worker.terminate();
      },
      Math.max(idleMs, stayTimes * readyMs),
    ).unref();
  }

  function end(cause: unknown, worker: Worker): void {
    if (running?.worker !== worker) return;
    running = undefined;
    clearTimeout(idle);
    void worker.terminate();
    if (!isClosed) options.onEnd(cause);
    const ended = underWay ? [underWay.job] : [];
    clearTimeout(underWay?.timer);
    underWay = undefined;
    // Nobody waits for more than two threads to end.
    const waiting = queue.splice(0);
    for (const job of waiting) {
      if (isClosed || job.hasWaited) ended.push(job);
      else queue.push(job);
      job.hasWaited = true;
    }
    for (const { reject } of ended) {
      reject(new GraphQLError('The planner was ended before it had a plan'));
    }
    next();
  }

  function ask(graph: Graph, work: Job['work']): Promise<PlannerReply> {
    if (isClosed) return Promise.reject(new GraphQLError('The gateway is stopping'));
    return new Promise((resolve, reject) => {
      const job: Job = { graph, work, resolve, reject, hasWaited: false };
      if (work.kind === 'load') queue.unshift(job);
      else queue.push(job);
      next();
    });
  }

  return {
    async load(sdl, validate) {
      last += 1;
      const graph: Graph = { id: last, sdl };
      const reply = await ask(graph, { kind: 'load', validate });
      if (reply.kind === 'failed') throw new Error(reply.message);
      graphs.add(graph);
      return {
        async plan(operation) {
          const answer = await ask(graph, { kind: 'plan', operation });
          if (answer.kind === 'planned') return answer.plan;
          throw new GraphQLError(
            answer.kind === 'failed' ? answer.message : 'The planner gave no plan',
          );
        },
        release() {
          graphs.delete(graph);
          running?.worker.postMessage({ kind: 'drop', id: 0, graph: graph.id });
        },
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(idle);
      const { worker } = running ?? {};
      if (worker) end(new Error('closed'), worker);
      await worker?.terminate();
    },
  };
}

function tooLong(): GraphQLError {
  return new GraphQLError('The query takes too long to plan: ask for less at a time', {
    extensions: { code: 'QUERY_TOO_COSTLY' },
  });
}
