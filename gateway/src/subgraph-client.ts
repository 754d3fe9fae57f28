import { contextHeader } from '@tavolo/caller-context';
import { createDeadline, type Deadline } from '@tavolo/deadline';
import type { AllowedNetworks } from '@tavolo/routing-address';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { Pool } from 'undici';
import { createCheckedConnector } from './checked-connector.ts';
import { postOnce } from './post-once.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

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
  readonly signal: AbortSignal;
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
  const pool = new Pool(target.origin, {
    connections: limits.connections,
    pipelining: 1,
    connect: createCheckedConnector(allowedNetworks, limits.callTimeoutMs),
    // Deadlines are the signal's; undici's own would report them under other names.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = `${target.pathname}${target.search}`;
  const breaker = circuitBreaker(
    // A question cancelled by its reader, or an address that is never connected to, says nothing of the partner,
    // unless it was the trial question.
    handleWhen(
      (error) =>
        error instanceof SubgraphFailure &&
        error.outcome === 'UNAVAILABLE' &&
        ((error.reason !== 'CANCELLED' && error.reason !== 'ADDRESS_REFUSED') ||
          breaker.state === CircuitState.HalfOpen),
    ),
    {
      breaker: new ConsecutiveBreaker(limits.breakerFailures),
      halfOpenAfter: limits.breakerOpenMs,
    },
  );
  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = Date.now();
  });
  let pending = 0;

  async function attempt(question: SubgraphQuestion, call: Deadline): Promise<object> {
    const context = question.callerContext();
    return postOnce(pool, {
      path,
      body: question.body,
      headers: {
        'x-request-id': question.requestId,
        ...(context === undefined ? {} : { [contextHeader]: context }),
        'x-deadline-ms': String(Math.min(question.remainingMs(), call.remainingMs())),
      },
      signal: call.signal,
      maxAnswerBytes: limits.maxAnswerBytes,
    });
  }

  async function askWithRetry(question: SubgraphQuestion): Promise<object> {
    const call = createDeadline(limits.callTimeoutMs, question.signal);
    try {
      try {
        return await attempt(question, call);
      } catch (error) {
        const again = question.isQuery && error instanceof SubgraphFailure && error.retriable;
        if (!again || call.signal.aborted) throw error;
        await pause(random() * limits.retryJitterMs, call.signal);
        return await attempt(question, call);
      }
    } finally {
      call.release();
    }
  }

  return {
    url,
    get circuit() {
      if (breaker.state === CircuitState.HalfOpen) return 'half-open';
      return breaker.state === CircuitState.Closed ? 'closed' : 'open';
    },
    async ask(question) {
      if (question.signal.aborted) throw new SubgraphFailure(reasonOf(question.signal));
      if (pending >= limits.connections + limits.maxWaiting) {
        throw new SubgraphFailure('BUSY', { retryAfterSeconds: 1 });
      }
      // While one question tries a broken circuit, the others are refused rather than made to wait for it.
      if (breaker.state === CircuitState.HalfOpen) throw openCircuit(limits.breakerOpenMs);
      pending += 1;
      try {
        return await breaker.execute(() => askWithRetry(question));
      } catch (error) {
        if (error instanceof BrokenCircuitError) {
          throw openCircuit(openedAt + limits.breakerOpenMs - Date.now());
        }
        throw error;
      } finally {
        pending -= 1;
      }
    },
    async isReady(timeoutMs) {
      const call = createDeadline(timeoutMs);
      try {
        const health = await pool.request({
          method: 'GET',
          path: '/health/ready',
          signal: call.signal,
        });
        await health.body.dump();
        if (health.statusCode === 200) return true;
        if (health.statusCode === 503) return false;
        const answer = await postOnce(pool, {
          path,
          body: '{"query":"{__typename}"}',
          headers: {},
          signal: call.signal,
          maxAnswerBytes: limits.maxAnswerBytes,
        });
        return 'data' in answer;
      } catch (error) {
        // Who refuses a stranger, as it should, is there. Otherwise "not ready" is the answer; why is in the log.
        return error instanceof SubgraphFailure && error.outcome === 'DENIED';
      } finally {
        call.release();
      }
    },
    close: () => pool.destroy(),
  };
}

function openCircuit(remainingMs: number): SubgraphFailure {
  return new SubgraphFailure('CIRCUIT_OPEN', {
    retryAfterSeconds: Math.max(1, Math.ceil(remainingMs / 1000)),
  });
}

function reasonOf(signal: AbortSignal): 'TIMEOUT' | 'CANCELLED' {
  return signal.reason === 'TIMEOUT' ? 'TIMEOUT' : 'CANCELLED';
}

/** Ends early when the deadline does, so that a wait never outlives its question. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
