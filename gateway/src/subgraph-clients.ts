import type { Logger } from '@tavolo/process-kit';
import type { AllowedNetworks } from '@tavolo/routing-address';
import {
  createSubgraphClient,
  type SubgraphClient,
  type SubgraphClientLimits,
} from './subgraph-client.ts';
import type { SubgraphEntry } from './supergraph/read-supergraph.ts';

/** The clients one supergraph version uses, until it releases them. */
interface ClientLease {
  clientOf(name: string): SubgraphClient;
  release(): void;
}

/** One client per partner, shared by the supergraph versions that know it: its circuit outlives a reload. */
export interface SubgraphClients {
  lease(subgraphs: readonly SubgraphEntry[]): ClientLease;
  close(): Promise<void>;
}

/** A client is made with its first lease and closed with its last. */
export function createSubgraphClients(
  limits: SubgraphClientLimits,
  allowedNetworks: AllowedNetworks,
  random: () => number,
  logger: Logger,
): SubgraphClients {
  const shared = new Map<string, { readonly client: SubgraphClient; leases: number }>();

  function drop(key: string): void {
    const entry = shared.get(key);
    if (!entry) return;
    entry.leases -= 1;
    if (entry.leases > 0) return;
    shared.delete(key);
    entry.client
      .close()
      .catch((error: unknown) => logger.warn({ err: error }, 'client not closed'));
  }

  return {
    lease(subgraphs) {
      const mine = new Map<string, SubgraphClient>();
      const keys: string[] = [];
      for (const { name, url } of subgraphs) {
        const key = `${name} ${url}`;
        const entry = shared.get(key) ?? {
          client: createSubgraphClient(url, limits, allowedNetworks, random),
          leases: 0,
        };
        entry.leases += 1;
        shared.set(key, entry);
        keys.push(key);
        mine.set(name, entry.client);
      }
      return {
        clientOf(name) {
          const client = mine.get(name);
          if (!client) throw new Error(`the supergraph has no subgraph ${name}`);
          return client;
        },
        release() {
          for (const key of keys.splice(0)) drop(key);
        },
      };
    },
    async close() {
      const clients = [...shared.values()].map(({ client }) => client);
      shared.clear();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
