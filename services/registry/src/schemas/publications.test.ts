import { openSupergraphRelease } from '@tavolo/registry-api';
import { afterEach, expect, it } from 'vitest';
import {
  gatewayToken,
  openRegistry,
  type RegistryUnderTest,
  tokenOf,
} from '../registry.fixture.ts';

const opened: RegistryUnderTest[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((registry) => registry.close()));
});

async function open(more: Parameters<typeof openRegistry>[0] = {}): Promise<RegistryUnderTest> {
  const registry = await openRegistry(more);
  opened.push(registry);
  await registry.seed();
  return registry;
}

const centresIt = tokenOf('centre-office', ['partner-it']);
const schema = (
  name: string,
  text: string,
  url: string | null = 'http://127.0.0.1:4001/graphql',
) => ({
  name,
  files: [{ path: `${name}.graphql`, text }],
  ...(url === null ? {} : { url }),
});
const publish = (
  registry: RegistryUnderTest,
  token: string,
  subgraphs: readonly unknown[],
  more: object = {},
) => registry.send(token, 'POST', '/publications', { subgraphs, ...more });

async function release(registry: RegistryUnderTest, query = '') {
  const answer = await registry.send(`Bearer ${gatewayToken}`, 'GET', `/supergraph${query}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jose']);
  return openSupergraphRelease(answer.text, registry.publicKey);
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
  const released = await release(registry);
  expect(released).toMatchObject({
    sequence: 1,
    id: answer.json['supergraphId'],
    contract: null,
    cause: 'PUBLISHED',
    subgraphs: [
      { name: 'centres', version: 1, owner: 'centres', url: 'http://127.0.0.1:4001/graphql' },
    ],
  });
  expect(released.sdl).toContain('Bed.free');
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
