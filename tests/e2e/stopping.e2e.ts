import { type Asker, ask, callRegistry, startHubFrom, type TestHub } from '@tavolo/harness';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let hub: TestHub;
let worker: Asker;
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
  worker = await hub.as('case-worker-province');
});
afterAll(() => hub.close());

const question = '{ personIndexStatus { people } facilities(first: 1) { nodes { id } } }';
const askOne = (asker = worker) => ask<Record<string, unknown>>(asker, question);

/** Stops or resumes something in the registry, as one of its people. */
async function change(account: string, path: string, body: object): Promise<void> {
  const token = await hub.tokenOf(account, 'urn:tavolo:registry');
  const { registryUrl } = hub;
  const answer = await callRegistry({ registryUrl, token, method: 'POST', path, body });
  expect(answer.status).toBe(200);
}

const sides = {
  consumer: ['its consumer', 'privacy-officer-social-services'],
  partner: ['an owner of its data', 'privacy-officer-health-authority'],
  hub: ['the hub', 'hub-operator'],
} as const;

describe.each(Object.values(sides))('a purpose stopped by %s', (_side, account) => {
  it('is answered no more within a second, with the reason, and again when it goes on', async () => {
    expect((await askOne()).status).toBe(200);
    const reason = `Check of the access log by ${account}`;
    await change(account, '/purposes/integrated-care/suspend', { reason });
    await expect.poll(async () => (await askOne()).status, { timeout: 1_000 }).toBe(403);
    const [error] = (await askOne()).errors ?? [];
    expect(error?.extensions).toMatchObject({ code: 'PURPOSE_REFUSED', reason: 'SUSPENDED' });
    expect(error?.message).toContain(reason);
    // Nobody else is stopped by it.
    expect((await askOne(await hub.as('analyst'))).status).toBe(200);

    await change(account, '/purposes/integrated-care/resume', {});
    await expect.poll(async () => (await askOne()).status, { timeout: 1_000 }).toBe(200);
  });
});

it('a consumer stopped by the hub asks nothing for any purpose, and only its own people', async () => {
  await change('hub-operator', '/consumers/social-services/suspend', { reason: 'An audit' });
  await expect.poll(async () => (await askOne()).status, { timeout: 1_000 }).toBe(403);
  expect((await askOne(await hub.as('analyst'))).status).toBe(200);
  await change('hub-operator', '/consumers/social-services/resume', {});
  await expect.poll(async () => (await askOne()).status, { timeout: 1_000 }).toBe(200);
});

it('a partner that is stopped costs its own fields only, and says so', async () => {
  const path = '/partners/person-index';
  await change('hub-operator', `${path}/suspend`, { reason: 'Maintenance (invented)' });
  const stopped = () => askOne();
  await expect
    .poll(async () => (await stopped()).data['personIndexStatus'], { timeout: 1_000 })
    .toBeNull();
  const answer = await stopped();
  expect(answer.status).toBe(200);
  expect(answer.data['facilities']).not.toBeNull();
  expect(answer.sources).toContainEqual(
    expect.objectContaining({ name: 'person-index', status: 'DENIED', reason: 'SUSPENDED' }),
  );
  expect(answer.sources).toContainEqual(
    expect.objectContaining({ name: 'reception-centres', status: 'OK' }),
  );
  await change('hub-operator', `${path}/resume`, {});
  await expect
    .poll(async () => (await askOne()).data['personIndexStatus'], { timeout: 1_000 })
    .not.toBeNull();
});

it('without the registry questions go on, also of a gateway that starts then, and answers say so', async () => {
  expect((await accessOf()).access).toBeUndefined();
  await hub.processes.get('registry')?.kill();
  expect((await askOne()).status).toBe(200);
  await expect
    .poll(async () => (await accessOf()).access, { timeout: 15_000, interval: 500 })
    .toMatchObject({ stale: true });
  expect((await accessOf()).access?.asOf).toMatch(/^\d{4}-\d\d-\d\dT/u);

  await hub.processes.get('gateway')?.close();
  await hub.restart('gateway');
  await expect
    .poll(async () => (await askOne()).data['personIndexStatus'], { timeout: 20_000 })
    .toBeTruthy();
  expect((await accessOf()).access).toMatchObject({ stale: true });

  await hub.restart('registry');
  await expect.poll(async () => (await accessOf()).access, { timeout: 20_000 }).toBeUndefined();
});

interface Extensions {
  readonly access?: { readonly stale: boolean; readonly asOf: string };
}

async function accessOf(): Promise<Extensions> {
  const { text } = await askOne();
  // The gateway's own answer.
  return (JSON.parse(text) as { extensions?: Extensions }).extensions ?? {};
}
