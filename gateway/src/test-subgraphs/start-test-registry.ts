import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type RegistryMessage,
  type RegistryState,
  signRegistryMessage,
} from '@tavolo/access-model';
import { type SupergraphRelease, signSupergraphRelease } from '@tavolo/registry-api';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import { createRelease } from './create-release.ts';

/** Answers `GET /supergraph` in the registry's place; `jws` is what it would have sent. */
type Misbehaviour = (response: ServerResponse, jws: string | undefined) => void;

/** A registry that streams what a test tells it to, right or wrong. */
export interface TestRegistry {
  readonly url: string;
  readonly publicKey: JWK;
  /** Signs and sends to everybody who listens, and first to whoever comes later. */
  say(message: RegistryMessage, signer?: 'registry' | 'stranger'): Promise<void>;
  /**
   * Has this release from now on and announces it (`announce: false` = silently); what is left out of the
   * release is made up. `undefined` = it has none.
   */
  release(
    release: (Partial<SupergraphRelease> & Pick<SupergraphRelease, 'sdl' | 'sequence'>) | undefined,
    how?: { readonly signer?: 'registry' | 'stranger'; readonly announce?: boolean },
  ): Promise<void>;
  /** What it does in place of answering `GET /supergraph`; `undefined` makes it well again. */
  misbehave(misbehaviour: Misbehaviour | undefined): void;
  /** How often it was asked for a supergraph. */
  readonly fetches: number;
  /** Bodies of `POST /operations`, as they came. */
  readonly operationReports: string[];
  /** What it answers `GET /operations`. */
  popular(operations: readonly object[]): void;
  /** How often somebody began to listen. */
  readonly listeners: number;
  /** Resolves at the next beginning. */
  nextListener(): Promise<void>;
  /** Ends every stream and refuses new ones with this status; `undefined` lets them in again. */
  refuse(status: number | undefined): void;
  close(): Promise<void>;
}

export async function startTestRegistry(
  state: RegistryState,
  now: () => Date,
): Promise<TestRegistry> {
  const [own, stranger] = await Promise.all([newKeys(), newKeys()]);
  const streams = new Set<ServerResponse>();
  const waiting: (() => void)[] = [];
  let listeners = 0;
  let refusal: number | undefined;
  let greeting = await signRegistryMessage(
    { kind: 'state', issuedAt: now().toISOString(), state },
    own.privateKey,
  );
  let announcement: string | undefined;
  let release: string | undefined;
  let misbehaviour: Misbehaviour | undefined;
  let popular: readonly object[] = [];
  let fetches = 0;
  const operationReports: string[] = [];

  function serveSupergraph(response: ServerResponse): void {
    fetches += 1;
    if (misbehaviour) misbehaviour(response, release);
    else if (release === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/jose' }).end(release);
  }

  async function takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    operationReports.push(text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1).join('');
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
      return;
    }
    if (path === '/supergraph') {
      serveSupergraph(response);
      return;
    }
    if (path === '/operations' && request.method === 'POST') {
      void takeReport(request, response);
      return;
    }
    if (path === '/operations') {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ operations: popular }));
      return;
    }
    if (path !== '/state/stream') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${greeting}\n\n`);
    if (announcement !== undefined) response.write(event(announcement));
    streams.add(response);
    response.on('close', () => streams.delete(response));
    listeners += 1;
    for (const resolve of waiting.splice(0)) resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const end = () => {
    for (const stream of streams) stream.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    publicKey: await exportJWK(own.publicKey),
    get fetches() {
      return fetches;
    },
    operationReports,
    popular: (operations) => {
      popular = operations;
    },
    misbehave: (next) => {
      misbehaviour = next;
    },
    async release(next, { signer = 'registry', announce = true } = {}) {
      const key: CryptoKey = (signer === 'registry' ? own : stranger).privateKey;
      release =
        next &&
        (await signSupergraphRelease(
          createRelease({ issuedAt: now().toISOString(), ...next }),
          key,
        ));
      if (!next || !announce) return;
      announcement = await signRegistryMessage(
        { kind: 'supergraph', issuedAt: now().toISOString(), sequence: next.sequence },
        own.privateKey,
      );
      for (const stream of streams) stream.write(event(announcement));
    },
    get listeners() {
      return listeners;
    },
    nextListener: () => new Promise((resolve) => waiting.push(resolve)),
    async say(message, signer = 'registry') {
      const key: CryptoKey = (signer === 'registry' ? own : stranger).privateKey;
      const jws = await signRegistryMessage(message, key);
      if (signer === 'registry' && message.kind === 'state') greeting = jws;
      for (const stream of streams) stream.write(`data: ${jws}\n\n`);
    },
    refuse(status) {
      refusal = status;
      if (status !== undefined) end();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        end();
        server.closeAllConnections();
      }),
  };
}

const event = (jws: string) => `event: supergraph\ndata: ${jws}\n\n`;

const newKeys = () => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
