import type { IncomingHttpHeaders } from 'node:http';
import { SubgraphFailure } from '../subgraph-failure.ts';

/** How the bytes of an answer that is going to be read are written. */
export type ContentEncoding = 'identity' | 'gzip' | 'br';

const passingStatuses = new Set([502, 503, 504]);
const jsonTypes = new Set(['application/json', 'application/graphql-response+json']);
/** As nearly every server writes it, so that nothing of it need be taken apart. */
const usualTypes = new Set(
  [...jsonTypes].flatMap((type) => [
    type,
    `${type}; charset=utf-8`,
    `${type};charset=utf-8`,
    `${type}; charset=UTF-8`,
  ]),
);

/** Decides by status and headers whether an answer is read; throws the {@link SubgraphFailure} of one that is not. */
export function acceptHead(
  statusCode: number,
  headers: IncomingHttpHeaders,
  accepted: readonly ContentEncoding[],
  maxAnswerBytes: number,
): ContentEncoding {
  if (statusCode !== 200) refuseByStatus(statusCode, headers);
  const encoding = accepted.find((one) => one === (headers['content-encoding'] ?? 'identity'));
  if (encoding === undefined || !isJson(headers['content-type'])) {
    throw new SubgraphFailure(statusCode >= 400 ? 'BAD_STATUS' : 'NOT_JSON');
  }
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) {
    throw new SubgraphFailure('TOO_LARGE');
  }
  return encoding;
}

function refuseByStatus(statusCode: number, headers: IncomingHttpHeaders): void {
  if (statusCode === 401 || statusCode === 403) {
    throw new SubgraphFailure('BAD_STATUS', { denied: true });
  }
  if (statusCode >= 300 && statusCode < 400) throw new SubgraphFailure('REDIRECTED');
  const isPassing = passingStatuses.has(statusCode);
  if (isPassing || statusCode === 429) {
    throw new SubgraphFailure('BAD_STATUS', {
      retriable: isPassing,
      retryAfterSeconds: readRetryAfter(headers['retry-after']),
    });
  }
}

/** JSON in UTF-8, which is what JSON between systems is (RFC 8259, section 8.1). */
function isJson(contentType: unknown): boolean {
  if (typeof contentType !== 'string') return false;
  if (usualTypes.has(contentType)) return true;
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    jsonTypes.has(type) &&
    parameters.every(
      (parameter) => !/^charset\s*=/u.test(parameter) || /^charset="?utf-?8"?$/u.test(parameter),
    )
  );
}

/** Only the form in seconds, and only a believable one: the value goes on to the reader. */
function readRetryAfter(header: string | undefined): number | undefined {
  const seconds = header === undefined ? Number.NaN : Number(header);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600 ? seconds : undefined;
}
