import { randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { errors as providerErrors } from 'oidc-provider';
import { z } from 'zod';
import type { DemoAccounts } from './demo-accounts.ts';
import { mayHave } from './login-page.ts';
import type { DevelopmentIssuerSettings } from './options.ts';
import { resourceServerOf } from './resource-server.ts';
import { scopesOf, setPurpose } from './token-claims.ts';

/** A token of an invented account without a browser, for scripts; no other issuer knows this grant. */
export const demoAccountGrantType = 'urn:tavolo:params:oauth:grant-type:demo-account';

const parameters = z.object({
  account: z.string(),
  purpose_id: z.string().optional(),
  resource: z.string().optional(),
});

/** Teaches a provider the grant of demo accounts. */
export function addDemoAccountGrant(
  provider: Provider,
  accounts: DemoAccounts,
  settings: DevelopmentIssuerSettings,
  errors: typeof providerErrors,
): void {
  provider.registerGrantType(
    demoAccountGrantType,
    async (ctx) => {
      const asked = parameters.safeParse({ ...ctx.oidc.params }).data;
      const account = asked && accounts.byId(asked.account);
      if (account === undefined) throw new errors.InvalidRequest('account: no such demo account');
      const purposeId = asked?.purpose_id ?? account.purposes[0] ?? null;
      if (!mayHave(account, purposeId)) {
        throw new errors.InvalidRequest('purpose_id: not one of the purposes of this account');
      }
      const resource = asked?.resource ?? settings.audiences[0] ?? '';
      const info = resourceServerOf(resource, settings);
      if (info === null) throw new errors.InvalidTarget();

      const { client } = ctx.oidc;
      const accountId = accounts.subjectOf(account);
      const grant = new provider.Grant({ accountId, clientId: client.clientId });
      grant.addResourceScope(resource, [...scopesOf(account)]);
      setPurpose(grant, purposeId);
      // Not kept: nothing is renewed with it, a script asks again.
      ctx.oidc.entity('Grant', grant);

      const token = new provider.AccessToken({
        accountId,
        client,
        grantId: randomUUID(),
        gty: demoAccountGrantType,
        // Nobody asks for scopes here: the account has those of its roles.
        scope: scopesOf(account).join(' '),
        resourceServer: new provider.ResourceServer(resource, info),
      });
      ctx.oidc.entity('AccessToken', token);
      const value = await token.save();
      ctx.body = {
        access_token: value,
        token_type: token.tokenType,
        expires_in: token.expiration,
      };
    },
    ['account', 'purpose_id', 'resource'],
  );
}
