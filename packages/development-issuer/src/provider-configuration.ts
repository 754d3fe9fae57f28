import { registryId } from '@tavolo/access-model';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { demoAccountGrantType } from './demo-account-grant.ts';
import type { DemoAccounts } from './demo-accounts.ts';
import type { IssuerSecrets } from './issuer-secrets.ts';
import type { LoginStore } from './login-store.ts';
import type { DevelopmentIssuerSettings, MachineClient } from './options.ts';
import { html, pageHeaders, pageOf } from './page.ts';
import { resourceServerOf } from './resource-server.ts';
import { claimsOf, purposeOf } from './token-claims.ts';

const day = 86_400;

export interface ProviderParts {
  readonly settings: DevelopmentIssuerSettings;
  readonly accounts: DemoAccounts;
  readonly secrets: IssuerSecrets;
  readonly store: LoginStore;
  readonly errors: Pick<
    typeof import('oidc-provider').errors,
    'InvalidTarget' | 'InvalidClientAuth'
  >;
  readonly loginPolicy: NonNullable<Configuration['interactions']>['policy'];
}

const explorerClientId = 'tavolo-explorer';

/** The cookie that would keep somebody logged in; it is never read, so that each login asks who. */
export const sessionCookieName = 'tavolo_development_session';

/** What the development issuer makes of `oidc-provider`. */
export function providerConfiguration(parts: ProviderParts): Configuration {
  const { settings, accounts, secrets, store, errors } = parts;
  const machines = new Map(settings.machineClients.map((client) => [client.clientId, client]));
  /** The purpose that a client assertion named, until the token of the same request is written. */
  const assertedPurposes = new WeakMap<KoaContextWithOIDC, string>();
  const lifetime = () => settings.tokenLifetimeSeconds;

  return {
    adapter: (model) => store.adapterFor(model),
    jwks: secrets.jwks,
    cookies: {
      keys: [secrets.cookieKey],
      names: {
        session: sessionCookieName,
        interaction: 'tavolo_development_interaction',
        resume: 'tavolo_development_resume',
      },
    },
    clients: [...peopleClients(settings), ...settings.machineClients.map(clientOf)],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    // The explorer is a page; no page is the command line, whose grants ask nobody.
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientId === explorerClientId &&
      (client.redirectUris ?? []).some((uri) => isOriginOf(uri, origin)),
    scopes: ['openid'],
    claims: { openid: ['sub', 'name', 'organisation'] },
    conformIdTokenClaims: false,
    extraParams: ['purpose_id'],
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? settings.audiences[0] ?? '',
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) =>
          resourceServerOf(resource, settings) ?? fail(new errors.InvalidTarget()),
      },
    },
    findAccount: (_ctx, subject) => {
      const account = accounts.bySubject(subject);
      if (account === undefined) return undefined;
      const { name, organisation } = account;
      return { accountId: subject, claims: () => ({ sub: subject, name, organisation }) };
    },
    interactions: {
      policy: parts.loginPolicy ?? [],
      url: (_ctx, { uid }) => `/login/${uid}`,
    },
    // The login page makes the grant, so that there is nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    assertJwtClientAuthClaimsAndHeader(ctx, claims, _header, client) {
      const { purposeId } = claims;
      if (purposeId === undefined) return;
      const named = registryId.safeParse(purposeId).data;
      if (named === undefined || !machines.get(client.clientId)?.purposes.includes(named)) {
        throw new errors.InvalidClientAuth('the purposeId of the assertion is none of this client');
      }
      assertedPurposes.set(ctx, named);
    },
    extraTokenClaims(ctx, token) {
      if (token.kind === 'ClientCredentials') {
        const purposeId = assertedPurposes.get(ctx);
        return purposeId === undefined ? {} : { purposeId };
      }
      const account = accounts.bySubject(token.accountId);
      if (account === undefined) throw new Error('a token of an account that is none');
      return { ...claimsOf(account, purposeOf(ctx.oidc.entities.Grant)) };
    },
    renderError(ctx, out) {
      for (const [name, value] of Object.entries(pageHeaders())) ctx.set(name, value);
      const details = [out.error, out.error_description ?? ''].join(': ');
      ctx.body = pageOf('This login cannot go on', html`<p>${details}</p>`);
    },
    ttl: {
      AccessToken: lifetime,
      ClientCredentials: lifetime,
      AuthorizationCode: 60,
      IdToken: lifetime,
      Interaction: 900,
      Session: 900,
      Grant: 7 * day,
      RefreshToken: 7 * day,
    },
  };
}

function peopleClients(settings: DevelopmentIssuerSettings) {
  const common = { token_endpoint_auth_method: 'none', response_types: ['code' as const] } as const;
  const grants = ['authorization_code', 'refresh_token'];
  const explorer = {
    ...common,
    client_id: explorerClientId,
    client_name: 'the explorer',
    // At any port of this machine, which is known only once the gateway listens (RFC 8252, 7.3).
    application_type: settings.explorerRedirectUris.every(isLoopback)
      ? ('native' as const)
      : ('web' as const),
    redirect_uris: settings.explorerRedirectUris,
    grant_types: grants,
  };
  const commandLine = {
    ...common,
    client_id: 'tavolo-cli',
    client_name: 'the command line',
    application_type: 'native' as const,
    // Any port of this machine, as native clients may (RFC 8252, 7.3).
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: [...grants, demoAccountGrantType],
  };
  return settings.explorerRedirectUris.length === 0 ? [commandLine] : [explorer, commandLine];
}

/** An address of this machine, written without encryption: its port says nothing of who it is. */
function isLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

/** Whether a page of this origin is where a client gets its codes. */
function isOriginOf(redirectUri: string, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname, origin: own } = new URL(redirectUri);
  if (own === origin) return true;
  return isLoopback(redirectUri) && isLoopback(origin) && new URL(origin).hostname === hostname;
}

function clientOf({ clientId, name, jwks }: MachineClient) {
  return {
    client_id: clientId,
    client_name: name,
    jwks,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

function fail(error: Error): never {
  throw error;
}
