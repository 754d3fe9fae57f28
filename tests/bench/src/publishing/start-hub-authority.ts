import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An issuer of the benchmark's own, which registry and gateways believe. */
export interface HubAuthority {
  readonly issuer: string;
  /** A token of a machine: its client is registered with roles, and the token names none. */
  token(audience: string, clientId: string, purposeId?: string): Promise<string>;
  close(): Promise<void>;
}

export async function startHubAuthority(): Promise<HubAuthority> {
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'bench' }] });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  const issuer = `http://127.0.0.1:${address.port}`;
  return {
    issuer,
    token: (audience, clientId, purposeId) =>
      new SignJWT({
        client_id: clientId,
        ...(purposeId === undefined ? {} : { purposeId }),
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(clientId)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('8h')
        .sign(keys.privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
