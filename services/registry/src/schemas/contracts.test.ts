import { afterEach, beforeEach, expect, it } from 'vitest';
import { operatorToken, type RegistryUnderTest } from '../registry.fixture.ts';
import { centresIt, openForSchemas, publish, released, schema } from './publishing.fixture.ts';

let registry: RegistryUnderTest;
beforeEach(async () => {
  registry = await openForSchemas();
});
afterEach(() => registry.close());

const put = (name: string, excludeTags: readonly string[]) =>
  registry.send(operatorToken, 'PUT', `/contracts/${name}`, { includeTags: [], excludeTags });

it('serves a variant of every release, also of those before it was made', async () => {
  await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
  expect((await put('public', ['code'])).status).toBe(200);
  const variant = await released(registry, '?contract=public');
  expect(variant).toMatchObject({ sequence: 2, contract: 'public', cause: 'CONTRACT_CHANGED' });
  expect(variant.sdl).toBe('Bed.free');
  const whole = await released(registry);
  expect(whole.sdl).toContain('Bed.code');
  expect(variant.id).not.toBe(whole.id);
  await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.size\nBed.code')]);
  expect((await released(registry, '?contract=public')).sdl).toBe('Bed.free\nBed.size');
  const read = await registry.send(centresIt, 'GET', '/contracts/public/schema');
  expect(read.json).toMatchObject({ name: 'public', sequence: 3, sdl: 'Bed.free\nBed.size' });
  expect((await registry.send(centresIt, 'GET', '/contracts')).json).toEqual({
    items: [{ name: 'public', includeTags: [], excludeTags: ['code'] }],
  });
});

it('can be made before anything is published, and is no release when it stays as it is', async () => {
  expect((await put('public', ['code'])).status).toBe(200);
  await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
  expect((await released(registry, '?contract=public')).sdl).toBe('Bed.free');
  await put('public', ['code']);
  expect((await released(registry)).sequence).toBe(1);
});

it('is refused when nothing is left of the graph, and so is a publication that leaves nothing', async () => {
  await publish(registry, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
  const empty = { status: 422, json: { report: { findings: [{ code: 'CONTRACT_EMPTY' }] } } };
  expect(await put('public', ['code', 'free'])).toMatchObject(empty);
  expect((await registry.send(centresIt, 'GET', '/contracts')).json).toEqual({ items: [] });
  await put('public', ['code']);
  expect(await publish(registry, centresIt, [schema('centres', 'Bed.code')])).toMatchObject(empty);
  expect((await released(registry, '?contract=public')).sdl).toBe('Bed.free');
});

it('is not found under another name', async () => {
  await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  await expect(released(registry, '?contract=other')).rejects.toThrow('NOT_FOUND');
});
