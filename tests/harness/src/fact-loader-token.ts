import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';

const clientId = 'table-fact-loader';

/** A token of the table's own program, which signs with a key of its own for which purpose it asks (as PDND's clients do). */
export async function factLoaderToken(
  { folder, issuerUrl }: { readonly folder: string; readonly issuerUrl: string },
  purposeId = 'table-facts',
): Promise<string> {
  const text = await readFile(join(folder, clientId, 'secrets.json'), 'utf8');
  // The launcher wrote it.
  const { key } = JSON.parse(text) as { key: JWK };
  const assertion = await new SignJWT({ purposeId })
    .setProtectedHeader({ alg: 'EdDSA', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuerUrl)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(await importJWK(key, 'EdDSA'));
  const response = await fetch(`${issuerUrl}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      resource: 'urn:tavolo:graph',
      scope: 'figures:read people:read',
    }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the issuer gave the fact loader no token: ${answer}`);
  return (JSON.parse(answer) as { access_token: string }).access_token;
}
