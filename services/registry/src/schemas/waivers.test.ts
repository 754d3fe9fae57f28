import { afterEach, beforeEach, expect, it } from 'vitest';
import { officer, type RegistryUnderTest } from '../registry.fixture.ts';
import { centresIt, openForSchemas, publish, schema } from './publishing.fixture.ts';

let registry: RegistryUnderTest;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-22T10:00:00Z');
  registry = await openForSchemas({ now: () => now });
});
afterEach(() => registry.close());

const path = '/waivers/centres/IDENTIFIER_LIKE/Person.code';
const put = (token: string, until = '2026-12-31T00:00:00Z') =>
  registry.send(token, 'PUT', path, { reason: 'Codice di un ufficio', until });
const publication = () =>
  publish(registry, centresIt, [schema('centres', 'A.b\n!IDENTIFIER_LIKE')]);

it('makes a finding no error until it ends, and its evidence holds no reason', async () => {
  expect((await publication()).status).toBe(422);
  expect(await put(officer('service-office'))).toMatchObject({
    status: 200,
    json: { grantedBy: 'service-office', coordinate: 'Person.code' },
  });
  const record = registry.evidence.at(-1);
  expect(record).toMatchObject({
    action: 'GRANTED',
    subject: { kind: 'waiver', id: 'centres' },
    code: 'IDENTIFIER_LIKE',
    coordinates: ['Person.code'],
  });
  expect(JSON.stringify(record)).not.toContain('ufficio');
  now = new Date('2027-01-01T00:00:00Z');
  expect((await publication()).status).toBe(422);
  now = new Date('2026-12-30T00:00:00Z');
  expect((await publication()).status).toBe(200);
});

it('is granted by another organisation than the one that publishes, for a year at most', async () => {
  expect((await put(officer('centre-office'))).status).toBe(403);
  expect(await put(officer('service-office'), '2028-01-01T00:00:00Z')).toMatchObject({
    status: 400,
    json: { errors: [{ field: 'until' }] },
  });
  expect((await registry.send(centresIt, 'GET', '/waivers')).json).toEqual({ items: [] });
  expect((await registry.send(centresIt, 'GET', path)).status).toBe(404);
});
