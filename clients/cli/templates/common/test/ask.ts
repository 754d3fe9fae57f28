import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { type SigningKey, signContext } from '../dev/sign-context.ts';
import type { Caller } from '../src/hub/caller.ts';
import type { GatewayKeys } from '../src/hub/gateway-keys.ts';
import { subgraphName } from '../src/service.ts';

/** Made for this run: no key lies in the project. */
function makeKey(kid: string): {
  readonly privateKey: SigningKey;
  readonly publicKeys: GatewayKeys;
} {
  const jwk: JsonWebKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: jwk.x ?? '', kid } as const;
  return { privateKey: { ...jwk, kid }, publicKeys: { keys: [publicKey] } };
}

export const gateway = makeKey('test-gateway');
export const stranger = makeKey('test-gateway');

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions?: Readonly<Record<string, unknown>>;
    }[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
}

export interface Asking {
  readonly variables?: object;
  readonly caller?: Caller;
  readonly claims?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: SigningKey;
}

/** Asks as the gateway would. */
export async function ask(url: string, query: string, asking: Asking = {}): Promise<Answer> {
  const body = JSON.stringify({ query, variables: asking.variables ?? {} });
  const context = signContext(asking.key ?? gateway.privateKey, {
    audience: subgraphName,
    body,
    ...(asking.caller ? { caller: asking.caller } : {}),
    ...(asking.claims ? { claims: asking.claims } : {}),
  });
  return send(url, body, { 'tavolo-context': context, ...asking.headers });
}

export async function send(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Answer['json'] };
}
