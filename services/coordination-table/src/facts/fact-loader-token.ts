import { randomUUID } from 'node:crypto';
import { LoadProblem } from '@tavolo/analysis';
import { createDeadline } from '@tavolo/deadline';
import { importJWK, type JWK, SignJWT } from 'jose';
import { z } from 'zod';
import { readJsonBody } from './read-json-body.ts';

export interface FactLoaderClient {
  /** Whose tokens the gateway takes; its endpoint is found by OpenID discovery. */
  readonly issuer: string;
  readonly clientId: string;
  /** Private Ed25519 key that the issuer knows the public half of. */
  readonly key: JWK;
  readonly now: () => Date;
}

/** Access tokens of the table's own program; each is used until shortly before its end. */
export interface TokenSource {
  token(signal: AbortSignal): Promise<string>;
  /** The gateway refused it: the next one is new. */
  forget(): void;
}

const timeoutMs = 10_000;
const longestAnswerBytes = 256 * 1024;
const spareSeconds = 30;
const discovery = z.object({ token_endpoint: z.url({ protocol: /^https?$/u }) });
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** Asks as PDND's clients do: by a signed statement of who it is and for which purpose, never by a shared secret. */
export function createTokenSource({ issuer, clientId, key, now }: FactLoaderClient): TokenSource {
  let held: { readonly token: string; readonly until: number } | undefined;
  return {
    async token(signal) {
      if (held && held.until > now().getTime()) return held.token;
      const deadline = createDeadline(timeoutMs, signal);
      try {
        const found = await fetch(`${issuer}/.well-known/openid-configuration`, {
          signal: deadline.signal,
        });
        const { token_endpoint: endpoint } = discovery.parse(
          await readJsonBody(found, longestAnswerBytes, 'the issuer of tokens'),
        );
        const at = Math.floor(now().getTime() / 1_000);
        const assertion = await new SignJWT({ purposeId: 'table-facts' })
          .setProtectedHeader({ alg: 'EdDSA', ...(key.kid === undefined ? {} : { kid: key.kid }) })
          .setIssuer(clientId)
          .setSubject(clientId)
          .setAudience(issuer)
          .setJti(randomUUID())
          .setIssuedAt(at)
          .setExpirationTime(at + 60)
          .sign(await importJWK(key, 'EdDSA'));
        const response = await fetch(endpoint, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: assertion,
            resource: 'urn:tavolo:graph',
            scope: 'figures:read people:read',
          }),
          signal: deadline.signal,
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw new LoadProblem(`the issuer of tokens answered ${response.status}`);
        }
        const answer = tokenAnswer.parse(
          await readJsonBody(response, longestAnswerBytes, 'the issuer of tokens'),
        );
        const lastsMs = Math.max(0, answer.expires_in - spareSeconds) * 1_000;
        held = { token: answer.access_token, until: now().getTime() + lastsMs };
        return answer.access_token;
      } catch (cause) {
        if (cause instanceof LoadProblem) throw cause;
        throw new LoadProblem('the issuer of tokens gave none', { cause });
      } finally {
        deadline.release();
      }
    },
    forget() {
      held = undefined;
    },
  };
}
