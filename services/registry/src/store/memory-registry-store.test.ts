import { createMemoryRegistryStore } from './memory-registry-store.ts';
import { describeRegistryStore } from './registry-store.contract.ts';
import type { RegistryStore } from './registry-store.ts';

describeRegistryStore('memory', async () => {
  const test = { store: createMemoryRegistryStore(), other: createMemoryRegistryStore() };
  const replace = (store: RegistryStore) => Object.assign(test, { store, other: store });
  return Object.assign(test, {
    async empty() {
      replace(createMemoryRegistryStore());
    },
    close: async () => undefined,
  });
});
