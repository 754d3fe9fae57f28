import { createLogger } from '@tavolo/process-kit';
import { createMemoryRegistryStore } from '../store/memory-registry-store.ts';
import { createApp } from './create-app.ts';

/** The OpenAPI document as text, of an app that is never asked anything. */
export async function describeApi(): Promise<string> {
  const never = () => Promise.reject(new Error('nobody asks'));
  const app = await createApp({
    store: createMemoryRegistryStore(),
    organisations: { putPartner: never, putConsumer: never },
    purposes: { put: never, submit: never, approve: never, reject: never, archive: never },
    stops: { suspend: never, resume: never },
    schemas: {
      publications: { check: never, publish: never },
      life: { rollBack: never, deprecate: never, archive: never },
      contracts: { put: never },
      waivers: { put: never },
    },
    supergraphs: { signed: never },
    operations: { record: never, popular: never },
    publication: { refresh: never, current: never, subscribe: never, close: never },
    verifyToken: never,
    operators: [],
    pseudonymSecret: '',
    publicUrl: () => '',
    gatewayTokens: [],
    now: () => new Date(0),
    logger: createLogger({ name: 'registry', level: 'silent' }),
  });
  await app.ready();
  const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
  await app.close();
  return text;
}
