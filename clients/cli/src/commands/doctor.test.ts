import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BadSubgraph,
  type SubgraphFault,
  startBadSubgraph,
} from '@tavolo/conformance/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorReport } from '../doctor/doctor-step.ts';
import { writeLogins } from '../login/logins.ts';
import { runIn, type StubRegistry, startStubRegistry } from '../registry.fixture.ts';

const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const kid = 'conformance';

/** A hub of stubs: registry, issuer and gateway on one server, and a real subgraph beside them. */
let hub: StubRegistry;
let running: BadSubgraph | undefined;
let folder: string;
beforeEach(async () => {
  hub = await startStubRegistry();
  folder = mkdtempSync(join(tmpdir(), 'tavolo-doctor-'));
  writeFileSync(join(folder, 'key.json'), JSON.stringify({ kty, crv, x, d, kid }), { mode: 0o600 });
});
afterEach(async () => {
  await running?.close();
  await hub.close();
});

const secretPart = 'CANARY-signature-of-the-token';
function tokenOf(claims: object): string {
  const parts = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, secretPart].join('.');
}

async function logIn(claims: object = {}): Promise<void> {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  const accessToken = tokenOf({ iss: hub.url, aud: 'urn:tavolo:registry', exp, ...claims });
  const expiresAt = new Date(exp * 1000).toISOString();
  await writeLogins(join(folder, 'config/tavolo'), {
    'urn:tavolo:registry': { issuer: hub.url, clientId: 'tavolo-cli', accessToken, expiresAt },
  });
}

async function settle(...faults: readonly SubgraphFault[]): Promise<void> {
  const now = () => new Date();
  running = await startBadSubgraph({
    name: 'trial',
    issuer: 'tavolo-gateway',
    keys: [{ x: x ?? '', kid }],
    now,
    faults,
  });
  const { url, publishedSdl } = running;
  const version = {
    subgraph: 'trial',
    version: 1,
    state: 'PUBLISHED',
    digest: 'a'.repeat(64),
    url,
    note: '',
    createdAt: '2026-11-22T10:00:00Z',
    createdBy: 'trial',
    publishedAt: '2026-11-22T10:00:00Z',
  };
  const answers: readonly (readonly [string, unknown])[] = [
    ['/health/live', {}],
    ['/', {}],
    ['/.well-known/openid-configuration', { issuer: hub.url, jwks_uri: `${hub.url}/jwks` }],
    ['/jwks', { keys: [{}] }],
    ['/me', { organisation: 'trial', partnerId: 'trial', roles: ['partner-it'], isStopped: false }],
    ['/partners/trial', partner(['trial'])],
    [
      '/subgraphs/trial',
      {
        name: 'trial',
        owner: 'trial',
        contact: { name: 'IT', email: 'it@trial.example' },
        state: 'PUBLISHED',
        version: 1,
        url,
        deprecatedUntil: null,
        deprecationReason: null,
        publishedAt: null,
      },
    ],
    [
      '/subgraphs/trial/versions/1',
      { ...version, files: [{ path: 'schema.graphql', text: publishedSdl }] },
    ],
    [
      '/health/ready',
      { status: 'ready', partners: [{ name: 'trial', ready: true, circuit: 'closed' }] },
    ],
  ];
  for (const [path, json] of answers) hub.answers.set(`GET ${path}`, { json });
}

const partner = (subgraphs: readonly string[], suspensions: readonly object[] = []) => ({
  id: 'trial',
  revision: 1,
  content: {
    name: 'Trial',
    subgraphs,
    contactOffice: { name: 'IT', email: 'it@trial.example' },
    legalBasis: 'law',
    agreements: [],
  },
  suspensions,
});

async function doctor(...more: readonly string[]) {
  const subgraph = running?.url ?? '';
  const args = [
    'doctor',
    '--registry',
    hub.url,
    '--gateway',
    hub.url,
    '--issuer',
    hub.url,
    '--subgraph',
    subgraph,
    '--name',
    'trial',
    ...more,
  ];
  const ran = await runIn(folder, args, { XDG_CONFIG_HOME: join(folder, 'config') });
  expect(ran.printed + ran.said).not.toContain(secretPart);
  return ran;
}

/** Codes of the steps that are wrong, with what was found. */
async function wrongSteps(...more: readonly string[]) {
  const { printed, exitCode } = await doctor('--context-key', 'key.json', '--json', ...more);
  const { steps } = JSON.parse(printed) as DoctorReport;
  const wrong = steps.filter(({ outcome }) => outcome === 'WRONG');
  expect(exitCode).toBe(wrong.length === 0 ? 0 : 1);
  expect(wrong.every(({ advice }) => advice !== null)).toBe(true);
  return { steps, wrong: Object.fromEntries(wrong.map(({ code, finding }) => [code, finding])) };
}

describe('tavolo doctor', { timeout: 60_000 }, () => {
  it('finds nothing wrong where nothing is', async () => {
    await settle();
    await logIn();
    const { exitCode, printed } = await doctor('--context-key', 'key.json');
    expect(printed).toContain(
      '✓ The registry knows who you are: organisation trial, roles: partner-it',
    );
    expect(printed).toContain(
      '✓ The subgraph refuses a call that the gateway did not sign: 401, CONTEXT_INVALID',
    );
    expect(printed).toContain('✓ The subgraph takes a call with a right context: 200');
    expect(printed).toContain('✓ The subgraph serves what is published: no difference');
    expect(printed).toContain('✓ The gateway reaches the subgraph: ready, circuit closed');
    expect(printed).toContain('! The address that the gateway calls is public');
    expect(printed).toMatch(/Nothing is wrong\.\n$/u);
    expect(exitCode).toBe(0);
  });

  it('says that nobody is logged in, and does not ask the registry then', async () => {
    await settle();
    const { wrong, steps } = await wrongSteps();
    expect(wrong).toEqual({ TOKEN_REGISTRY: 'nobody is logged in for the registry' });
    const me = steps.find(({ code }) => code === 'REGISTRY_KNOWS_YOU');
    expect(me).toMatchObject({
      outcome: 'NOT_TRIED',
      finding: expect.stringContaining('token') as unknown,
    });
    expect(hub.asked.map(({ path }) => path)).not.toContain('/me');
  });

  it.each([
    ['for something else', { aud: 'urn:tavolo:graph' }, { TOKEN_REGISTRY: /audience/u }],
    ['that has ended', { exp: 1_700_000_000 }, { TOKEN_REGISTRY: /ended at 2023/u }],
    [
      'of another issuer',
      { iss: 'https://elsewhere.example' },
      { TOKEN_REGISTRY: /another issuer/u },
    ],
    ['bound to a key', { cnf: { jkt: 'thumb' } }, { TOKEN_KEY: /DPoP/u }],
  ])('tells a token %s', async (_what, claims, expected) => {
    await settle();
    await logIn(claims);
    const { wrong } = await wrongSteps();
    expect(Object.keys(wrong)).toEqual(Object.keys(expected));
    for (const [code, why] of Object.entries(expected)) expect(wrong[code]).toMatch(why);
  });

  it('tells a partner that is not, is suspended, or answers for another subgraph', async () => {
    await settle();
    await logIn();
    const by = { side: 'hub', by: 'hub-operator', reason: 'a trial', at: '2026-11-22T10:00:00Z' };
    for (const [json, why] of [
      [partner(['trial'], [by]), /suspended by hub-operator/u],
      [partner(['elsewhere']), /answers for elsewhere, and not for trial/u],
    ] as const) {
      hub.answers.set('GET /partners/trial', { json });
      const { wrong } = await wrongSteps();
      expect(Object.keys(wrong)).toEqual(['PARTNER_REGISTERED']);
      expect(wrong['PARTNER_REGISTERED']).toMatch(why);
    }
  });

  it('tells a subgraph with another name than the hub’s, by the reason it gives', async () => {
    await settle('answers-nobody');
    await logIn();
    const { wrong, steps } = await wrongSteps();
    expect(wrong).toEqual({ SUBGRAPH_TAKES_GATEWAY: '401 CONTEXT_INVALID' });
    const step = steps.find(({ code }) => code === 'SUBGRAPH_TAKES_GATEWAY');
    expect(step?.advice).toContain('GATEWAY_KEYS');
  });

  it('tells what is served otherwise than published', async () => {
    await settle('other-sdl-than-published');
    await logIn();
    expect((await wrongSteps()).wrong).toEqual({
      SCHEMA_AS_PUBLISHED: 'Visit.kind is served otherwise than published',
    });
  });

  it('tells a gateway that does not reach the subgraph, and a subgraph that is not there', async () => {
    await settle();
    await logIn();
    hub.answers.set('GET /health/ready', {
      json: { status: 'ready', partners: [{ name: 'trial', ready: false, circuit: 'open' }] },
    });
    expect((await wrongSteps()).wrong).toEqual({
      GATEWAY_REACHES_SUBGRAPH: expect.stringContaining('circuit open') as unknown,
    });
    await running?.close();
    const { wrong, steps } = await wrongSteps();
    expect(Object.keys(wrong)).toEqual(['TCP_SUBGRAPH', 'GATEWAY_REACHES_SUBGRAPH']);
    const waiting = steps.filter(({ outcome }) => outcome === 'NOT_TRIED').map(({ code }) => code);
    expect(waiting).toContain('SUBGRAPH_TAKES_GATEWAY');
    expect(waiting).toContain('SCHEMA_AS_PUBLISHED');
  });
});
