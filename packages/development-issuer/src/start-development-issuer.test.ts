import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoAccountGrantType } from './demo-account-grant.ts';
import { explorerCallback, newFolder, startIssuer, verifierOf } from './issuer.fixture.ts';
import { logInOverHttp } from './log-in-over-http.ts';

const machineKeys = await generateKeyPair('RS256', { extractable: true });
const machine = {
  clientId: 'invented-machine',
  name: 'Invented machine',
  jwks: { keys: [{ kty: 'RSA', ...(await exportJWK(machineKeys.publicKey)), alg: 'RS256' }] },
  purposes: ['nightly-figures'],
};
let issuer: Awaited<ReturnType<typeof startIssuer>>;

beforeAll(async () => {
  issuer = await startIssuer({ machineClients: [machine], guestRoles: ['partner-it'] });
});
afterAll(async () => {
  await issuer.close();
});

// Deprecated to stand out: the issuer of these tests is on this machine.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const insecure = { execute: [oidc.allowInsecureRequests] };
const discover = (clientId: string, at = issuer.issuer) =>
  oidc.discovery(new URL(at), clientId, undefined, oidc.None(), insecure);
const bearer = (token: string) => ({
  authorization: `Bearer ${token}`,
  method: 'POST',
  url: 'http://127.0.0.1/graphql',
});

interface Flow {
  readonly account: string;
  readonly purpose?: string;
  readonly clientId?: string;
  readonly redirectUri?: string;
  readonly at?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

async function logIn({
  clientId = 'tavolo-explorer',
  redirectUri = explorerCallback,
  at = issuer.issuer,
  parameters = {},
  ...choice
}: Flow) {
  const config = await discover(clientId, at);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const authorization = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const callback = await logInOverHttp(authorization, choice);
  return {
    config,
    callback,
    tokens: await oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier }),
  };
}

async function demoToken(parameters: Readonly<Record<string, string>>) {
  const config = await discover('tavolo-cli');
  return oidc.genericGrantRequest(config, demoAccountGrantType, parameters);
}

describe('somebody who logs in with code and PKCE', () => {
  it('gets a token that the gateway accepts, for the first purpose of the account', async () => {
    const { tokens, callback } = await logIn({ account: 'coordinator' });
    expect(callback.href).toContain(explorerCallback);
    const verified = await verifierOf(issuer.issuer).verify(bearer(tokens.access_token));
    expect(verified).toMatchObject({
      issuer: issuer.issuer,
      clientId: 'tavolo-explorer',
      purposeId: 'table-figures',
      roles: ['coordinator'],
      scopes: null,
      districts: null,
    });
    expect(verified.subject).not.toContain('coordinator');
    expect(tokens.claims()).toMatchObject({ name: 'Invented Coordinator' });
  });

  it('chooses another purpose on the page, or the client asks for one', async () => {
    const purposeOf = async (flow: Flow) => {
      const { tokens } = await logIn(flow);
      return (await verifierOf(issuer.issuer).verify(bearer(tokens.access_token))).purposeId;
    };
    expect(await purposeOf({ account: 'coordinator', purpose: 'table-lists' })).toBe('table-lists');
    const parameters = { purpose_id: 'table-lists' };
    expect(await purposeOf({ account: 'coordinator', parameters })).toBe('table-lists');
  });

  it('gets no purpose that is not one of the account, nor another one than the client asked for', async () => {
    await expect(logIn({ account: 'coordinator', purpose: 'case-work' })).rejects.toThrow('400');
    const asked = { parameters: { purpose_id: 'table-lists' } };
    await expect(logIn({ account: 'case-worker', ...asked })).rejects.toThrow('not offer');
    const another = { account: 'coordinator', purpose: 'table-figures', ...asked };
    await expect(logIn(another)).rejects.toThrow('400');
  });

  it('narrows the token to scopes, of those that the roles can have', async () => {
    const parameters = { scope: 'openid people:read diagnostics:read' };
    const { tokens } = await logIn({ account: 'case-worker', parameters });
    const verified = await verifierOf(issuer.issuer).verify(bearer(tokens.access_token));
    expect(verified).toMatchObject({ scopes: ['people:read'], districts: ['PARMA'] });
  });

  it('gets a token for the registry, which needs no purpose and does not open the graph', async () => {
    const parameters = { resource: 'urn:tavolo:registry' };
    const { tokens } = await logIn({ account: 'operator', parameters });
    const atRegistry = verifierOf(issuer.issuer, 'urn:tavolo:registry', false);
    const verified = await atRegistry.verify(bearer(tokens.access_token));
    expect(verified).toMatchObject({ purposeId: null, roles: ['hub-operator'], districts: [] });
    const atGraph = verifierOf(issuer.issuer).verify(bearer(tokens.access_token));
    await expect(atGraph).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    const unknown = logIn({ account: 'operator', parameters: { resource: 'urn:other' } });
    await expect(unknown).rejects.toMatchObject({ error: 'invalid_target' });
  });

  it('stays who it was when the token is refreshed, once for each refresh token', async () => {
    const { config, tokens } = await logIn({ account: 'coordinator', purpose: 'table-lists' });
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    const verified = await verifierOf(issuer.issuer).verify(bearer(refreshed.access_token));
    expect(verified).toMatchObject({ purposeId: 'table-lists', roles: ['coordinator'] });
    const again = oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('may come from any port of this machine as the command line, and from nowhere else', async () => {
    const redirectUri = 'http://127.0.0.1:53123/callback';
    const { tokens } = await logIn({ account: 'coordinator', clientId: 'tavolo-cli', redirectUri });
    expect(tokens.token_type).toBe('bearer');
    for (const bad of ['http://127.0.0.1:53123/other', 'http://attacker.example/callback']) {
      const flow = { account: 'coordinator', clientId: 'tavolo-cli', redirectUri: bad };
      await expect(logIn(flow)).rejects.toThrow('400');
    }
  });

  it('may come from any port of this machine to the explorer, since its gateway may listen on any', async () => {
    const redirectUri = 'http://127.0.0.1:53123/explorer/callback';
    const { callback } = await logIn({ account: 'coordinator', redirectUri });
    expect(callback.href).toContain(redirectUri);
    for (const bad of [
      'http://127.0.0.1:53123/other',
      'http://attacker.example/explorer/callback',
      'https://127.0.0.1:53123/explorer/callback',
    ]) {
      await expect(logIn({ account: 'coordinator', redirectUri: bad })).rejects.toThrow('400');
    }
  });

  it('cannot leave PKCE out', async () => {
    const config = await discover('tavolo-explorer');
    const authorization = oidc.buildAuthorizationUrl(config, {
      redirect_uri: explorerCallback,
      scope: 'openid',
    });
    const callback = await logInOverHttp(authorization, { account: 'coordinator' });
    expect(callback.searchParams.get('error')).toBe('invalid_request');
  });
});

describe('a machine', () => {
  const discoverMachine = (purposeId?: unknown) =>
    oidc.discovery(
      new URL(issuer.issuer),
      machine.clientId,
      undefined,
      oidc.PrivateKeyJwt(machineKeys.privateKey, {
        [oidc.modifyAssertion]: (_header, claims) => {
          if (purposeId !== undefined) claims['purposeId'] = purposeId;
        },
      }),
      insecure,
    );

  it('gets a token for the purpose of its assertion, as at PDND, bound to its DPoP key', async () => {
    const config = await discoverMachine('nightly-figures');
    const DPoP = oidc.getDPoPHandle(
      config,
      await oidc.randomDPoPKeyPair('ES256', { extractable: true }),
    );
    const tokens = await oidc.clientCredentialsGrant(
      config,
      { resource: 'urn:tavolo:graph' },
      { DPoP },
    );
    expect(tokens.token_type).toBe('dpop');
    const verifier = verifierOf(issuer.issuer);
    const asBearer = verifier.verify(bearer(tokens.access_token));
    await expect(asBearer).rejects.toMatchObject({ code: 'DPOP_INVALID' });

    let proven: Promise<unknown> = Promise.reject(new Error('no request was made'));
    proven.catch(() => undefined);
    const url = new URL('http://127.0.0.1/graphql');
    const options = { DPoP };
    config[oidc.customFetch] = async (_url, { headers }) => {
      proven = verifier.verify({
        authorization: headers['authorization'],
        dpop: headers['dpop'],
        method: 'POST',
        url: url.href,
      });
      return new Response('{}');
    };
    await oidc.fetchProtectedResource(
      config,
      tokens.access_token,
      url,
      'POST',
      undefined,
      undefined,
      options,
    );
    expect(await proven).toMatchObject({
      clientId: machine.clientId,
      subject: machine.clientId,
      purposeId: 'nightly-figures',
      roles: null,
      scopes: null,
      districts: null,
    });
  });

  it('gets a plain token without DPoP, and one without a purpose does not open the graph', async () => {
    const verifier = verifierOf(issuer.issuer);
    const tokenFor = async (purposeId?: string) =>
      (await oidc.clientCredentialsGrant(await discoverMachine(purposeId))).access_token;
    const verified = await verifier.verify(bearer(await tokenFor('nightly-figures')));
    expect(verified.purposeId).toBe('nightly-figures');
    const aimless = verifier.verify(bearer(await tokenFor()));
    await expect(aimless).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it.each([['case-work'], ['Not A Purpose'], [['nightly-figures']], [null]])(
    'gets no token for a purpose that is not its own: %j',
    async (purposeId) => {
      const config = await discoverMachine(purposeId);
      await expect(oidc.clientCredentialsGrant(config)).rejects.toMatchObject({
        error: 'invalid_client',
      });
    },
  );

  it('is not believed with another key, or as a client without one', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const stranger = await oidc.discovery(
      new URL(issuer.issuer),
      machine.clientId,
      undefined,
      oidc.PrivateKeyJwt(privateKey),
      insecure,
    );
    const refused = { error: 'invalid_client' };
    await expect(oidc.clientCredentialsGrant(stranger)).rejects.toMatchObject(refused);
    const keyless = await discover(machine.clientId);
    await expect(oidc.clientCredentialsGrant(keyless)).rejects.toMatchObject(refused);
  });
});

describe('a script', () => {
  it('gets a token of a demo account without a browser, for any of its purposes', async () => {
    const { access_token } = await demoToken({ account: 'coordinator', purpose_id: 'table-lists' });
    const verified = await verifierOf(issuer.issuer).verify(bearer(access_token));
    expect(verified).toMatchObject({ purposeId: 'table-lists', roles: ['coordinator'] });
  });

  it('is the same subject as in the browser', async () => {
    const { tokens } = await logIn({ account: 'coordinator' });
    const { access_token } = await demoToken({ account: 'coordinator' });
    const verifier = verifierOf(issuer.issuer);
    const [browser, script] = await Promise.all(
      [tokens.access_token, access_token].map((token) => verifier.verify(bearer(token))),
    );
    expect(script?.subject).toBe(browser?.subject);
  });

  it.each([
    ['an account that is none', { account: 'nobody' }, 'invalid_request'],
    ['a purpose of others', { account: 'coordinator', purpose_id: 'case-work' }, 'invalid_request'],
    ['another resource', { account: 'coordinator', resource: 'urn:other' }, 'invalid_target'],
  ])('gets none for %s', async (_, parameters, error) => {
    await expect(demoToken(parameters)).rejects.toMatchObject({ error });
  });

  it('gets none as another client', async () => {
    const explorer = await discover('tavolo-explorer');
    const asked = oidc.genericGrantRequest(explorer, demoAccountGrantType, {
      account: 'coordinator',
    });
    await expect(asked).rejects.toMatchObject({ error: 'invalid_request' });
  });
});

describe('a guest', () => {
  it('comes from an organisation that nobody knew at the start, for any purpose', async () => {
    const { access_token } = await demoToken({
      account: 'partner-it-employment-centre',
      purpose_id: 'new-purpose',
    });
    expect(await verifierOf(issuer.issuer).verify(bearer(access_token))).toMatchObject({
      organisation: 'employment-centre',
      roles: ['partner-it'],
      purposeId: 'new-purpose',
    });
  });

  it.each(['coordinator-employment-centre', 'partner-it-', 'partner-it-Not A Name', 'partner-it'])(
    'comes in the roles for guests only, from a name the registry could have: not as %s',
    async (account) => {
      await expect(demoToken({ account })).rejects.toMatchObject({ error: 'invalid_request' });
    },
  );
});

describe('the issuer', () => {
  it('cannot be started for anybody but this machine', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'issuer.example']) {
      // What a mistaken configuration would hand over.
      await expect(startIssuer({ host: host as '127.0.0.1' })).rejects.toThrow('no passwords');
    }
  });

  it('says on its pages that accounts are invented, loads nothing from elsewhere and escapes names', async () => {
    const authorization = oidc.buildAuthorizationUrl(await discover('tavolo-explorer'), {
      redirect_uri: explorerCallback,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const toLogin = await fetch(authorization, { redirect: 'manual' });
    const cookie = toLogin.headers
      .getSetCookie()
      .map((set) => set.split(';')[0])
      .join('; ');
    const location = new URL(toLogin.headers.get('location') ?? '', issuer.url);
    const login = await fetch(location, { headers: { cookie } });
    const page = await login.text();
    expect(login.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(login.headers.get('content-security-policy')).toContain('http://127.0.0.1:4000');
    expect(page).toContain('Invented &#60;Case&#62; &#38; Worker');
    expect(page).toContain('<html lang="en">');
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\//u);
    const without = await fetch(location);
    const mistaken = await fetch(`${issuer.url}/auth?client_id=%3Cb%3E`);
    const front = await fetch(issuer.url);
    for (const answer of [without, mistaken, front]) {
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await answer.text()).toContain('invented accounts');
    }
    expect([without.status, mistaken.status, front.status]).toEqual([400, 400, 200]);

    const foreign = await fetch(location, {
      method: 'POST',
      headers: { cookie, origin: 'https://attacker.example' },
      body: new URLSearchParams({ account: 'coordinator' }),
    });
    expect(foreign.status).toBe(403);
  });

  it('lets the page of the explorer ask for tokens, and pages of others not', async () => {
    const ask = async (origin: string) => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'none',
        client_id: 'tavolo-explorer',
      });
      const answer = await fetch(`${issuer.url}/token`, {
        method: 'POST',
        headers: { origin },
        body,
      });
      return answer.headers.get('access-control-allow-origin');
    };
    // Its own port or another one of this machine's.
    for (const own of ['http://127.0.0.1:4000', 'http://127.0.0.1:53123']) {
      expect(await ask(own)).toBe(own);
    }
    for (const other of ['https://attacker.example', 'http://127.0.0.1.attacker.example', 'null']) {
      expect(await ask(other)).toBeNull();
    }
  });

  it('keeps its keys and logins over a restart, for nobody else to read', async () => {
    const dataFolder = newFolder();
    const first = await startIssuer({ dataFolder });
    const port = Number(new URL(first.url).port);
    const { config, tokens } = await logIn({ account: 'coordinator', at: first.issuer });
    await first.close();
    for (const file of ['keys.json', 'logins.json']) {
      expect((await stat(join(dataFolder, file))).mode & 0o777).toBe(0o600);
    }
    const second = await startIssuer({ dataFolder, port });
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    for (const token of [tokens.access_token, refreshed.access_token]) {
      expect(await verifierOf(second.issuer).verify(bearer(token))).toMatchObject({
        purposeId: 'table-figures',
      });
    }
    await second.close();
  });

  it('says on the log, and not on the console, that this Node is older than its provider wants', async () => {
    const warn = vi.spyOn(console, 'warn');
    const info = vi.spyOn(console, 'info');
    await (await startIssuer()).close();
    expect(warn).not.toHaveBeenCalled();
    expect(info).not.toHaveBeenCalled();
    expect(issuer.logged.join('\n')).toContain('invented accounts, no passwords');
    vi.restoreAllMocks();
  });
});
