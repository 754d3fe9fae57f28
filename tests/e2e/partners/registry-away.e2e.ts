import { ask, callRegistry, startHubFrom, type TestHub } from '@tavolo/harness';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
});
afterAll(() => hub.close());

const places = async () =>
  ask<{ facilities: object | null }>(
    await hub.as('case-worker-province'),
    '{ facilities(first: 1) { nodes { id } } }',
  );

interface SubgraphText {
  readonly version: number;
  readonly url: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

async function call(method: 'GET' | 'POST', path: string, body?: object) {
  const { registryUrl } = hub;
  const token = await hub.tokenOf('hub-operator', 'urn:tavolo:registry');
  return callRegistry({
    registryUrl,
    token,
    method,
    path,
    ...(body === undefined ? {} : { body }),
  });
}

/** Publishes the volunteer registry's schema with another word in a description: a new version, and nothing broken. */
async function publishOtherWords(): Promise<number> {
  const { body } = await call('GET', '/subgraphs/volunteer-registry');
  const { version } = body as { version: number };
  const text = await call('GET', `/subgraphs/volunteer-registry/versions/${version}`);
  const { files } = text.body as SubgraphText;
  const answer = await call('POST', '/publications', {
    subgraphs: [
      {
        name: 'volunteer-registry',
        files: files.map((file) => ({
          ...file,
          text: `# An invented remark after version ${version}.\n${file.text}`,
        })),
      },
    ],
  });
  expect(answer).toMatchObject({ status: 200 });
  return (answer.body as { sequence: number }).sequence;
}

/** The release that the gateway serves, as its health page says. */
async function served(): Promise<number | null> {
  const response = await fetch(`${hub.gatewayUrl}/health/ready`);
  const { supergraph } = (await response.json()) as {
    supergraph: { sequence: number | null };
  };
  return supergraph.sequence;
}

it('a release is served soon after it is published', async () => {
  const sequence = await publishOtherWords();
  await expect.poll(served, { timeout: 10_000 }).toBe(sequence);
});

it('with the registry down the gateway starts again with the last good release, and follows it when it is back', async () => {
  const before = await served();
  await hub.processes.get('registry')?.kill();
  await hub.processes.get('gateway')?.close();
  await hub.restart('gateway');
  await expect.poll(served, { timeout: 20_000 }).toBe(before);
  await expect.poll(async () => (await places()).status, { timeout: 20_000 }).toBe(200);
  expect((await places()).data.facilities).not.toBeNull();

  await hub.restart('registry');
  const sequence = await publishOtherWords();
  expect(sequence).toBeGreaterThan(before ?? 0);
  await expect.poll(served, { timeout: 20_000 }).toBe(sequence);
});

it('a registry killed while it publishes has published all of it or nothing', async () => {
  const before = await served();
  const publishing = publishOtherWords().catch(() => null);
  await hub.processes.get('registry')?.kill();
  const published = await publishing;
  await hub.restart('registry');
  const { body } = await call('GET', '/subgraphs/volunteer-registry');
  const { version } = body as { version: number };
  const text = await call('GET', `/subgraphs/volunteer-registry/versions/${version}`);
  expect(text.body).toMatchObject({ state: 'PUBLISHED' });
  await expect.poll(served, { timeout: 20_000 }).toBeGreaterThanOrEqual(published ?? before ?? 0);
  expect((await places()).data.facilities).not.toBeNull();
});
