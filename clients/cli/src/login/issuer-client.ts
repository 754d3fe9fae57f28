import type { Configuration } from 'openid-client';
import { CommandFailure, NotReached, UsageError } from '../cli-error.ts';

/** Loaded when somebody logs in: the other commands start without it. */
export const loadOpenidClient = () => import('openid-client');

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An issuer's address: over TLS, or of this machine. */
export function readIssuer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url?.protocol === 'http:' && loopbackNames.has(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isLocal)) {
    throw new UsageError('--issuer: an https address, or an http one of this machine');
  }
  return url;
}

/** Finds out how to talk to an issuer, as a public client. */
export async function discoverIssuer(issuer: URL, clientId: string): Promise<Configuration> {
  const oidc = await loadOpenidClient();
  // Deprecated to stand out: `readIssuer` lets http through for this machine only.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const options = { execute, timeout: 10 };
  return answered(issuer, () => oidc.discovery(issuer, clientId, undefined, oidc.None(), options));
}

/** Says in words what an issuer's refusal or silence means, and nothing of what was sent. */
export async function answered<T>(issuer: URL, ask: () => Promise<T>): Promise<T> {
  const oidc = await loadOpenidClient();
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof oidc.ResponseBodyError ||
      error instanceof oidc.AuthorizationResponseError
    ) {
      const why = [error.error, error.error_description].filter(Boolean).join(': ');
      throw new IssuerRefusal(`the issuer refused: ${printable(why)}`, { cause: error });
    }
    if (error instanceof oidc.ClientError || error instanceof TypeError) {
      throw new NotReached(
        `no answer of an identity provider at ${issuer.origin}: is the hub running (npm start)? Another one: --issuer URL`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** The issuer answered, and the answer was no. */
export class IssuerRefusal extends CommandFailure {}

/** What others wrote may move the cursor of a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, '?').slice(0, 300);
}
