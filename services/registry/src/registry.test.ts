import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  consumer,
  issuer,
  officer,
  openRegistry,
  operatorToken,
  partner,
  purpose,
  type RegistryUnderTest,
  riskAnalysis,
  tokenOf,
} from './registry.fixture.ts';

let registry: RegistryUnderTest;
beforeEach(async () => {
  registry = await openRegistry();
  await registry.seed();
});
afterEach(() => registry.close());

const put = (body: object = purpose(), headers: Readonly<Record<string, string>> = {}) =>
  registry.send(officer('asker'), 'PUT', '/purposes/free-beds', body, headers);
const act = (token: string, action: string, body: object = {}) =>
  registry.send(token, 'POST', `/purposes/free-beds/${action}`, body);

async function approved(): Promise<void> {
  await put();
  await act(officer('asker'), 'submit', { version: 1 });
  await act(officer('centre-office'), 'approve', { version: 1, categories: [] });
  const last = await act(officer('service-office'), 'approve', { version: 1, categories: [] });
  expect(last.json).toMatchObject({ status: 'APPROVED', inForce: { version: 1 } });
}

it('a purpose is in force when every owner of its data approved it, and not before', async () => {
  expect((await put()).status).toBe(201);
  const submitted = await act(officer('asker'), 'submit', { version: 1 });
  expect(submitted.json).toMatchObject({
    status: 'SUBMITTED',
    pending: { owners: ['centres', 'services'] },
  });
  const first = await act(officer('centre-office'), 'approve', { version: 1, categories: [] });
  expect(first.json).toMatchObject({ status: 'SUBMITTED', inForce: null });
  const last = await act(officer('service-office'), 'approve', { version: 1, categories: [] });
  expect(last.json).toMatchObject({ status: 'APPROVED', inForce: { version: 1 }, pending: null });
});

it('a change of content is a new version that needs approval, while the approved one stays in force', async () => {
  await approved();
  const changed = await put(purpose({ title: 'Altro' }), { 'if-match': '"4"' });
  expect(changed.json).toMatchObject({
    status: 'DRAFT',
    pending: { version: 2, grants: {} },
    inForce: { version: 1, content: { title: 'Posti liberi' } },
  });
  expect((await act(officer('asker'), 'submit', { version: 1 })).status).toBe(409);
});

it('an owner grants only categories that were declared, and each its own', async () => {
  const content = purpose({
    categories: ['MINOR'],
    riskAnalysis: riskAnalysis({ personalDataTypes: ['GDPR_ART_8'] }),
  });
  await put(content);
  await act(officer('asker'), 'submit', { version: 1 });
  const wide = await act(officer('centre-office'), 'approve', {
    version: 1,
    categories: ['HEALTH'],
  });
  expect(wide).toMatchObject({ status: 400, json: { code: 'INVALID' } });
  await act(officer('centre-office'), 'approve', { version: 1, categories: ['MINOR'] });
  const last = await act(officer('service-office'), 'approve', { version: 1, categories: [] });
  expect(last.json).toMatchObject({ inForce: { grants: { centres: ['MINOR'], services: [] } } });
});

it('one rejection ends a version, whoever had approved it', async () => {
  await put();
  await act(officer('asker'), 'submit', { version: 1 });
  await act(officer('centre-office'), 'approve', { version: 1, categories: [] });
  const body = { version: 1, reason: 'Troppi dati' };
  expect((await act(officer('service-office'), 'reject', body)).json).toMatchObject({
    status: 'REJECTED',
  });
  const late = await act(officer('service-office'), 'approve', { version: 1, categories: [] });
  expect(late).toMatchObject({ status: 409, json: { code: 'STATE_CONFLICT' } });
  expect((await act(officer('asker'), 'submit', { version: 1 })).status).toBe(409);
});

it('a field that the graph does not have, or of nobody registered, is refused by its name', async () => {
  const unknown = await put(purpose({ coordinates: ['Bed.free', 'Bed.colour'] }));
  expect(unknown).toMatchObject({
    status: 422,
    json: { code: 'UNKNOWN_COORDINATE', errors: [{ message: 'Bed.colour' }] },
  });
  const orphan = await put(purpose({ coordinates: ['Orphan.field'] }));
  expect(orphan).toMatchObject({
    status: 422,
    json: { code: 'OWNER_UNKNOWN', errors: [{ message: 'Orphan.field' }] },
  });
});

it('sending the same again changes nothing, and what one has not read cannot be overwritten', async () => {
  await put();
  const records = registry.evidence.length;
  expect(await put()).toMatchObject({ status: 200, json: { revision: 1 } });
  expect(registry.evidence).toHaveLength(records);
  const other = purpose({ title: 'Altro' });
  expect((await put(other)).status).toBe(428);
  expect((await put(other, { 'if-match': '"7"' })).status).toBe(412);
  expect((await put(other, { 'if-none-match': '*' })).status).toBe(412);
  const done = await put(other, { 'if-match': '"1"' });
  expect([done.status, done.headers.get('etag')]).toEqual([200, '"2"']);
});

it('whoever suspended resumes, nobody else; the others’ suspensions stay', async () => {
  await approved();
  const reason = { reason: 'Verifica in corso' };
  await act(officer('service-office'), 'suspend', reason);
  await act(officer('asker'), 'suspend', reason);
  const again = await act(officer('asker'), 'suspend', { reason: 'Altro motivo' });
  expect(again.json).toMatchObject({
    suspensions: [
      { side: 'partner', by: 'services' },
      { side: 'consumer', by: 'asker', reason: 'Verifica in corso' },
    ],
  });
  expect((await act(officer('centre-office'), 'resume')).status).toBe(403);
  expect((await act(operatorToken, 'resume')).status).toBe(403);
  const resumed = await act(officer('asker'), 'resume');
  expect(resumed.json).toMatchObject({ suspensions: [{ side: 'partner' }] });
});

it('a partner stops a consumer only where its own data are read', async () => {
  const stop = () =>
    registry.send(officer('centre-office'), 'POST', '/consumers/asker/suspend', {
      reason: 'Accessi anomali',
    });
  expect((await stop()).status).toBe(403);
  await approved();
  expect((await stop()).json).toMatchObject({
    suspensions: [{ side: 'partner', by: 'centres' }],
  });
});

it('an organisation that the hub stopped can look and stop, and change nothing else', async () => {
  await approved();
  await registry.send(operatorToken, 'POST', '/consumers/asker/suspend', { reason: 'Abuso' });
  expect((await put(purpose({ title: 'x' }), { 'if-match': '"4"' })).status).toBe(403);
  expect((await registry.send(officer('asker'), 'GET', '/purposes/free-beds')).status).toBe(200);
  expect((await act(officer('asker'), 'suspend', { reason: 'Da rivedere' })).status).toBe(200);
});

it('operators of an organisation that the hub stopped cannot let it go on, nor stop others', async () => {
  const clients = [
    {
      issuer,
      clientId: 'office',
      organisation: null,
      roles: ['hub-operator' as const],
      actsFor: 'people' as const,
    },
  ];
  await registry.send(operatorToken, 'PUT', '/consumers/office', consumer('office', { clients }));
  await registry.send(operatorToken, 'POST', '/consumers/office/suspend', { reason: 'Abuso' });
  const own = tokenOf('office', ['hub-operator']);
  const resumed = await registry.send(own, 'POST', '/consumers/office/resume', {});
  const stopped = await registry.send(own, 'POST', '/partners/centres/suspend', { reason: 'No' });
  expect([resumed.status, stopped.status]).toEqual([403, 403]);
});

it('a client, a subgraph and a purpose belong to one organisation each', async () => {
  const client = await registry.send(operatorToken, 'PUT', '/consumers/other', consumer('asker'));
  expect(client).toMatchObject({ status: 409, json: { code: 'IN_USE' } });
  const subgraph = { ...partner('other'), subgraphs: ['centres'] };
  expect((await registry.send(operatorToken, 'PUT', '/partners/other', subgraph)).status).toBe(409);
  await put();
  const stolen = await registry.send(
    officer('centre-office'),
    'PUT',
    '/purposes/free-beds',
    purpose(),
  );
  expect(stolen.status).toBe(403);
});

it('without evidence nothing is changed', async () => {
  await registry.close();
  registry = await openRegistry({
    evidence: { append: () => Promise.reject(new Error('disk full')) },
  });
  const answer = await registry.send(operatorToken, 'PUT', '/partners/centres', partner('centres'));
  expect(answer).toMatchObject({ status: 503, json: { code: 'EVIDENCE_UNAVAILABLE' } });
  expect((await registry.send(operatorToken, 'GET', '/partners/centres')).status).toBe(404);
});

it('every change leaves who, what and which version, and nothing that somebody wrote', async () => {
  await approved();
  await act(officer('asker'), 'suspend', { reason: 'Motivo riservato' });
  const { evidence } = registry;
  expect(evidence.slice(5).map(({ action }) => action)).toEqual([
    'CREATED',
    'SUBMITTED',
    'APPROVED',
    'APPROVED',
    'SUSPENDED',
  ]);
  expect(evidence[5]).toMatchObject({
    organisation: 'asker',
    clientId: 'asker',
    subject: { kind: 'purpose', id: 'free-beds' },
    revisionBefore: 0,
    revisionAfter: 1,
    purposeVersion: 1,
    coordinates: ['Bed.free', 'Case.openedOn'],
  });
  expect(evidence.map(({ registryVersion }) => registryVersion)).toEqual(
    evidence.map((_, index) => index + 1),
  );
  expect(JSON.stringify(evidence)).not.toMatch(/Motivo|Programmare|Posti|142\/2015|\bada\b/u);
});

it('lists come in pages, each entry once', async () => {
  const ids = ['a1', 'b2', 'c3', 'd4', 'e5'];
  for (const id of ids) {
    await registry.send(officer('asker'), 'PUT', `/purposes/${id}`, purpose());
  }
  const seen: unknown[] = [];
  let after: string | null = null;
  do {
    const path = `/purposes?first=2${after === null ? '' : `&after=${after}`}`;
    const { json } = await registry.send(officer('asker'), 'GET', path);
    seen.push(...(json['items'] as { id: string }[]).map(({ id }) => id)); // purposes have ids
    after = json['next'] as string | null; // as a page has it
  } while (after !== null);
  expect(seen).toEqual(ids);
});

it('roles of a token narrow those of its client, and a machine without roles has all', async () => {
  const me = async (token: string) => (await registry.send(token, 'GET', '/me')).json['roles'];
  expect(await me(tokenOf('asker', ['analyst', 'hub-operator', 'nonsense']))).toEqual(['analyst']);
  expect((await registry.send(tokenOf('asker', null), 'GET', '/me')).status).toBe(401);
  await registry.send(
    operatorToken,
    'PUT',
    '/consumers/machine',
    consumer('machine', {
      clients: [
        {
          issuer: 'https://login.example.org',
          clientId: 'm',
          organisation: null,
          roles: ['analyst'],
          actsFor: 'itself',
        },
      ],
    }),
  );
  expect(await me(tokenOf('m', null))).toEqual(['analyst']);
});
