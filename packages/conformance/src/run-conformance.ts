import { setMaxListeners } from 'node:events';
import type { Caller, ContextSigningKey } from '@tavolo/caller-context';
import { createDeadline } from '@tavolo/deadline';
import { type ConformanceLimits, defaultLimits } from './conformance-limits.ts';
import type { ConformancePromise, Outcome } from './conformance-promise.ts';
import { allPromises } from './conformance-promises.ts';
import type { ConformanceReport } from './conformance-report.ts';
import { createConversation } from './conversation.ts';
import type { EntityKeys } from './entity-keys.ts';
import { createEvidence } from './evidence.ts';
import { findCallers } from './find-callers.ts';
import { findSamples } from './find-samples.ts';
import { createContextForge } from './forge-context.ts';
import { dataOf, type HttpAnswer, NoAnswer } from './http-answer.ts';
import { lookAtEverything } from './look-at-everything.ts';
import { plainQuestion } from './plain-question.ts';
import { serviceQuestion } from './promises/service.ts';
import { sdlOf } from './sdl-of.ts';
import { readSubgraphModel, type SubgraphModel } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

export interface ConformanceOptions {
  /** `http://host:port` (then its endpoint is `/graphql`), or the endpoint itself. */
  readonly url: string;
  /** As the hub names it: the audience of every call. */
  readonly subgraph: string;
  /** The private half of a key that the subgraph was started with. */
  readonly contextKey: ContextSigningKey;
  readonly issuer: string;
  /** Keys of real (test) things, by type. */
  readonly samples?: EntityKeys;
  /** Values planted in the source that no answer may hold. */
  readonly canaries?: readonly string[];
  readonly publishedSdl?: string;
  readonly now: () => Date;
  /** A random text of 16–64 characters. */
  readonly newId: () => string;
  readonly onProgress?: (step: ConformanceStep) => void;
  readonly limits?: Partial<ConformanceLimits>;
}

/** The promise that is being tried. */
export interface ConformanceStep {
  readonly code: string;
  readonly number: number;
  readonly of: number;
}

type Result = ConformanceReport['results'][number];

/** Tries every promise of the contract on a running subgraph, from outside, as the gateway calls it. */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { subgraph, contextKey, issuer, now, newId, onProgress } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const whole = createDeadline(limits.totalMs);
  // Every call listens to it, and many are made at the same time.
  setMaxListeners(100, whole.signal);
  const marker = `conformance-${newId()}`;
  const evidence = createEvidence({ canaries: options.canaries ?? [], marker, now });
  const forge = createContextForge({ key: contextKey, subgraph, issuer, now, newId });
  const talk = createConversation({
    endpoint: endpointOf(options.url),
    forge,
    anybody: anybodyAt(subgraph, newId),
    limits,
    newId,
    signal: whole.signal,
    onAnswer: (what, answer) => evidence.look(what, answer),
  });
  try {
    const start = {
      talk,
      forge,
      limits,
      newId,
      now,
      marker,
      evidence,
      publishedSdl: options.publishedSdl,
    };
    const prepared = await prepare(start, options.samples ?? {});
    const results: Result[] = [];
    for (const [index, promise] of allPromises.entries()) {
      onProgress?.({ code: promise.code, number: index + 1, of: allPromises.length });
      results.push(await tryPromise(promise, prepared, whole.signal));
    }
    const isBroken = results.some(({ outcome }) => outcome === 'BROKEN');
    return { subgraph, verdict: isBroken ? 'DOES_NOT_CONFORM' : 'CONFORMS', results };
  } finally {
    whole.release();
    await talk.close();
  }
}

interface Prepared {
  readonly trial: Trial;
  /** Why nothing can be tried but whether a right call is answered; null = all can. */
  readonly hindrance: string | null;
}

/** Learns what the subgraph is, and looks at as much of what it tells as one question holds. */
async function prepare(
  start: Omit<Trial, 'model' | 'served' | 'samplesOf' | 'callerOf'>,
  samples: EntityKeys,
): Promise<Prepared> {
  const { anybody } = start.talk;
  const empty: Trial = {
    ...start,
    model: null,
    served: null,
    samplesOf: () => [],
    callerOf: () => anybody,
  };
  let served: HttpAnswer;
  try {
    const plain = await start.talk.post('a plain question with a right context', plainQuestion);
    if (dataOf(plain) === null) {
      return { trial: empty, hindrance: 'a call with a right context is not answered' };
    }
    served = await start.talk.ask(serviceQuestion, serviceQuestion);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { trial: empty, hindrance: error.message };
  }
  const model = modelOf(sdlOf(served));
  const trial: Trial = { ...empty, served, model };
  if (model === null) return { trial, hindrance: null };
  const callers = await findCallers(trial, model);
  const asking: Trial = { ...trial, callerOf: (list) => callers.get(list) ?? anybody };
  const found = await findSamples(asking, model, samples);
  const whole: Trial = { ...asking, samplesOf: (entity) => found.get(entity) ?? [] };
  await lookAtEverything(whole, model);
  return { trial: whole, hindrance: null };
}

function modelOf(sdl: string | null): SubgraphModel | null {
  if (sdl === null) return null;
  try {
    return readSubgraphModel(sdl);
  } catch {
    return null;
  }
}

async function tryPromise(
  promise: ConformancePromise,
  { trial, hindrance }: Prepared,
  signal: AbortSignal,
): Promise<Result> {
  const startedAt = performance.now();
  const found = await outcomeOf(promise, trial, hindrance, signal);
  const isBroken = found.outcome === 'BROKEN';
  return {
    code: promise.code,
    title: promise.title.en,
    outcome: found.outcome,
    sent: isBroken ? found.sent : null,
    came: isBroken ? found.came : null,
    change: isBroken ? promise.change : null,
    reason: found.outcome === 'NOT_TRIED' ? found.reason : null,
    milliseconds: Math.round(performance.now() - startedAt),
  };
}

async function outcomeOf(
  promise: ConformancePromise,
  trial: Trial,
  hindrance: string | null,
  signal: AbortSignal,
): Promise<Outcome> {
  if (hindrance !== null && promise.code !== 'CONTEXT_RIGHT_ACCEPTED') {
    return { outcome: 'NOT_TRIED', reason: hindrance };
  }
  try {
    return signal.aborted ? tooLate : await promise.tryOn(trial);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (signal.aborted) return tooLate;
    return { outcome: 'BROKEN', sent: error.sent, came: error.message };
  }
}

const tooLate: Outcome = { outcome: 'NOT_TRIED', reason: 'the time for the whole run was over' };

function endpointOf(text: string): URL {
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url;
}

/** Somebody who may see everything: what a subgraph keeps from them it keeps from all. */
function anybodyAt(subgraph: string, newId: () => string): Caller {
  return {
    organisation: 'conformance',
    partner: subgraph,
    user: 'u-conformance',
    roles: ['coordinator', 'analyst', 'case-worker', 'partner-it', 'fact-loader'],
    purposeId: 'conformance',
    purposeVersion: 1,
    categories: [
      'HEALTH',
      'VIOLENCE_TRAFFICKING',
      'SEXUAL_LIFE_ORIENTATION',
      'ETHNIC_RELIGION',
      'JUDICIAL',
      'MINOR',
    ],
    districts: null,
    requestId: newId(),
  };
}
