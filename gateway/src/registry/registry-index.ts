import type {
  ConsumerClient,
  ConsumerState,
  PurposeState,
  RegistryState,
  SensitiveCategory,
} from '@tavolo/access-model';

/** One state of the registry, prepared for looking things up. */
export interface RegistryIndex {
  readonly version: number;
  purpose(id: string): PurposeState | undefined;
  client(
    issuer: string,
    clientId: string,
  ): { readonly consumer: ConsumerState; readonly client: ConsumerClient } | undefined;
  /** Why a subgraph may not be asked now: the reason its institution's suspension gives. */
  suspendedSubgraph(name: string): string | undefined;
  /** The categories that the institution behind a subgraph granted to a purpose. */
  granted(purpose: PurposeState, subgraph: string): readonly SensitiveCategory[];
}

export function createRegistryIndex(state: RegistryState): RegistryIndex {
  const purposes = new Map(state.purposes.map((purpose) => [purpose.id, purpose]));
  const clients = new Map(
    state.consumers.flatMap((consumer) =>
      consumer.clients.map(
        (client) => [keyOf(client.issuer, client.clientId), { consumer, client }] as const,
      ),
    ),
  );
  const partners = new Map(
    state.partners.flatMap((partner) =>
      partner.subgraphs.map((subgraph) => [subgraph, partner] as const),
    ),
  );
  return {
    version: state.version,
    purpose: (id) => purposes.get(id),
    client: (issuer, clientId) => clients.get(keyOf(issuer, clientId)),
    suspendedSubgraph: (name) => partners.get(name)?.suspensions[0]?.reason,
    granted(purpose, subgraph) {
      const partner = partners.get(subgraph);
      const grants = partner ? (purpose.grants[partner.id] ?? []) : [];
      return purpose.categories.filter((category) => grants.includes(category));
    },
  };
}

/** Two clients of different issuers may have the same id: only both together are one. */
function keyOf(issuer: string, clientId: string): string {
  return JSON.stringify([issuer, clientId]);
}
