import type { AllowedNetworks } from '@tavolo/routing-address';
import type { EvidencePort } from '../evidence.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { createCheckGraph } from './check-graph.ts';
import { createCheckRoutingUrls, type ResolveHost } from './check-routing-urls.ts';
import type { Composer } from './composition/composer.ts';
import { type Contracts, createContracts } from './contracts.ts';
import { createKeepSchemaChange } from './keep-schema-change.ts';
import { createPublications, type Publications } from './publications.ts';
import { createReleaseGraph } from './release-graph.ts';
import { createSubgraphLife, type SubgraphLife } from './subgraph-life.ts';
import { createWaivers, type Waivers } from './waivers.ts';

/** What is done with schemas. */
export interface Schemas {
  readonly publications: Publications;
  readonly life: SubgraphLife;
  readonly contracts: Contracts;
  readonly waivers: Waivers;
}

export interface SchemasOptions {
  readonly store: RegistryStore;
  readonly evidence: EvidencePort;
  readonly composer: Composer;
  readonly allowedNetworks: AllowedNetworks;
  readonly resolveHost?: ResolveHost | undefined;
  readonly now: () => Date;
  readonly onChanged: () => Promise<void>;
}

export function createSchemas(options: SchemasOptions): Schemas {
  const { store, evidence, composer, allowedNetworks, resolveHost, now, onChanged } = options;
  const checkGraph = createCheckGraph({ composer, operations: store.operations, now });
  const checkRoutingUrls = createCheckRoutingUrls({
    allowed: allowedNetworks,
    resolve: resolveHost,
  });
  const keepSchemaChange = createKeepSchemaChange({ store, evidence, now, onChanged });
  const releaseGraph = createReleaseGraph({ store, checkGraph, keepSchemaChange, now });
  return {
    publications: createPublications({
      store,
      checkGraph,
      checkRoutingUrls,
      releaseGraph,
      keepSchemaChange,
      now,
    }),
    life: createSubgraphLife({ schemas: store.schemas, releaseGraph, keepSchemaChange, now }),
    contracts: createContracts({ reader: store, releaseGraph, keepSchemaChange }),
    waivers: createWaivers({ keepSchemaChange, now }),
  };
}
