import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { officer, openRegistry, purpose, type RegistryUnderTest } from './registry.fixture.ts';
import { createPostgresRegistryStore } from './store/postgres-registry-store.ts';

/** Two processes of the registry on one database: what one decides, the other must not undo. */
let postgres: EmbeddedPostgres;
let one: RegistryUnderTest;
let other: RegistryUnderTest;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const store = () => createPostgresRegistryStore({ databaseUrl: postgres.url, poolSize: 2 });
  one = await openRegistry({ store: store() });
  other = await openRegistry({ store: store() });
  await one.seed();
});
afterAll(async () => {
  await one.close();
  await other.close();
  await postgres.close();
});

async function submitted(id: string): Promise<void> {
  await one.send(officer('asker'), 'PUT', `/purposes/${id}`, purpose());
  await one.send(officer('asker'), 'POST', `/purposes/${id}/submit`, { version: 1 });
}
const approval = { version: 1, categories: [] };

it('two owners approving at once both count', async () => {
  for (const id of ['race-1', 'race-2', 'race-3']) {
    await submitted(id);
    const answers = await Promise.all([
      one.send(officer('centre-office'), 'POST', `/purposes/${id}/approve`, approval),
      other.send(officer('service-office'), 'POST', `/purposes/${id}/approve`, approval),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { json } = await one.send(officer('asker'), 'GET', `/purposes/${id}`);
    expect(json).toMatchObject({ status: 'APPROVED', inForce: { version: 1 } });
  }
});

it('a suspension that races the last approval is never lost', async () => {
  for (const id of ['stop-1', 'stop-2', 'stop-3']) {
    await submitted(id);
    await one.send(officer('centre-office'), 'POST', `/purposes/${id}/approve`, approval);
    const answers = await Promise.all([
      one.send(officer('service-office'), 'POST', `/purposes/${id}/approve`, approval),
      other.send(officer('centre-office'), 'POST', `/purposes/${id}/suspend`, { reason: 'Stop' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { json } = await other.send(officer('asker'), 'GET', `/purposes/${id}`);
    expect(json).toMatchObject({ inForce: { version: 1 }, suspensions: [{ by: 'centres' }] });
  }
});

it('a change that races the last approval needs approval itself', async () => {
  await submitted('edit');
  await one.send(officer('centre-office'), 'POST', '/purposes/edit/approve', approval);
  const [, changed] = await Promise.all([
    one.send(officer('service-office'), 'POST', '/purposes/edit/approve', approval),
    other.send(officer('asker'), 'PUT', '/purposes/edit', purpose({ title: 'Nuovo' }), {
      'if-match': '"3"',
    }),
  ]);
  const { json } = await one.send(officer('asker'), 'GET', '/purposes/edit');
  if (changed.status === 200) {
    expect(json).toMatchObject({ inForce: null, pending: { version: 2, grants: {} } });
  } else {
    expect(changed.status).toBe(412);
    expect(json).toMatchObject({ inForce: { content: { title: 'Posti liberi' } } });
  }
});

it('of two who change the same entry one is told to read again', async () => {
  await one.send(officer('asker'), 'PUT', '/purposes/twice', purpose());
  const answers = await Promise.all(
    [one, other].map((registry, at) =>
      registry.send(
        officer('asker'),
        'PUT',
        '/purposes/twice',
        purpose({ title: `Titolo ${at}` }),
        { 'if-match': '"1"' },
      ),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});
