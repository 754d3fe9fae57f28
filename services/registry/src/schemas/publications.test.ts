import { afterEach, expect, it } from 'vitest';
import {
  type openRegistry,
  operatorToken,
  purpose,
  type RegistryUnderTest,
  tokenOf,
} from '../registry.fixture.ts';
import {
  centresIt,
  openForSchemas,
  publish,
  recordUse,
  released,
  schema,
  servicesIt,
} from './publishing.fixture.ts';
import { createTextComposer } from './text-composer.fixture.ts';

const opened: RegistryUnderTest[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((registry) => registry.close()));
});

async function open(more: Parameters<typeof openRegistry>[0] = {}): Promise<RegistryUnderTest> {
  const registry = await openForSchemas(more);
  opened.push(registry);
  return registry;
}

it('publishes what passes its check, signed for gateways, with evidence and no text in it', async () => {
  const registry = await open();
  const answer = await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  expect(answer).toMatchObject({
    status: 200,
    json: {
      sequence: 1,
      subgraphs: [{ name: 'centres', version: 1 }],
      report: { verdict: 'PASSED', findings: [] },
    },
  });
  const release = await released(registry);
  expect(release).toMatchObject({
    sequence: 1,
    id: answer.json['supergraphId'],
    contract: null,
    cause: 'PUBLISHED',
    subgraphs: [
      { name: 'centres', version: 1, owner: 'centres', url: 'http://127.0.0.1:4001/graphql' },
    ],
  });
  expect(release.sdl).toContain('Bed.free');
  const record = registry.evidence.at(-1);
  expect(record).toMatchObject({
    action: 'PUBLISHED',
    organisation: 'centre-office',
    subject: { kind: 'subgraph', id: 'centres' },
    revisionBefore: 0,
    revisionAfter: 1,
    sequence: 1,
  });
  expect(JSON.stringify(record)).not.toContain('Bed');
});

it('publishes several subgraphs at once, all of them or none', async () => {
  const registry = await open();
  const both = [schema('centres', 'Bed.free'), schema('services', '!UNKNOWN_WORD')];
  const refused = await publish(registry, operatorToken, both);
  expect(refused).toMatchObject({
    status: 422,
    json: {
      code: 'CHECK_REFUSED',
      report: { verdict: 'REFUSED', findings: [{ code: 'UNKNOWN_WORD' }] },
    },
  });
  await expect(released(registry)).rejects.toThrow('NOTHING_PUBLISHED');
  expect((await registry.send(centresIt, 'GET', '/subgraphs')).json).toEqual({ items: [] });
  const good = [schema('centres', 'Bed.free'), schema('services', 'Case.openedOn')];
  expect(await publish(registry, operatorToken, good)).toMatchObject({ json: { sequence: 1 } });
  expect((await released(registry)).subgraphs).toHaveLength(2);
});

it('changes nothing when what is sent is what is there, and composes nothing', async () => {
  const composer = createTextComposer();
  const registry = await open({ composer });
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  const [jobs, records] = [composer.jobs.length, registry.evidence.length];
  expect(await publish(registry, centresIt, [schema('centres', 'Bed.free')])).toMatchObject({
    status: 200,
    json: { sequence: null, subgraphs: [{ name: 'centres', version: 1 }] },
  });
  expect([composer.jobs.length, registry.evidence.length]).toEqual([jobs, records]);
  const moved = schema('centres', 'Bed.free', 'http://127.0.0.1:4002/graphql');
  expect(await publish(registry, centresIt, [moved])).toMatchObject({ json: { sequence: 2 } });
});

it('a check changes nothing and says what a publication would', async () => {
  const registry = await open();
  const answer = await registry.send(centresIt, 'POST', '/checks', {
    subgraphs: [schema('centres', '!NO_OWNER')],
  });
  expect(answer).toMatchObject({
    status: 200,
    json: { verdict: 'REFUSED', findings: [{ code: 'NO_OWNER', severity: 'ERROR' }] },
  });
  expect((await registry.send(centresIt, 'GET', '/subgraphs')).json).toEqual({ items: [] });
});

it('judges what is sent by the rules of the house, and the others only by how they compose', async () => {
  const composer = createTextComposer();
  const registry = await open({ composer });
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  await publish(registry, servicesIt, [schema('services', 'Case.openedOn')]);
  const job = composer.jobs.at(-1);
  expect(job?.submitted.map(({ name }) => name)).toEqual(['services']);
  expect(job?.others.map(({ name }) => name)).toEqual(['centres']);
  expect(job?.partners).toEqual(['centres', 'services']);
});

it('keeps a draft without serving it, and makes it the version when the same is published', async () => {
  const registry = await open();
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  const text = 'Bed.free\nBed.code';
  const draft = await publish(registry, centresIt, [schema('centres', text)], { draft: true });
  expect(draft.json).toMatchObject({ sequence: null, subgraphs: [{ version: 2 }] });
  expect((await released(registry)).sequence).toBe(1);
  const versions = async () =>
    (await registry.send(centresIt, 'GET', '/subgraphs/centres/versions')).json['items'];
  expect(await versions()).toMatchObject([
    { version: 2, state: 'DRAFT', publishedAt: null },
    { version: 1, state: 'PUBLISHED' },
  ]);
  await publish(registry, centresIt, [schema('centres', text)], { note: 'Ora sì' });
  expect(await versions()).toMatchObject([
    { version: 2, state: 'PUBLISHED', note: 'Ora sì' },
    { version: 1, state: 'SUPERSEDED' },
  ]);
});

it('takes no field away that somebody asks for, unless it is said that it must be', async () => {
  const registry = await open();
  await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.colour\nBed.code')]);
  await recordUse(registry, 'asker', ['Bed.free']);
  const without = [schema('centres', 'Bed.code')];
  const refused = await publish(registry, centresIt, without);
  expect(refused).toMatchObject({
    status: 422,
    json: {
      report: {
        findings: [{ code: 'BREAKS_CONSUMERS', severity: 'ERROR', coordinate: 'Bed.free' }],
        changes: [
          { coordinate: 'Bed.colour', impact: 'DANGEROUS', usedBy: [] },
          {
            coordinate: 'Bed.free',
            impact: 'BREAKING',
            usedBy: [{ consumer: 'asker', count: 3, operations: ['FreeBeds'] }],
          },
        ],
      },
    },
  });
  const accepted = await publish(registry, centresIt, without, { acceptBreaking: true });
  expect(accepted).toMatchObject({
    status: 200,
    json: { report: { verdict: 'PASSED', findings: [{ severity: 'WARNING' }] } },
  });
  expect(registry.evidence.at(-1)).toMatchObject({ brokenConsumers: ['asker'] });
  const usage = await registry.send(centresIt, 'GET', '/usage?coordinate=Bed.free');
  expect(usage.json).toMatchObject({ usedBy: [{ consumer: 'asker', lastUsedOn: '2026-11-22' }] });
});

it('needs to be told the address the first time, and keeps it afterwards', async () => {
  const registry = await open();
  const first = await publish(registry, centresIt, [schema('centres', 'Bed.free', null)]);
  expect(first).toMatchObject({ status: 400, json: { errors: [{ field: 'subgraphs.0.url' }] } });
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  await publish(registry, centresIt, [schema('centres', 'Bed.code', null)]);
  expect((await released(registry)).subgraphs).toMatchObject([
    { url: 'http://127.0.0.1:4001/graphql' },
  ]);
});

it('refuses what is not the sender’s, what nobody registered, and what is named twice', async () => {
  const registry = await open();
  expect(await publish(registry, centresIt, [schema('services', 'A.b')])).toMatchObject({
    status: 403,
  });
  for (const token of [centresIt, operatorToken]) {
    expect(await publish(registry, token, [schema('unheard-of', 'A.b')])).toMatchObject({
      status: 422,
      json: { code: 'SUBGRAPH_UNREGISTERED' },
    });
  }
  const twice = [schema('centres', 'A.b'), schema('centres', 'A.c')];
  expect(await publish(registry, centresIt, twice)).toMatchObject({ status: 400 });
  const stranger = tokenOf('asker', ['partner-it']);
  expect(await publish(registry, stranger, [schema('centres', 'A.b')])).toMatchObject({
    status: 403,
  });
});

it('publishes nothing when its evidence cannot be written', async () => {
  let isFull = false;
  const registry = await open({
    evidence: {
      append: async () => {
        if (isFull) throw new Error('disk full');
      },
    },
  });
  isFull = true;
  expect(await publish(registry, centresIt, [schema('centres', 'Bed.free')])).toMatchObject({
    status: 503,
    json: { code: 'EVIDENCE_UNAVAILABLE' },
  });
  expect((await registry.send(centresIt, 'GET', '/subgraphs')).json).toEqual({ items: [] });
  await expect(released(registry)).rejects.toThrow('NOTHING_PUBLISHED');
  isFull = false;
  expect(await publish(registry, centresIt, [schema('centres', 'Bed.free')])).toMatchObject({
    json: { sequence: 1, subgraphs: [{ version: 1 }] },
  });
});

it('owners of purposes’ fields follow the supergraph in force', async () => {
  const registry = await open();
  const officer = tokenOf('asker', ['privacy-officer']);
  const put = () =>
    registry.send(officer, 'PUT', '/purposes/beds', purpose({ coordinates: ['Bed.free'] }));
  const before = await put();
  expect(before).toMatchObject({ status: 422, json: { code: 'UNKNOWN_COORDINATE' } });
  expect(before.text).toContain('No schema is published yet');
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  expect((await put()).status).toBe(201);
  const submitted = await registry.send(officer, 'POST', '/purposes/beds/submit', { version: 1 });
  expect(submitted.json).toMatchObject({ pending: { owners: ['centres'] } });
});
