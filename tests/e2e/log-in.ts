import { demoToken, type HubResource } from '@tavolo/embedded-hub';
import type { Asker } from '@tavolo/harness';
import { inject } from 'vitest';

/** Logs in at the shared hub as one of the demo's accounts. */
export async function logIn(
  account: string,
  resource: HubResource = 'urn:tavolo:graph',
): Promise<Asker> {
  const { gatewayUrl, issuerUrl } = inject('sharedHub');
  return { gatewayUrl, token: await demoToken(issuerUrl, account, resource) };
}
