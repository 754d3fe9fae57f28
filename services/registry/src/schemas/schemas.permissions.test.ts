import { roles } from '@tavolo/access-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  consumer,
  gatewayToken,
  issuer,
  operatorToken,
  type RegistryUnderTest,
  tokenOf,
} from '../registry.fixture.ts';
import { openForSchemas, publish, schema } from './publishing.fixture.ts';

const organisations = ['asker', 'centre-office', 'service-office'] as const;
type Who = `${(typeof organisations)[number]} ${(typeof roles)[number]}`;

interface Action {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly allowed: readonly (Who | `every ${(typeof roles)[number]}`)[];
}

const readers = ['every partner-it', 'every hub-operator', 'every privacy-officer'] as const;
const publishers = ['centre-office partner-it', 'every hub-operator'] as const;
const reason = 'Prova';
const waiver = '/waivers/centres/IDENTIFIER_LIKE/Person.code';

/** None of them changes anything for the next: what is allowed is repeated or already so. */
const actions: readonly Action[] = [
  { method: 'GET', path: '/subgraphs', allowed: readers },
  { method: 'GET', path: '/subgraphs/centres', allowed: readers },
  { method: 'GET', path: '/subgraphs/centres/versions', allowed: readers },
  { method: 'GET', path: '/subgraphs/centres/versions/1', allowed: readers },
  { method: 'GET', path: '/usage?coordinate=Bed.free', allowed: readers },
  { method: 'GET', path: '/contracts', allowed: readers },
  { method: 'GET', path: '/contracts/public', allowed: readers },
  { method: 'GET', path: '/contracts/public/schema', allowed: readers },
  { method: 'GET', path: '/waivers', allowed: readers },
  { method: 'GET', path: waiver, allowed: readers },
  {
    method: 'POST',
    path: '/checks',
    body: { subgraphs: [schema('centres', 'Bed.free')] },
    allowed: publishers,
  },
  {
    method: 'POST',
    path: '/publications',
    body: { subgraphs: [schema('centres', 'Bed.free')] },
    allowed: publishers,
  },
  {
    method: 'POST',
    path: '/subgraphs/centres/rollback',
    body: { version: 1, reason },
    allowed: publishers,
  },
  {
    method: 'POST',
    path: '/subgraphs/centres/deprecate',
    body: { until: '2027-01-01T00:00:00Z', reason },
    allowed: publishers,
  },
  {
    method: 'POST',
    path: '/subgraphs/services/archive',
    body: { reason },
    allowed: ['service-office partner-it', 'every hub-operator'],
  },
  {
    method: 'PUT',
    path: '/contracts/public',
    body: { includeTags: [], excludeTags: ['code'] },
    allowed: ['every hub-operator'],
  },
  {
    method: 'PUT',
    path: waiver,
    body: { reason, until: '2026-12-31T00:00:00Z' },
    allowed: ['asker privacy-officer', 'service-office privacy-officer'],
  },
];

describe('what each role of each organisation may do with schemas', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await openForSchemas();
    for (const id of organisations) {
      const partnerId = id === 'asker' ? null : id === 'centre-office' ? 'centres' : 'services';
      const content = consumer(id, {
        partnerId,
        clients: [
          { issuer, clientId: id, organisation: null, roles: [...roles], actsFor: 'people' },
        ],
      });
      await registry.send(operatorToken, 'PUT', `/consumers/${id}`, content, { 'if-match': '"1"' });
    }
    await publish(registry, operatorToken, [
      schema('centres', 'Bed.free'),
      schema('services', 'Case.openedOn'),
    ]);
    await registry.send(operatorToken, 'POST', '/subgraphs/services/archive', {
      reason,
      acceptBreaking: true,
    });
    await registry.send(operatorToken, 'PUT', '/contracts/public', {
      includeTags: [],
      excludeTags: ['code'],
    });
    await registry.send(tokenOf('asker', ['privacy-officer']), 'PUT', waiver, {
      reason,
      until: '2026-12-31T00:00:00Z',
    });
  });
  afterAll(() => registry.close());

  it.each(actions)('$method $path', async ({ method, path, body, allowed }) => {
    for (const organisation of organisations) {
      for (const role of roles) {
        const who: Who = `${organisation} ${role}`;
        const isAllowed = allowed.some((one) => one === who || one === `every ${role}`);
        const { status } = await registry.send(tokenOf(organisation, [role]), method, path, body);
        expect(`${who}: ${status}`).toBe(`${who}: ${isAllowed ? 200 : 403}`);
      }
    }
  });

  it('nobody unknown, and no gateway, reads or changes any of it', async () => {
    for (const token of [null, tokenOf('unheard-of', [...roles]), `Bearer ${gatewayToken}`]) {
      for (const { method, path, body } of actions) {
        const { status } = await registry.send(token, method, path, body);
        expect(`${path}: ${status}`).toBe(`${path}: 401`);
      }
    }
  });

  it('the supergraph and what is asked are for gateways alone', async () => {
    for (const token of [null, operatorToken, tokenOf('centre-office', [...roles])]) {
      for (const [method, path, body] of [
        ['GET', '/supergraph'],
        ['GET', '/operations'],
        ['POST', '/operations', { id: crypto.randomUUID(), operations: [] }],
      ] as const) {
        expect((await registry.send(token, method, path, body)).status).toBe(401);
      }
    }
    const gateway = `Bearer ${gatewayToken}`;
    expect((await registry.send(gateway, 'GET', '/supergraph')).status).toBe(200);
    expect((await registry.send(gateway, 'GET', '/operations')).json).toEqual({ operations: [] });
  });

  it('an organisation that the hub stopped reads schemas and publishes none', async () => {
    await registry.send(operatorToken, 'POST', '/consumers/centre-office/suspend', { reason });
    const token = tokenOf('centre-office', ['partner-it']);
    expect((await registry.send(token, 'GET', '/subgraphs')).status).toBe(200);
    expect((await publish(registry, token, [schema('centres', 'Bed.size')])).status).toBe(403);
    await registry.send(operatorToken, 'POST', '/consumers/centre-office/resume', {});
  });

  it('only whoever may publish can send more than a megabyte', async () => {
    const large = [schema('centres', 'a'.repeat(1_500_000))];
    const send = (role: (typeof roles)[number]) =>
      publish(registry, tokenOf('centre-office', [role]), large, { draft: true });
    expect((await send('privacy-officer')).status).toBe(403);
    expect((await send('partner-it')).status).toBe(200);
    const tooLarge = schema('centres', 'a'.repeat(4_500_000));
    const twice = {
      ...tooLarge,
      files: [...tooLarge.files, { path: 'b', text: tooLarge.files[0]?.text }],
    };
    expect(
      await publish(registry, tokenOf('centre-office', ['partner-it']), [twice]),
    ).toMatchObject({
      status: 413,
      json: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });
});
