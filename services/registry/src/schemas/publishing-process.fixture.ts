import { createPostgresRegistryStore } from '../store/postgres-registry-store.ts';
import { centresIt, openForSchemas, publish, schema } from './publishing.fixture.ts';

/** A registry that stops in the middle of a publication, all saved and nothing committed, until it is killed. */
const registry = await openForSchemas({
  store: createPostgresRegistryStore({ databaseUrl: process.argv[2] ?? '', poolSize: 2 }),
  evidence: {
    async append({ action }) {
      if (action !== 'PUBLISHED') return;
      process.stdout.write('in the middle\n');
      await new Promise(() => undefined);
    },
  },
});
await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
