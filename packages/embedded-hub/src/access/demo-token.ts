import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';

const answer = z.object({ access_token: z.string() });

/** What a token is for. */
export type HubResource = 'urn:tavolo:graph' | 'urn:tavolo:registry';

/** A token of a demo account, by the grant that only the development issuer has. */
export async function demoToken(
  issuer: string,
  account: string,
  resource: HubResource,
  /** The account's first one unless told. */
  purposeId?: string,
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:tavolo:params:oauth:grant-type:demo-account',
      client_id: 'tavolo-cli',
      account,
      resource,
      ...(purposeId === undefined ? {} : { purpose_id: purposeId }),
    }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new StartProblem(`The development issuer gave no token for ${account}: ${text}`);
  }
  return answer.parse(JSON.parse(text)).access_token;
}
