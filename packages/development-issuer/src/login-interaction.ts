import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import type { DemoAccounts } from './demo-accounts.ts';
import { loginPage, mayHave } from './login-page.ts';
import { pageHeaders, sayOnPage } from './page.ts';
import { scopesOf, setPurpose } from './token-claims.ts';

const maxBodyBytes = 4096;

const interactionParameters = z.looseObject({
  client_id: z.string(),
  redirect_uri: z.url(),
  scope: z.string().default(''),
  resource: z.union([z.string(), z.array(z.string())]).default([]),
  purpose_id: z.string().optional(),
});

export type LoginInteraction = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** The page on which somebody chooses who to be, and what happens when they did. */
export function createLoginInteraction(
  provider: Provider,
  accounts: DemoAccounts,
): LoginInteraction {
  return async (request, response) => {
    // Rejects when the cookie of the login is missing: nobody can finish the login of somebody else.
    const details = await provider.interactionDetails(request, response).catch(() => null);
    if (details === null) {
      sayOnPage(response, 400, 'This login is over', 'Begin again where you came from.');
      return;
    }
    const asked = interactionParameters.parse(details.params);
    const purposeId = asked.purpose_id ?? null;
    if (request.method === 'GET') {
      const client = await provider.Client.find(asked.client_id);
      response.writeHead(200, pageHeaders([new URL(asked.redirect_uri).origin]));
      response.end(
        loginPage({
          action: `/login/${details.uid}`,
          clientName: client?.clientName ?? asked.client_id,
          accounts: accounts.all,
          purposeId,
        }),
      );
      return;
    }
    const form = await readForm(request);
    const account = accounts.byId(form?.get('account') ?? '');
    const chosen = form?.get('purpose') ?? purposeId ?? account?.purposes[0] ?? null;
    if (
      account === undefined ||
      !mayHave(account, chosen) ||
      (purposeId !== null && chosen !== purposeId)
    ) {
      sayOnPage(response, 400, 'Not possible', 'No such account, or not one of its purposes.');
      return;
    }
    const accountId = accounts.subjectOf(account);
    const grant = new provider.Grant({ accountId, clientId: asked.client_id });
    grant.addOIDCScope('openid');
    for (const resource of [asked.resource].flat()) {
      grant.addResourceScope(resource, [...scopesOf(account)]);
    }
    setPurpose(grant, chosen);
    await provider.interactionFinished(request, response, {
      login: { accountId, remember: false },
      consent: { grantId: await grant.save() },
    });
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  let text = '';
  const body: AsyncIterable<Uint8Array> = request;
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.length > maxBodyBytes) return null;
  }
  return new URLSearchParams(text);
}
