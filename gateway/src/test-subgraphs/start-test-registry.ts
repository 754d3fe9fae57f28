import { createServer, type ServerResponse } from 'node:http';
import {
  type RegistryMessage,
  type RegistryState,
  signRegistryMessage,
} from '@tavolo/access-model';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

/** A registry that streams what a test tells it to, right or wrong. */
export interface TestRegistry {
  readonly url: string;
  readonly publicKey: JWK;
  /** Signs and sends to everybody who listens, and first to whoever comes later. */
  say(message: RegistryMessage, signer?: 'registry' | 'stranger'): Promise<void>;
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
  const server = createServer((request, response) => {
    if (refusal !== undefined || request.url !== '/state/stream') {
      response.writeHead(refusal ?? 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${greeting}\n\n`);
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

const newKeys = () => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
