import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  type Caller,
  type ContextKeys,
  type ContextSigningKey,
  contextHeader,
  contextIssuer,
  contextKeys,
  createContextSigner,
} from '@tavolo/caller-context';

/** Made for this run of the tests: no key lies in the repository. */
const signingKey: ContextSigningKey = {
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'test-gateway',
};

/** What a subgraph under test is given as `gatewayKeys`. */
export const testGatewayKeys: ContextKeys = contextKeys.parse({
  keys: [{ kty: 'OKP', crv: 'Ed25519', x: signingKey.x, kid: signingKey.kid }],
});

/** Somebody who may see whatever there is in the whole province; `changes` makes them somebody else. */
export function testCaller(changes: Partial<Caller> = {}): Caller {
  return {
    organisation: 'provincial-table',
    partner: null,
    user: 'u-test',
    roles: ['coordinator', 'case-worker', 'fact-loader'],
    purposeId: 'test-purpose',
    purposeVersion: 1,
    categories: [
      'HEALTH',
      'VIOLENCE_TRAFFICKING',
      'SEXUAL_LIFE_ORIENTATION',
      'ETHNIC_RELIGION',
      'JUDICIAL',
      'MINOR',
    ],
    districts: null,
    requestId: randomUUID(),
    ...changes,
  };
}

export interface AskOptions {
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** The subgraph's name. */
  readonly subgraph: string;
  readonly caller?: Caller;
  readonly now?: () => Date;
}

/** The context of one call with this body, as the gateway signs it. */
export function contextFor(options: Omit<AskOptions, 'url'>, body: string): string {
  const { subgraph, caller = testCaller(), now = () => new Date() } = options;
  const issuer = contextIssuer;
  const signer = createContextSigner({ key: signingKey, issuer, now, newId: randomUUID });
  return signer.sign(caller, subgraph, body);
}

/** Sends one body to `/graphql` as the gateway would for this caller. */
export async function signedFetch(options: AskOptions, body: string): Promise<Response> {
  return fetch(`${options.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [contextHeader]: contextFor(options, body),
    },
    body,
  });
}

/** Asks one question as this caller; the answer's text, so that two can be compared byte by byte. */
export async function askAs(
  options: AskOptions,
  query: string,
  variables: object = {},
): Promise<string> {
  const response = await signedFetch(options, JSON.stringify({ query, variables }));
  return response.text();
}
