import { isDeepStrictEqual } from 'node:util';
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
    identity: Pick<ConsumerClient, 'issuer' | 'clientId' | 'organisation'>,
  ): { readonly consumer: ConsumerState; readonly client: ConsumerClient } | undefined;
  /** Why a subgraph may not be asked now: the reason its institution's suspension gives. */
  suspendedSubgraph(name: string): string | undefined;
  /** The subgraphs that are a partner's own. */
  subgraphsOf(partner: string): readonly string[];
  /** The categories that the institution behind a subgraph granted to a purpose. */
  granted(purpose: PurposeState, subgraph: string): readonly SensitiveCategory[];
}

/** A purpose that is as it was in `before` stays the same object: what was compiled for it is still right. */
export function createRegistryIndex(state: RegistryState, before?: RegistryIndex): RegistryIndex {
  const purposes = new Map(
    state.purposes.map((purpose) => {
      const earlier = before?.purpose(purpose.id);
      return [purpose.id, isDeepStrictEqual(earlier, purpose) && earlier ? earlier : purpose];
    }),
  );
  const clients = new Map(
    state.consumers.flatMap((consumer) =>
      consumer.clients.map((client) => [keyOf(client), { consumer, client }] as const),
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
    client: (identity) => clients.get(keyOf(identity)),
    suspendedSubgraph: (name) => partners.get(name)?.suspensions[0]?.reason,
    subgraphsOf: (id) => state.partners.find((partner) => partner.id === id)?.subgraphs ?? [],
    granted(purpose, subgraph) {
      const partner = partners.get(subgraph);
      const grants = partner ? (purpose.grants[partner.id] ?? []) : [];
      return purpose.categories.filter((category) => grants.includes(category));
    },
  };
}

/** Two issuers may know clients of one id, and one client may serve several organisations. */
function keyOf({
  issuer,
  clientId,
  organisation,
}: Pick<ConsumerClient, 'issuer' | 'clientId' | 'organisation'>): string {
  return JSON.stringify([issuer, clientId, organisation]);
}
