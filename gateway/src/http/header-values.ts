import type { IncomingMessage } from 'node:http';
import type { HeaderValue } from '@tavolo/access-token';

/**
 * A header as often as it was sent: of several `authorization` headers Node's own list keeps the first and is silent
 * about the others. `name` in small letters.
 */
export function headerValues(request: IncomingMessage, name: string): HeaderValue {
  const first = request.headers[name];
  if (first === undefined) return undefined;
  const { rawHeaders } = request;
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const raw = rawHeaders[index];
    if (raw?.length === name.length && raw.toLowerCase() === name) count += 1;
  }
  return count === 1 ? first : request.headersDistinct[name];
}
