import { Pool } from 'undici';
import type { CallHeaders } from '../../call-headers.ts';

export interface LoadSlice {
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
}

/** Asks on a fixed number of connections, on each the next question as soon as the answer is there. */
export interface LoadConnections {
  /** Answers are counted, not read: each must have status 200 and the length of the one that was checked. */
  run(seconds: number): Promise<LoadSlice>;
  close(): Promise<void>;
}

/** `bytes` = length of the right answer; what a gateway says of its own time may make it so much longer or shorter. */
const mayDiffer = 0.05;
const mayDifferBytes = 200;

export function createLoadConnections(options: {
  readonly url: string;
  readonly body: string;
  readonly headers: CallHeaders;
  readonly connections: number;
  readonly bytes: number;
}): LoadConnections {
  const { url, body, headers, connections, bytes } = options;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const least = bytes * (1 - mayDiffer) - mayDifferBytes;
  const most = bytes * (1 + mayDiffer) + mayDifferBytes;

  return {
    run: (seconds) =>
      new Promise((resolve, reject) => {
        const latenciesMs: number[] = [];
        const startedAt = performance.now();
        const endsAt = startedAt + seconds * 1_000;
        let open = connections;
        const ask = () => {
          const chunks: Buffer[] = [];
          const askedAt = performance.now();
          if (askedAt >= endsAt) {
            open -= 1;
            if (open === 0) resolve({ latenciesMs, seconds: (askedAt - startedAt) / 1_000 });
            return;
          }
          let status = 0;
          let received = 0;
          pool.dispatch(
            {
              path: pathname,
              method: 'POST',
              headers: { 'content-type': 'application/json', ...headers(body) },
              body,
            },
            {
              onRequestStart() {
                // undici asks for it.
              },
              onResponseStart(_controller, statusCode) {
                status = statusCode;
              },
              onResponseData(_controller, chunk) {
                received += chunk.length;
                chunks.push(chunk);
              },
              onResponseEnd() {
                latenciesMs.push(performance.now() - askedAt);
                if (status !== 200 || received < least || received > most) {
                  reject(
                    new Error(
                      `answered ${status} with ${received} bytes, not ${bytes}: ${firstError(chunks)}`,
                    ),
                  );
                  return;
                }
                ask();
              },
              onResponseError(_controller, error) {
                reject(error);
              },
            },
          );
        };
        for (let connection = 0; connection < connections; connection += 1) ask();
      }),
    close: () => pool.destroy(),
  };
}

/** The data is the benchmark's own, so that an answer may be quoted. */
function firstError(chunks: readonly Buffer[]): string {
  const text = Buffer.concat(chunks).toString('utf8');
  return text.slice(Math.max(0, text.indexOf('"errors"'))).slice(0, 300);
}
