import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export type TestKey = Awaited<ReturnType<typeof createTestKey>>;

export async function createTestKey(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { alg, kid, privateKey, publicKey, jwk };
}

/** An issuer that publishes what a test wants, on a port of its own, and counts who reads it. */
export async function startTestIssuer(...keys: readonly TestKey[]) {
  const published = { keys: keys.map(({ jwk }) => jwk), isDown: false, metadata: {}, readings: 0 };
  const server = createServer((request, response) => {
    const isKeys = request.url === '/jwks';
    if (isKeys) published.readings += 1;
    response.writeHead(published.isDown ? 503 : 200, { 'content-type': 'application/json' });
    const metadata = { issuer, jwks_uri: `${issuer}/jwks`, ...published.metadata };
    response.end(JSON.stringify(isKeys ? { keys: published.keys } : metadata));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  // A server that listens on a port has an address with one.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    published,
    /** A token that is good unless something is said otherwise; `undefined` leaves a claim or parameter out. */
    async sign(key: TestKey, at: Date, claims: JWTPayload = {}, header: object = {}) {
      const seconds = Math.floor(at.getTime() / 1000);
      return new SignJWT({
        iss: issuer,
        aud: 'urn:tavolo:graph',
        sub: 'subject-1',
        client_id: 'client-1',
        jti: 'token-1',
        iat: seconds,
        exp: seconds + 3600,
        purposeId: 'case-work',
        ...claims,
      })
        .setProtectedHeader({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...header })
        .sign(key.privateKey);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
