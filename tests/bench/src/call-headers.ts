import { randomUUID } from 'node:crypto';
import type { SensitiveCategory } from '@tavolo/access-model';
import { contextHeader, contextIssuer, createContextSigner } from '@tavolo/caller-context';
import type { EmbeddedHub } from '@tavolo/embedded-hub';
import type { GatewayKey } from './gateway-key.ts';

/** The headers of one call, which may depend on what is sent. */
export type CallHeaders = (body: string) => Readonly<Record<string, string>>;

/** May ask everything about people and figures of the whole province, in words of their own. */
const benchmarkAccount = 'case-worker-province';

/** What that account's purpose was granted: with others, an institution would show other rows. */
export const grantedCategories: readonly SensitiveCategory[] = [
  'ETHNIC_RELIGION',
  'HEALTH',
  'MINOR',
  'VIOLENCE_TRAFFICKING',
];

/** A question at the hub's gateway, with one token for all of them. */
export async function askingTheHub(hub: EmbeddedHub): Promise<CallHeaders> {
  return withToken(await hub.tokenOf(benchmarkAccount));
}

export function withToken(token: string): CallHeaders {
  const headers = { authorization: `Bearer ${token}` };
  return () => headers;
}

/** A call at a subgraph as the gateway makes it for that account: each signed for its own body, and good once. */
export function signedAsGateway(key: GatewayKey, subgraph: string): CallHeaders {
  const signer = createContextSigner({
    key,
    issuer: contextIssuer,
    now: () => new Date(),
    newId: randomUUID,
  });
  const caller = {
    organisation: 'social-services',
    partner: 'social-services',
    user: 'benchmark',
    roles: ['case-worker'],
    purposeId: 'integrated-care',
    purposeVersion: 1,
    categories: [...grantedCategories],
    districts: null,
    requestId: 'benchmark',
  };
  return (body) => ({ [contextHeader]: signer.sign(caller, subgraph, body) });
}
