import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeadline } from '@tavolo/deadline';
import { CommandFailure } from '../cli-error.ts';

export interface LoopbackCallback {
  readonly redirectUri: string;
  /** The address the browser came back to; rejects when nobody came in time. */
  readonly arrived: Promise<URL>;
  close(): Promise<void>;
}

/** Waits on a port of this machine for the browser to come back from the issuer (RFC 8252, 7.3). */
export async function startLoopbackCallback(
  state: string,
  timeoutMs: number,
): Promise<LoopbackCallback> {
  const { promise, resolve, reject } = promiseWithEnds<URL>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', redirectUri);
    const isOurs = url.pathname === '/callback' && isSame(url.searchParams.get('state'), state);
    response.writeHead(isOurs ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    const text = isOurs ? 'Back to the command line: this page can be closed.' : 'Nothing is here.';
    response.end(
      `<!doctype html><html lang="en"><title>Tavolo</title><p role="status">${text}</p></html>`,
    );
    // Somebody else who knocks here does not end the login.
    if (isOurs) resolve(url);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const deadline = createDeadline(timeoutMs);
  deadline.signal.addEventListener('abort', () =>
    reject(new CommandFailure('nobody logged in within 5 minutes; run tavolo login again')),
  );
  return {
    redirectUri,
    arrived: promise,
    async close() {
      deadline.release();
      server.closeIdleConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function isSame(given: string | null, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}

function promiseWithEnds<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  // Whoever waits gets the rejection; it must not end the process when nobody does yet.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
