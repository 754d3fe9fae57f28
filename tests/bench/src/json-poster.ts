import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { CallHeaders } from './call-headers.ts';

export interface JsonAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A client that costs little beside what it measures: connections stay open, nothing is parsed. */
export interface JsonPoster {
  post(body: string): Promise<JsonAnswer>;
  close(): void;
}

/** Every question is given up after a minute; `headersOf` adds who asks. */
export function createJsonPoster(url: string, headersOf: CallHeaders = () => ({})): JsonPoster {
  const agent = new Agent({ keepAlive: true });
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        const sent = request(
          url,
          {
            agent,
            method: 'POST',
            headers: {
              ...headersOf(body),
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            },
            timeout: 60_000,
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => void chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text: Buffer.concat(chunks).toString('utf8'),
              }),
            );
          },
        );
        sent.on('timeout', () => sent.destroy(new Error('no answer within a minute')));
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Like `post`, but an answer with an error of any kind throws: a fast refusal is no figure. */
export async function postOrThrow(poster: JsonPoster, body: string): Promise<string> {
  return readOrThrow(await poster.post(body));
}

/** The text of an answer without an error of any kind. */
export function readOrThrow({ status, text }: Omit<JsonAnswer, 'headers'>): string {
  if (status !== 200 || text.includes('"errors":')) {
    throw new Error(`answered ${status}: ${text.slice(0, 300)}`);
  }
  return text;
}
