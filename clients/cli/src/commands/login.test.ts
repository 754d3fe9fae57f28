import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessTokenVerifier } from '@tavolo/access-token';
import { type DevelopmentIssuer, startDevelopmentIssuer } from '@tavolo/development-issuer';
import { logInOverHttp } from '@tavolo/development-issuer/log-in-over-http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../program.ts';
import { run } from '../run-in-folder.fixture.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'tavolo-cli-issuer-'));
const startIssuer = (port = 0) =>
  startDevelopmentIssuer({
    host: '127.0.0.1',
    port,
    dataFolder,
    accounts: [
      {
        id: 'coordinator',
        name: 'Invented Coordinator',
        organisationId: 'invented-organisation',
        organisation: 'Invented table',
        roles: ['coordinator'],
        districts: null,
        purposes: ['table-figures', 'table-lists'],
      },
    ],
    logger: { info: () => undefined, warn: () => undefined },
  });

let issuer: DevelopmentIssuer;
let env: { readonly XDG_CONFIG_HOME: string };
const loginFile = () => join(env.XDG_CONFIG_HOME, 'tavolo', 'logins.json');

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(async () => {
  await issuer.close();
});
beforeEach(() => {
  env = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'tavolo-cli-login-')) };
});

const verify = (token: string, audience = 'urn:tavolo:graph') =>
  createAccessTokenVerifier({
    issuers: [{ issuer: issuer.issuer }],
    audience,
    requirePurpose: true,
    now: () => new Date(),
  }).verify({ authorization: `Bearer ${token.trim()}`, method: 'POST', url: 'http://127.0.0.1/' });

/** Runs `tavolo login` and does in its browser what `browser` does with the address it shows. */
async function loginInBrowser(
  browser: (address: URL) => Promise<unknown>,
  ...options: readonly string[]
) {
  const said: string[] = [];
  const browsed: Promise<unknown>[] = [];
  const exitCode = await runProgram(['login', '--issuer', issuer.issuer, ...options], {
    env,
    print: (text) => said.push(text),
    say: (text) => {
      said.push(text);
      const address = /http\S+/u.exec(text)?.[0];
      if (address !== undefined && text.startsWith('Open')) browsed.push(browser(new URL(address)));
    },
    isTerminal: false,
    nowMs: () => 0,
  });
  await Promise.all(browsed);
  return { exitCode, said: said.join('') };
}

const asCoordinator = async (address: URL) =>
  fetch(await logInOverHttp(address, { account: 'coordinator', purpose: 'table-lists' }));

/** As if the token had been had an hour ago. */
function letExpire(): void {
  const expired = '"expiresAt":"2020-01-01T00:00:00.000Z"';
  const kept = readFileSync(loginFile(), 'utf8');
  writeFileSync(loginFile(), kept.replaceAll(/"expiresAt":"[^"]+"/gu, expired));
}

const demoLogin = (...options: readonly string[]) =>
  run(['login', '--issuer', issuer.issuer, '--demo-account', 'coordinator', ...options], env);

describe('tavolo login', () => {
  it('logs in through a browser, and tavolo token prints what the gateway accepts', async () => {
    const { exitCode, said } = await loginInBrowser(asCoordinator);
    expect(exitCode).toBe(0);
    expect(said).toContain('Logged in at');
    const { printed } = await run(['token'], env);
    expect(printed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/u);
    expect(await verify(printed)).toMatchObject({
      clientId: 'tavolo-cli',
      purposeId: 'table-lists',
    });
  });

  it('logs in as a demo account without a browser, for the purpose and the resource that are asked', async () => {
    const { exitCode, printed, said } = await demoLogin('--purpose', 'table-lists', '--json');
    expect(exitCode).toBe(0);
    expect(said).toBe('');
    expect(JSON.parse(printed)).toMatchObject({
      issuer: issuer.issuer,
      resource: 'urn:tavolo:graph',
    });
    await demoLogin('--resource', 'urn:tavolo:registry');
    const graph = await run(['token'], env);
    const registry = await run(['token', '--resource', 'urn:tavolo:registry'], env);
    expect(await verify(graph.printed)).toMatchObject({ purposeId: 'table-lists' });
    expect(await verify(registry.printed, 'urn:tavolo:registry')).toBeDefined();
    await expect(verify(registry.printed)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('keeps what it got for its user alone, and says nothing of it', async () => {
    const { printed, said } = await demoLogin();
    expect(statSync(loginFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(env.XDG_CONFIG_HOME, 'tavolo')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(env.XDG_CONFIG_HOME, 'tavolo'))).toEqual(['logins.json']);
    expect(printed + said).not.toContain('eyJ');
  });

  it('is not ended by somebody else who knocks at its port, nor believes them', async () => {
    const { exitCode } = await loginInBrowser(async (address) => {
      const redirectUri = address.searchParams.get('redirect_uri') ?? '';
      expect((await fetch(`${redirectUri}?code=stolen&state=guessed`)).status).toBe(404);
      expect((await fetch(`${redirectUri}?code=stolen`)).status).toBe(404);
      expect((await fetch(new URL('/', redirectUri))).status).toBe(404);
      return asCoordinator(address);
    });
    expect(exitCode).toBe(0);
  });

  it.each([
    ['an unknown account', ['--demo-account', 'nobody'], 'no such demo account'],
    [
      'a purpose of others',
      ['--demo-account', 'coordinator', '--purpose', 'case-work'],
      'not one of the purposes',
    ],
    [
      'another resource',
      ['--demo-account', 'coordinator', '--resource', 'urn:other'],
      'invalid_target',
    ],
  ])('says what the issuer refused: %s', async (_, options, why) => {
    const { exitCode, said, printed } = await run(
      ['login', '--issuer', issuer.issuer, ...options],
      env,
    );
    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: '' });
    expect(said).toContain(why);
  });

  it('says when there is no issuer, and takes none that could be listened to', async () => {
    const closed = await startIssuer();
    await closed.close();
    const silent = await run(['login', '--issuer', closed.url, '--demo-account', 'any'], env);
    expect(silent).toMatchObject({ exitCode: 3 });
    expect(silent.said).toContain('is the hub running (npm start)?');
    for (const bad of ['http://issuer.example', 'issuer', 'file:///etc/hostname']) {
      const refused = await run(['login', '--issuer', bad], env);
      expect(refused).toMatchObject({ exitCode: 2 });
    }
  });
});

describe('tavolo token', () => {
  it('says how to log in when nobody did', async () => {
    const { exitCode, printed, said } = await run(['token'], env);
    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: '' });
    expect(said).toBe('tavolo: not logged in for urn:tavolo:graph: run tavolo login\n');
  });

  it.each([
    ['through a browser', () => loginInBrowser(asCoordinator)],
    ['as a demo account', () => demoLogin('--purpose', 'table-lists')],
  ])('renews a token that has expired, after a login %s', async (_, logIn) => {
    await logIn();
    const { printed: first } = await run(['token'], env);
    letExpire();
    const { exitCode, printed } = await run(['token', '--json'], env);
    expect(exitCode).toBe(0);
    const { accessToken } = z.object({ accessToken: z.string() }).parse(JSON.parse(printed));
    expect(accessToken).not.toBe(first.trim());
    expect(await verify(accessToken)).toMatchObject({ purposeId: 'table-lists' });
    expect((await run(['token'], env)).printed).toBe(`${accessToken}\n`);
  });

  it('renews once when several commands want to at the same time', async () => {
    await loginInBrowser(asCoordinator);
    letExpire();
    const runs = await Promise.all([1, 2, 3].map(() => run(['token'], env)));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(new Set(runs.map(({ printed }) => printed)).size).toBe(1);
  });

  it('is renewed after a restart of the issuer too', async () => {
    await loginInBrowser(asCoordinator);
    letExpire();
    await issuer.close();
    issuer = await startIssuer(Number(new URL(issuer.url).port));
    expect(await verify((await run(['token'], env)).printed)).toMatchObject({
      purposeId: 'table-lists',
    });
  });

  it('refuses tokens that others could have read, and a file that is none', async () => {
    await demoLogin();
    chmodSync(loginFile(), 0o644);
    expect((await run(['token'], env)).said).toContain('others can read');
    chmodSync(loginFile(), 0o600);
    writeFileSync(loginFile(), '{"canary":');
    const { said, exitCode } = await run(['token'], env);
    expect(exitCode).toBe(1);
    expect(said).not.toContain('canary');
    expect(said).toContain('tavolo logout');
  });
});

describe('tavolo logout', () => {
  it('forgets the tokens, and their issuer renews them for nobody', async () => {
    await loginInBrowser(asCoordinator);
    const kept = readFileSync(loginFile(), 'utf8');
    const { exitCode, printed } = await run(['logout', '--json'], env);
    expect(exitCode).toBe(0);
    expect(JSON.parse(printed)).toEqual({ loggedOut: 1, untold: 0 });
    expect((await run(['token'], env)).exitCode).toBe(1);
    writeFileSync(loginFile(), kept, { mode: 0o600 });
    letExpire();
    expect((await run(['token'], env)).said).toContain('the login is over: run tavolo login');
  });

  it('works without a login, and with a file that nobody can read any more', async () => {
    expect((await run(['logout'], env)).exitCode).toBe(0);
    await demoLogin();
    writeFileSync(loginFile(), 'no JSON');
    expect((await run(['logout'], env)).exitCode).toBe(0);
    expect((await run(['token'], env)).said).toContain('not logged in');
  });
});
