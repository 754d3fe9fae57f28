import type {
  Configuration,
  TokenEndpointResponse,
  TokenEndpointResponseHelpers,
} from 'openid-client';
import { answered, discoverIssuer, loadOpenidClient } from './issuer-client.ts';
import type { Login } from './logins.ts';
import { startLoopbackCallback } from './loopback-callback.ts';

/** The grant that only the development issuer knows: a token of an invented account, without a browser. */
const demoAccountGrantType = 'urn:tavolo:params:oauth:grant-type:demo-account';
const browserTimeoutMs = 5 * 60_000;

export interface LoginRequest {
  readonly issuer: URL;
  readonly clientId: string;
  readonly resource: string;
  readonly purpose: string | undefined;
  readonly now: () => Date;
}

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** Logs in through a browser, which `showAddress` tells where to go: code and PKCE over a port of this machine. */
export async function logInWithBrowser(
  request: LoginRequest,
  showAddress: (address: URL) => void,
): Promise<Login> {
  const { issuer, clientId, resource, purpose } = request;
  const oidc = await loadOpenidClient();
  const config = await discoverIssuer(issuer, clientId);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const callback = await startLoopbackCallback(state, browserTimeoutMs);
  try {
    const address = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callback.redirectUri,
      scope: 'openid',
      resource,
      state,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...(purpose === undefined ? {} : { purpose_id: purpose }),
    });
    showAddress(address);
    const arrived = await callback.arrived;
    const tokens = await answered(issuer, () =>
      oidc.authorizationCodeGrant(config, arrived, { pkceCodeVerifier, expectedState: state }),
    );
    return loginOf(request, tokens);
  } finally {
    await callback.close();
  }
}

/** Logs in as an invented account of the development issuer. */
export async function logInAsDemoAccount(request: LoginRequest, account: string): Promise<Login> {
  const { issuer, clientId, resource, purpose } = request;
  const oidc = await loadOpenidClient();
  const config = await discoverIssuer(issuer, clientId);
  const tokens = await answered(issuer, () =>
    oidc.genericGrantRequest(config, demoAccountGrantType, {
      account,
      resource,
      ...(purpose === undefined ? {} : { purpose_id: purpose }),
    }),
  );
  const demo = { account, ...(purpose === undefined ? {} : { purpose }) };
  return { ...loginOf(request, tokens), demo };
}

/** A login that goes on with a new token; null when that takes logging in again. */
export async function renewLogin(
  { issuer, clientId, refreshToken, demo }: Login,
  resource: string,
  now: () => Date,
): Promise<Login | null> {
  const request = { issuer: new URL(issuer), clientId, resource, purpose: demo?.purpose, now };
  if (demo !== undefined) return logInAsDemoAccount(request, demo.account);
  if (refreshToken === undefined) return null;
  const oidc = await loadOpenidClient();
  const config = await discoverIssuer(request.issuer, clientId);
  const tokens = await answered(request.issuer, () =>
    oidc.refreshTokenGrant(config, refreshToken, { resource }),
  );
  return { refreshToken, ...loginOf(request, tokens) };
}

/** Tells the issuer that a login is over, where it can be told. */
export async function revokeLogin({ issuer, clientId, refreshToken }: Login): Promise<void> {
  if (refreshToken === undefined) return;
  const oidc = await loadOpenidClient();
  const config: Configuration = await discoverIssuer(new URL(issuer), clientId);
  if (config.serverMetadata().revocation_endpoint === undefined) return;
  await answered(new URL(issuer), () => oidc.tokenRevocation(config, refreshToken));
}

function loginOf({ issuer, clientId, now }: LoginRequest, tokens: Tokens): Login {
  // An issuer that does not say how long a token holds is asked again after five minutes.
  const lifetimeSeconds = tokens.expiresIn() ?? 300;
  return {
    issuer: issuer.href.replace(/\/$/u, ''),
    clientId,
    accessToken: tokens.access_token,
    expiresAt: new Date(now().getTime() + lifetimeSeconds * 1000).toISOString(),
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
  };
}
