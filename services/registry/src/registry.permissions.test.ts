import { roles } from '@tavolo/access-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  consumer,
  issuer,
  officer,
  openRegistry,
  partner,
  purpose,
  type RegistryUnderTest,
  tokenOf,
} from './registry.fixture.ts';

/** Whoever asks: somebody of the purpose's consumer, of an owner, of neither, or of the hub's own organisation. */
const organisations = ['asker', 'centre-office', 'stranger', 'hub-office'] as const;
type Organisation = (typeof organisations)[number];
type Who = `${Organisation} ${(typeof roles)[number]}`;

interface Action {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowed: readonly (Who | 'every privacy-officer' | 'every hub-operator' | 'everybody')[];
  /** What the others get; 404 where they must not learn what there is. */
  readonly otherwise: number;
}

const readers = ['every privacy-officer', 'every hub-operator'] as const;
const reason = { reason: 'Verifica' };

/** None of them changes anything for the next: what is allowed is repeated, stale, or already so. */
const actions: readonly Action[] = [
  { name: 'who am I', method: 'GET', path: '/me', allowed: ['everybody'], otherwise: 401 },
  {
    name: 'list partners',
    method: 'GET',
    path: '/partners',
    allowed: ['everybody'],
    otherwise: 401,
  },
  {
    name: 'read a partner',
    method: 'GET',
    path: '/partners/centres',
    allowed: [...readers, ...roles.map((role): Who => `centre-office ${role}`)],
    otherwise: 404,
  },
  {
    name: 'read a consumer',
    method: 'GET',
    path: '/consumers/asker',
    allowed: [...readers, ...roles.map((role): Who => `asker ${role}`)],
    otherwise: 404,
  },
  {
    name: 'read a purpose',
    method: 'GET',
    path: '/purposes/free-beds',
    allowed: [...readers, ...roles.map((role): Who => `asker ${role}`)],
    otherwise: 404,
  },
  {
    name: 'register a partner',
    method: 'PUT',
    path: '/partners/centres',
    body: partner('centres'),
    allowed: ['every hub-operator'],
    otherwise: 403,
  },
  {
    name: 'register a consumer',
    method: 'PUT',
    path: '/consumers/service-office',
    body: consumer('service-office', { partnerId: 'services' }),
    allowed: ['every hub-operator'],
    otherwise: 403,
  },
  {
    name: 'write a purpose',
    method: 'PUT',
    path: '/purposes/free-beds',
    body: purpose(),
    allowed: ['asker privacy-officer'],
    otherwise: 403,
  },
  {
    name: 'submit a purpose',
    method: 'POST',
    path: '/purposes/free-beds/submit',
    body: { version: 1 },
    allowed: ['asker privacy-officer'],
    otherwise: 403,
  },
  {
    name: 'approve a purpose',
    method: 'POST',
    path: '/purposes/free-beds/approve',
    body: { version: 1, categories: [] },
    allowed: ['centre-office privacy-officer'],
    otherwise: 403,
  },
  {
    name: 'reject a purpose',
    method: 'POST',
    path: '/purposes/rejected/reject',
    body: { version: 1, ...reason },
    allowed: ['centre-office privacy-officer'],
    otherwise: 403,
  },
  {
    name: 'archive a purpose',
    method: 'POST',
    path: '/purposes/ended/archive',
    body: {},
    allowed: ['asker privacy-officer'],
    otherwise: 403,
  },
  {
    name: 'suspend a purpose',
    method: 'POST',
    path: '/purposes/free-beds/suspend',
    body: reason,
    allowed: ['asker privacy-officer', 'centre-office privacy-officer', 'every hub-operator'],
    otherwise: 403,
  },
  {
    name: 'suspend a partner',
    method: 'POST',
    path: '/partners/centres/suspend',
    body: reason,
    allowed: ['centre-office privacy-officer', 'every hub-operator'],
    otherwise: 403,
  },
  ...['/exports/art-30', '/exports/agreements?format=csv'].map(
    (path): Action => ({
      name: `export ${path}`,
      method: 'GET',
      path,
      allowed: [...readers],
      otherwise: 403,
    }),
  ),
];

describe('what each role of each organisation may do', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    // Operators of the bootstrap register; the matrix uses only clients of the registry itself.
    registry = await openRegistry();
    await registry.seed();
    const everyRole = (id: string, partnerId: string | null = null) =>
      consumer(id, {
        partnerId,
        clients: [
          { issuer, clientId: id, organisation: null, roles: [...roles], actsFor: 'people' },
        ],
      });
    const operator = tokenOf('bootstrap', ['hub-operator']);
    for (const [id, partnerId] of [
      ['asker', null],
      ['centre-office', 'centres'],
      ['stranger', null],
      ['hub-office', null],
    ] as const) {
      const known = await registry.send(operator, 'GET', `/consumers/${id}`);
      const etag = known.headers.get('etag');
      const body = everyRole(id, partnerId);
      const headers = etag === null ? {} : { 'if-match': etag };
      await registry.send(operator, 'PUT', `/consumers/${id}`, body, headers);
    }
    const onlyBeds = purpose({ coordinates: ['Bed.free'] });
    const asker = officer('asker');
    const owner = officer('centre-office');
    for (const id of ['free-beds', 'rejected', 'ended']) {
      const body = id === 'free-beds' ? purpose() : onlyBeds;
      await registry.send(asker, 'PUT', `/purposes/${id}`, body);
      await registry.send(asker, 'POST', `/purposes/${id}/submit`, { version: 1 });
    }
    await registry.send(owner, 'POST', '/purposes/free-beds/approve', {
      version: 1,
      categories: [],
    });
    await registry.send(owner, 'POST', '/purposes/rejected/reject', { version: 1, ...reason });
    await registry.send(asker, 'POST', '/purposes/ended/archive', {});
  });
  afterAll(() => registry.close());

  for (const action of actions) {
    it(action.name, async () => {
      for (const organisation of organisations) {
        for (const role of roles) {
          const who: Who = `${organisation} ${role}`;
          const isAllowed = action.allowed.some(
            (one) => one === who || one === `every ${role}` || one === 'everybody',
          );
          const { status } = await registry.send(
            tokenOf(organisation, [role]),
            action.method,
            action.path,
            action.body,
          );
          expect(`${who}: ${status}`).toBe(`${who}: ${isAllowed ? 200 : action.otherwise}`);
        }
      }
    });
  }

  it('nobody unknown learns anything but that they are unknown, whatever the address', async () => {
    const answers = [];
    for (const token of [null, 'Basic x', tokenOf('unheard-of', [...roles])]) {
      for (const [method, path] of [
        ...actions.map(({ method, path }) => [method, path] as const),
        ['GET', '/openapi.json'],
        ['GET', '/nothing'],
        ['DELETE', '/partners/centres'],
      ] as const) {
        answers.push((await registry.send(token, method, path)).status);
      }
    }
    expect(new Set(answers)).toEqual(new Set([401]));
    expect((await registry.send(null, 'GET', '/health/live')).status).toBe(200);
    expect((await registry.send(null, 'GET', '/health/ready')).status).toBe(200);
  });

  it('a list shows those without the right to all only their own', async () => {
    const ids = async (token: string, path: string) =>
      ((await registry.send(token, 'GET', path)).json['items'] as { id: string }[]).map(
        ({ id }) => id, // entries have ids
      );
    const caseWorker = tokenOf('centre-office', ['case-worker']);
    expect(await ids(caseWorker, '/partners')).toEqual(['centres']);
    expect(await ids(caseWorker, '/consumers')).toEqual(['centre-office']);
    expect(await ids(caseWorker, '/purposes')).toEqual([]);
    expect(await ids(tokenOf('asker', ['analyst']), '/purposes')).toHaveLength(3);
  });

  it('the state is for gateways, and gateways see nothing else', async () => {
    for (const role of roles) {
      expect((await registry.send(tokenOf('hub-office', [role]), 'GET', '/state')).status).toBe(
        401,
      );
    }
    const gateway = 'Bearer token-of-an-invented-gateway';
    expect((await registry.send(gateway, 'GET', '/state')).status).toBe(200);
    expect((await registry.send(gateway, 'GET', '/purposes')).status).toBe(401);
    expect((await registry.send('Bearer another-token-altogether', 'GET', '/state')).status).toBe(
      401,
    );
  });
});
