import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type RegistryMessage, signRegistryMessage } from '@tavolo/access-model';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { gateRegistryState } from './gate-purposes.ts';

/** An issuer of tokens and a registry of the benchmark's own, which a gateway of production believes. */
export interface GateAuthority {
  /** What the gateway's environment says of them. */
  readonly env: Readonly<Record<string, string>>;
  /** A token for a purpose, from the client of the consumer that is named like it. */
  token(purposeId: string): Promise<string>;
  close(): Promise<void>;
}

const audience = 'urn:tavolo:graph';
/** A gateway that hears nothing for six seconds takes the registry for gone. */
const speakEveryMs = 2_000;

export async function startGateAuthority(): Promise<GateAuthority> {
  const [tokens, registry] = await Promise.all([newKeys(), newKeys()]);
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(tokens.publicKey)), kid: 'bench' }] });
  const streams = new Set<ServerResponse>();
  let greeting = '';
  const sign = async (message: RegistryMessage) =>
    `data: ${await signRegistryMessage(message, registry.privateKey)}\n\n`;
  const server = createServer((request, response) => {
    if (request.url === '/jwks') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(greeting);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  const url = `http://127.0.0.1:${address.port}`;
  const state = await gateRegistryState(url);
  greeting = await sign({ kind: 'state', issuedAt: new Date().toISOString(), state });
  const speaking = setInterval(() => {
    const issuedAt = new Date().toISOString();
    sign({ kind: 'still', issuedAt, version: state.version }).then(
      (line) => {
        for (const stream of streams) stream.write(line);
      },
      // Signing cannot fail with a key just drawn; a silent registry would show as refusals.
      () => undefined,
    );
  }, speakEveryMs);

  return {
    env: {
      TOKEN_ISSUERS: JSON.stringify([{ issuer: url, jwksUrl: `${url}/jwks` }]),
      TOKEN_AUDIENCE: audience,
      REGISTRY_URL: url,
      REGISTRY_TOKEN: randomBytes(32).toString('base64url'),
      REGISTRY_PUBLIC_KEY: JSON.stringify(await exportJWK(registry.publicKey)),
    },
    token: (purposeId) =>
      new SignJWT({ client_id: purposeId, purposeId })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject('benchmark')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('8h')
        .sign(tokens.privateKey),
    close: () =>
      new Promise((resolve) => {
        clearInterval(speaking);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const newKeys = () => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
