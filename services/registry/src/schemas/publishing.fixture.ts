import { openSupergraphRelease, type SupergraphRelease } from '@tavolo/registry-api';
import {
  type Answer,
  gatewayToken,
  openRegistry,
  type RegistryUnderTest,
  tokenOf,
} from '../registry.fixture.ts';

/** What tests of schemas send; a schema is lines `Type.field` (see `createTextComposer`). */
export const centresIt = tokenOf('centre-office', ['partner-it']);
export const servicesIt = tokenOf('service-office', ['partner-it']);

export function schema(
  name: string,
  text: string,
  url: string | null = 'http://127.0.0.1:4001/graphql',
) {
  const files = [{ path: `${name}.graphql`, text }];
  return { name, files, ...(url === null ? {} : { url }) };
}

/** A registry with its organisations and nothing published. */
export async function openForSchemas(
  more: Parameters<typeof openRegistry>[0] = {},
): Promise<RegistryUnderTest> {
  const registry = await openRegistry({ owners: null, ...more });
  await registry.seed();
  return registry;
}

export function publish(
  registry: RegistryUnderTest,
  token: string,
  subgraphs: readonly unknown[],
  more: object = {},
): Promise<Answer> {
  return registry.send(token, 'POST', '/publications', { subgraphs, ...more });
}

/** The supergraph as a gateway gets it. */
export async function released(
  registry: RegistryUnderTest,
  query = '',
): Promise<SupergraphRelease> {
  const answer = await registry.send(`Bearer ${gatewayToken}`, 'GET', `/supergraph${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return openSupergraphRelease(answer.text, registry.publicKey);
}

/** Tells the registry that a consumer asked for fields today. */
export async function recordUse(
  registry: RegistryUnderTest,
  consumer: string,
  coordinates: readonly string[],
): Promise<void> {
  const answer = await registry.send(`Bearer ${gatewayToken}`, 'POST', '/operations', {
    id: crypto.randomUUID(),
    operations: [
      {
        hash: 'a'.repeat(64),
        document: '{beds{free}}',
        name: 'FreeBeds',
        coordinates,
        consumer,
        purposeId: 'free-beds',
        day: '2026-11-22',
        count: 3,
      },
    ],
  });
  if (answer.status !== 200) throw new Error(answer.text);
}
