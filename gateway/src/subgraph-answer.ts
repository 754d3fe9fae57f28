import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/process-kit';
import { type ErrorCode, isSubgraphCode } from './error-codes.ts';
import type { WantedField } from './executor/subgraph-source.ts';
import type { SubgraphFailure } from './subgraph-failure.ts';
import { failureMessages } from './subgraph-failure.ts';

/** An error of a subgraph in the only form in which it may go on to the reader. */
export interface PublicError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: ErrorCode;
    readonly subgraph: string;
    readonly reason?: string;
    readonly retryAfterSeconds?: number;
    readonly errorId?: string;
    /** How many places of the answer one failed call left empty; the path names the first. */
    readonly affected?: number;
  };
}

/** Stands in for a message that could hold an address, a stack or more than a sentence. */
const plainMessages: Partial<Record<ErrorCode, string>> = {
  BAD_USER_INPUT: 'A value in the question is not accepted by this source',
  NOT_FOUND: 'This source has no such thing',
  UNAVAILABLE: 'This source cannot answer now',
  UNAUTHENTICATED: 'This source does not know who is asking',
  FORBIDDEN: 'This source does not answer this question',
  PAYLOAD_TOO_LARGE: 'This source was asked for too much at once',
};

/** Whose error it is, and in which answer. */
interface ErrorOrigin {
  readonly subgraph: string;
  readonly requestId: string;
  readonly retryAfterSeconds: number;
  readonly placeWithoutPath: readonly (string | number)[] | undefined;
  readonly logger: Logger;
}

/** Errors of one answer that are told one by one; nobody reads more. */
const mostErrors = 200;

/** Masks a subgraph's `errors`; of those beyond the first two hundred one more error says how many they are. */
export function publicErrorsOf(errors: readonly unknown[], about: ErrorOrigin): PublicError[] {
  const shown = errors.slice(0, mostErrors).map((error) => publicErrorOf(error, about));
  const more = errors.length - shown.length;
  if (more <= 0) return shown;
  const { subgraph } = about;
  const path = shown.find((error) => error.path)?.path?.slice(0, 1);
  shown.push({
    message: `${subgraph} reported ${more} further errors`,
    ...(path ? { path } : {}),
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      subgraph,
      errorId: about.requestId,
      affected: more,
    },
  });
  return shown;
}

/** Masks one entry of a subgraph's `errors`, whatever it is; the log keeps code and place, never the text. */
function publicErrorOf(error: unknown, about: ErrorOrigin): PublicError {
  const { subgraph, requestId, logger } = about;
  const { message, path = about.placeWithoutPath, extensions } = readError(error);
  const place = path ? { path } : {};
  const code = extensions['code'];
  if (isSubgraphCode(code)) {
    const shown = message !== undefined && isOneSentence(message) ? message : plainMessages[code];
    const later =
      code === 'UNAVAILABLE'
        ? { reason: 'REPORTED_BY_SOURCE', retryAfterSeconds: about.retryAfterSeconds }
        : {};
    return { message: shown ?? code, ...place, extensions: { code, subgraph, ...later } };
  }
  const errorId = randomUUID();
  logger.warn(
    {
      requestId,
      errorId,
      subgraph,
      subgraphCode:
        typeof code === 'string' && /^[A-Z][A-Z_]{0,63}$/u.test(code) ? code : undefined,
      subgraphErrorId: idOf(extensions['errorId']),
    },
    'a subgraph reported an error that is not shown',
  );
  return {
    message: `Something went wrong in ${subgraph}; the log knows it as ${errorId}`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', subgraph, errorId },
  };
}

/** What the reader sees of a call that gave no answer: one error per field it was to fill. */
export function failureErrors(
  subgraph: string,
  failure: SubgraphFailure,
  wanted: readonly WantedField[],
  retryAfterSeconds: number,
): PublicError[] {
  const denied = failure.outcome === 'DENIED';
  const message = denied
    ? `${subgraph} does not answer this question`
    : `${subgraph} ${failureMessages[failure.reason]}`;
  const extensions = {
    code: denied ? ('FORBIDDEN' as const) : ('UNAVAILABLE' as const),
    subgraph,
    ...(denied ? {} : { reason: failure.reason, retryAfterSeconds }),
  };
  return wanted.map(({ path, affected }) => ({
    message,
    path,
    extensions: { ...extensions, ...(affected === undefined ? {} : { affected }) },
  }));
}

function isOneSentence(message: string): boolean {
  return message.length <= 300 && !/[\r\n]|:\/\//u.test(message);
}

function readError(error: unknown): {
  message: string | undefined;
  path: (string | number)[] | undefined;
  extensions: Record<string, unknown>;
} {
  const fields = isRecord(error) ? error : {};
  const { message, path, extensions } = fields;
  return {
    message: typeof message === 'string' ? message : undefined,
    path: isPath(path) ? path : undefined,
    extensions: isRecord(extensions) ? extensions : {},
  };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/u.test(value) ? value : undefined;
}

function isPath(value: unknown): value is (string | number)[] {
  return (
    Array.isArray(value) &&
    value.every((part) => typeof part === 'string' || typeof part === 'number')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
