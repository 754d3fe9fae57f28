import { contextHeader } from '@tavolo/caller-context';
import { createDeadline } from '@tavolo/deadline';
import type { AllowedNetworks } from '@tavolo/routing-address';
import { isLoopbackHost } from './is-loopback-host.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { ContentEncoding } from './transport/answer-head.ts';
import { type CallDeadline, CallDeadlines } from './transport/call-deadlines.ts';
import { createCheckedConnector } from './transport/checked-connector.ts';
import { Circuit, type CircuitOutcome } from './transport/circuit.ts';
import { createTransport } from './transport/create-transport.ts';
import { readHealthStatus } from './transport/health-status.ts';
import { endOfSignal, type OperationEnd } from './transport/operation-end.ts';
import { postOnce } from './transport/post-once.ts';
import { Turns } from './transport/turns.ts';

/** Limits of every conversation with one subgraph. */
export interface SubgraphClientLimits {
  readonly callTimeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Sockets open at once to one subgraph; one question at a time on each. */
  readonly connections: number;
  /** Questions that may wait for a free socket; more are refused at once as `BUSY`. */
  readonly maxWaiting: number;
  readonly breakerFailures: number;
  /** How long a broken circuit stays open before one question is let through to try. */
  readonly breakerOpenMs: number;
  /** Upper bound of the random wait before the one retry of a query. */
  readonly retryJitterMs: number;
}

/** One question to one subgraph. */
export interface SubgraphQuestion {
  readonly body: string;
  readonly isQuery: boolean;
  readonly requestId: string;
  /** Who asks, signed for one attempt: a subgraph takes each context once. `undefined` where nobody signs. */
  callerContext(): string | undefined;
  /** When nobody waits for it any more. */
  readonly end: OperationEnd;
  remainingMs(): number;
}

/** The only road from the gateway to one institution's server. */
export interface SubgraphClient {
  readonly url: string;
  /** Resolves to the parsed JSON object, whatever it holds; rejects only with {@link SubgraphFailure}. */
  ask(question: SubgraphQuestion): Promise<object>;
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** Whether it says it is ready, or, without a health page, answers `{ __typename }`; never rejects. */
  isReady(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens no connection until the first question: the gateway starts with any partner down. */
export function createSubgraphClient(
  url: string,
  limits: SubgraphClientLimits,
  allowedNetworks: AllowedNetworks,
  random: () => number,
): SubgraphClient {
  const target = new URL(url);
  const timeoutMs = limits.callTimeoutMs;
  const transport = createTransport(target.origin, limits.connections, {
    http1: createCheckedConnector(allowedNetworks, { timeoutMs }),
    negotiating: createCheckedConnector(allowedNetworks, { timeoutMs, offersHttp2: true }),
  });
  // On one machine compressing costs both sides time and saves nobody any.
  const encodings: readonly ContentEncoding[] = isLoopbackHost(target.host)
    ? ['identity']
    : ['gzip', 'br', 'identity'];
  const path = `${target.pathname}${target.search}`;
  const circuit = new Circuit(limits.breakerFailures, limits.breakerOpenMs, Date.now);
  const deadlines = new CallDeadlines(timeoutMs);
  const turns = new Turns(limits.connections, limits.maxWaiting);
  const giveBack = () => turns.giveBack();
  const { maxAnswerBytes } = limits;

  async function attempt(question: SubgraphQuestion, call: CallDeadline): Promise<object> {
    if (!turns.take() && !(await turns.wait(call))) throw ended(call);
    let headers: readonly string[];
    try {
      headers = headersOf(question, call);
    } catch (error) {
      giveBack();
      throw error;
    }
    return postOnce(
      transport,
      { path, body: question.body, headers, encodings, maxAnswerBytes },
      call,
      giveBack,
    );
  }

  async function askWithRetry(question: SubgraphQuestion, call: CallDeadline): Promise<object> {
    try {
      return await attempt(question, call);
    } catch (error) {
      const again = question.isQuery && error instanceof SubgraphFailure && error.retriable;
      if (!again || call.ended !== undefined) throw error;
      if (!(await pause(random() * limits.retryJitterMs, call))) throw ended(call);
      return await attempt(question, call);
    }
  }

  return {
    url,
    get circuit() {
      return circuit.state;
    },
    async ask(question) {
      if (question.end.ended !== undefined) throw new SubgraphFailure(question.end.ended);
      if (turns.isFull) throw new SubgraphFailure('BUSY', { retryAfterSeconds: 1 });
      const entry = circuit.enter();
      if (entry === 'refused') throw openCircuit(circuit.remainingMs());
      const call = deadlines.start(question.end);
      let outcome: CircuitOutcome = 'ANSWERED';
      try {
        return await askWithRetry(question, call);
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        deadlines.release(call);
        circuit.leave(entry, outcome);
      }
    },
    async isReady(timeoutMs) {
      const time = createDeadline(timeoutMs);
      const call = deadlines.start(endOfSignal(time.signal));
      try {
        const status = await readHealthStatus(transport, '/health/ready', call);
        if (status === 200) return true;
        if (status === 503) return false;
        const body = '{"query":"{__typename}"}';
        const question = { path, body, headers: [], encodings, maxAnswerBytes };
        return 'data' in (await postOnce(transport, question, call, () => undefined));
      } catch (error) {
        // Who refuses a stranger, as it should, is there. Otherwise "not ready" is the answer; why is in the log.
        return error instanceof SubgraphFailure && error.outcome === 'DENIED';
      } finally {
        deadlines.release(call);
        time.release();
      }
    },
    async close() {
      deadlines.close();
      await transport.destroy();
    },
  };
}

/** With the caller's context signed now: a subgraph takes each one once, and not long after it was made. */
function headersOf(question: SubgraphQuestion, call: CallDeadline): readonly string[] {
  const context = question.callerContext();
  const remainingMs = Math.min(question.remainingMs(), call.remainingMs());
  const headers = ['x-request-id', question.requestId, 'x-deadline-ms', String(remainingMs)];
  if (context !== undefined) headers.push(contextHeader, context);
  return headers;
}

/** A question cancelled by its reader, or an address that is never connected to, says nothing of the partner. */
function outcomeOf(error: unknown): CircuitOutcome {
  if (!(error instanceof SubgraphFailure)) return 'NEITHER';
  if (error.outcome === 'DENIED') return 'ANSWERED';
  return error.reason === 'CANCELLED' || error.reason === 'ADDRESS_REFUSED' ? 'NEITHER' : 'FAILED';
}

function openCircuit(remainingMs: number): SubgraphFailure {
  return new SubgraphFailure('CIRCUIT_OPEN', {
    retryAfterSeconds: Math.max(1, Math.ceil(remainingMs / 1000)),
  });
}

function ended(call: CallDeadline): SubgraphFailure {
  return new SubgraphFailure(call.ended ?? 'CANCELLED');
}

/** Ends early, with `false`, when the call does, so that a wait never outlives its question. */
function pause(ms: number, call: CallDeadline): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms);
    call.onEnd(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
