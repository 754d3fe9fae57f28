import { LoadProblem } from '@tavolo/analysis';
import { createDeadline } from '@tavolo/deadline';
import { z } from 'zod';
import type { TokenSource } from './fact-loader-token.ts';
import { readJsonBody } from './read-json-body.ts';

/** One page of a document's answer, complete: every institution asked has answered. */
export interface PageAnswer {
  readonly data: unknown;
  readonly sources: readonly AnswerSource[];
}

const estimate = z.object({ estimate: z.number(), low: z.number(), high: z.number() });
const answerSource = z.object({
  name: z.string(),
  status: z.string(),
  asOf: z.iso.datetime({ offset: true }).nullish().catch(null),
  completeness: z.number().min(0).max(1).nullish().catch(null),
  retryAfterSeconds: z.number().nonnegative().optional(),
  linkage: z.object({ precision: estimate, recall: estimate }).optional(),
});
export type AnswerSource = Readonly<z.infer<typeof answerSource>>;

const answer = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ extensions: z.object({ code: z.unknown() }).partial().optional() }))
    .optional(),
  extensions: z.object({ sources: z.array(answerSource).default([]) }).optional(),
});

export interface GatewayOptions {
  /** Without a path. */
  readonly gatewayUrl: string;
  readonly tokens: TokenSource;
  /** Between 0 and 1, so that loaders of two tables do not come back at the same moment. */
  readonly random: () => number;
  /** Resolves after so many milliseconds, or rejects with the signal. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly timeoutMs?: number;
}

export interface Gateway {
  /** Asks by the document's hash, again where that may help; a `LoadProblem` says what was in the way. */
  ask(
    documentHash: string,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<PageAnswer>;
}

const usualTimeoutMs = 60_000;
const longestPageBytes = 32 * 1024 * 1024;
const attempts = 5;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

type Attempt =
  | { readonly kind: 'ANSWER'; readonly answer: PageAnswer }
  | { readonly kind: 'LATER'; readonly reason: string; readonly afterMs: number | null };

export function createGateway(options: GatewayOptions): Gateway {
  return {
    async ask(documentHash, variables, signal) {
      let reason = '';
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        signal.throwIfAborted();
        const tried = await askOnce(options, { documentId: documentHash, variables }, signal);
        if (tried.kind === 'ANSWER') return tried.answer;
        reason = tried.reason;
        if (attempt === attempts - 1) break;
        const backOff = firstPauseMs * 2 ** attempt * (0.5 + options.random());
        await options.wait(Math.min(longestPauseMs, tried.afterMs ?? backOff), signal);
      }
      throw new LoadProblem(`${reason}, ${attempts} times`);
    },
  };
}

async function askOnce(
  { gatewayUrl, tokens, timeoutMs = usualTimeoutMs }: GatewayOptions,
  body: object,
  signal: AbortSignal,
): Promise<Attempt> {
  const deadline = createDeadline(timeoutMs, signal);
  try {
    const token = await tokens.token(deadline.signal);
    const response = await fetch(new URL('/graphql', gatewayUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      signal: deadline.signal,
    });
    if (response.status === 401) tokens.forget();
    if ([401, 429, 502, 503, 504].includes(response.status)) {
      await response.body?.cancel();
      return {
        kind: 'LATER',
        reason: `gateway: ${response.status}`,
        afterMs: readRetryAfter(response.headers.get('retry-after')),
      };
    }
    const read = answer.safeParse(await readJsonBody(response, longestPageBytes, 'gateway'));
    if (!read.success) throw new LoadProblem(`gateway: ${response.status} and no GraphQL`);
    return judge(response.status, read.data);
  } catch (cause) {
    if (signal.aborted) throw new LoadProblem('the service is closing', { cause });
    if (cause instanceof LoadProblem) throw cause;
    const isTimeout = deadline.signal.aborted;
    return {
      kind: 'LATER',
      reason: isTimeout
        ? `gateway: no answer within ${timeoutMs} ms`
        : 'gateway: cannot be reached',
      afterMs: null,
    };
  } finally {
    deadline.release();
  }
}

/**
 * A figure over half of the institutions would be wrong without looking so: one that did not answer ends the
 * load. One that says its own data are old is taken, with their age: what was loaded before is older still.
 */
function judge(status: number, { data, errors = [], extensions }: z.infer<typeof answer>): Attempt {
  const sources = extensions?.sources ?? [];
  const failed = sources.filter((source) => source.status !== 'OK' && source.status !== 'STALE');
  if (failed.length > 0) {
    const reason = failed
      .map((source) => `${plain(source.name)}: ${plain(source.status)}`)
      .join(', ');
    const again = failed.map(({ retryAfterSeconds }) => retryAfterSeconds);
    if (failed.every((source) => source.status === 'UNAVAILABLE')) {
      const known = again.filter((seconds) => seconds !== undefined);
      return {
        kind: 'LATER',
        reason,
        afterMs: known.length === 0 ? null : Math.max(...known) * 1_000,
      };
    }
    throw new LoadProblem(reason);
  }
  if (errors.length > 0 || status !== 200) {
    const codes = new Set(errors.map(({ extensions: more }) => plain(more?.code)));
    throw new LoadProblem(`gateway: ${status} ${[...codes].join(', ')}`.trim());
  }
  return { kind: 'ANSWER', answer: { data, sources } };
}

/** Names and codes only: whatever else an answer holds stays out of reasons and logs. */
function plain(word: unknown): string {
  return typeof word === 'string' && /^[A-Za-z][\w-]{0,60}$/u.test(word) ? word : 'unknown';
}

function readRetryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/u.test(header) ? Number(header) * 1_000 : null;
}
