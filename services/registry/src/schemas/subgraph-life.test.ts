import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operatorToken, type RegistryUnderTest } from '../registry.fixture.ts';
import {
  centresIt,
  openForSchemas,
  publish,
  recordUse,
  released,
  schema,
  servicesIt,
} from './publishing.fixture.ts';

let registry: RegistryUnderTest;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T10:00:00Z');
  registry = await openForSchemas({ now: () => now });
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  await publish(registry, servicesIt, [schema('services', 'Case.openedOn')]);
});
afterEach(() => registry.close());

const post = (token: string, path: string, body: object) =>
  registry.send(token, 'POST', `/subgraphs/centres/${path}`, { reason: 'Prova', ...body });
const centres = async () => (await registry.send(centresIt, 'GET', '/subgraphs/centres')).json;

describe('rolling back', () => {
  it('brings a version that was served back, with the others as they are now', async () => {
    await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
    await publish(registry, servicesIt, [schema('services', 'Case.openedOn\nCase.state')]);
    const answer = await post(centresIt, 'rollback', { version: 1 });
    expect(answer).toMatchObject({
      status: 200,
      json: { sequence: 5, subgraphs: [{ name: 'centres', version: 1 }] },
    });
    const release = await released(registry);
    expect(release).toMatchObject({ cause: 'ROLLED_BACK' });
    expect(release.sdl).toContain('Case.state');
    expect(release.sdl).not.toContain('Bed.code');
    expect(registry.evidence.at(-1)).toMatchObject({
      action: 'ROLLED_BACK',
      revisionBefore: 2,
      revisionAfter: 1,
    });
    expect((await post(centresIt, 'rollback', { version: 2 })).status).toBe(200);
  });

  it('numbers what is published after a rollback after all that was', async () => {
    await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
    await post(centresIt, 'rollback', { version: 1 });
    const next = await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.size')]);
    expect(next.json).toMatchObject({ subgraphs: [{ version: 3 }] });
  });

  it('does not bring back what was never served, and changes nothing when it is there', async () => {
    await publish(registry, centresIt, [schema('centres', 'Bed.code')], { draft: true });
    for (const version of [2, 9]) {
      expect(await post(centresIt, 'rollback', { version })).toMatchObject({
        status: 404,
        json: { code: 'NO_SUCH_VERSION' },
      });
    }
    expect(await post(centresIt, 'rollback', { version: 1 })).toMatchObject({
      status: 200,
      json: { sequence: null },
    });
  });

  it('takes away no field that somebody asks for by now', async () => {
    await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
    await recordUse(registry, 'asker', ['Bed.code']);
    expect(await post(centresIt, 'rollback', { version: 1 })).toMatchObject({
      status: 422,
      json: { code: 'CHECK_REFUSED', report: { findings: [{ code: 'BREAKS_CONSUMERS' }] } },
    });
    const accepted = await post(centresIt, 'rollback', { version: 1, acceptBreaking: true });
    expect(accepted.status).toBe(200);
  });
});

describe('deprecating', () => {
  it('tells gateways until when it is served, and can be taken back', async () => {
    const until = '2027-01-01T00:00:00Z';
    expect(await post(centresIt, 'deprecate', { until })).toMatchObject({
      status: 200,
      json: { state: 'DEPRECATED', deprecatedUntil: until, deprecationReason: 'Prova' },
    });
    const release = await released(registry);
    expect(release).toMatchObject({ sequence: 3, cause: 'DEPRECATED' });
    expect(release.subgraphs).toMatchObject([
      { deprecatedUntil: until },
      { deprecatedUntil: null },
    ]);
    expect((await post(centresIt, 'deprecate', { until })).status).toBe(200);
    expect((await released(registry)).sequence).toBe(3);
    expect((await post(centresIt, 'deprecate', { until: null })).json).toMatchObject({
      state: 'PUBLISHED',
      deprecatedUntil: null,
    });
  });

  it('cannot be in the past', async () => {
    const answer = await post(centresIt, 'deprecate', { until: '2026-11-22T09:00:00Z' });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'until' }] } });
  });
});

describe('archiving', () => {
  const until = '2026-12-01T00:00:00Z';

  it('takes a subgraph out of the graph after its grace period, and not before', async () => {
    expect(await post(centresIt, 'archive', {})).toMatchObject({
      status: 409,
      json: { code: 'NOT_DEPRECATED' },
    });
    await post(centresIt, 'deprecate', { until });
    expect(await post(centresIt, 'archive', {})).toMatchObject({
      json: { code: 'GRACE_NOT_OVER' },
    });
    now = new Date('2026-12-02T00:00:00Z');
    expect(await post(centresIt, 'archive', {})).toMatchObject({ status: 200 });
    expect(await centres()).toMatchObject({ state: 'ARCHIVED', version: null, url: null });
    const release = await released(registry);
    expect(release).toMatchObject({ cause: 'ARCHIVED', subgraphs: [{ name: 'services' }] });
    expect(release.sdl).not.toContain('Bed.free');
    expect((await post(centresIt, 'archive', {})).json).toMatchObject({ sequence: null });
  });

  it('comes back when it is rolled back or published again', async () => {
    await post(operatorToken, 'archive', { acceptBreaking: true });
    expect((await post(centresIt, 'rollback', { version: 1 })).status).toBe(200);
    expect(await centres()).toMatchObject({ state: 'PUBLISHED', version: 1 });
    await post(operatorToken, 'archive', { acceptBreaking: true });
    await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
    expect(await centres()).toMatchObject({ state: 'PUBLISHED', version: 2 });
  });

  it('is refused while somebody asks for it, except to the hub operator who says so', async () => {
    await recordUse(registry, 'asker', ['Bed.free']);
    await post(centresIt, 'deprecate', { until });
    now = new Date('2026-12-02T00:00:00Z');
    expect(await post(centresIt, 'archive', {})).toMatchObject({
      status: 422,
      json: { code: 'CHECK_REFUSED' },
    });
    expect((await post(centresIt, 'archive', { acceptBreaking: true })).status).toBe(403);
    expect((await post(operatorToken, 'archive', { acceptBreaking: true })).status).toBe(200);
  });

  it('leaves the last subgraph where it is', async () => {
    await registry.send(operatorToken, 'POST', '/subgraphs/services/archive', {
      reason: 'Prova',
      acceptBreaking: true,
    });
    expect(await post(operatorToken, 'archive', { acceptBreaking: true })).toMatchObject({
      status: 409,
      json: { code: 'LAST_SUBGRAPH' },
    });
  });
});
