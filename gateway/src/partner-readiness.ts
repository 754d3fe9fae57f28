import type { SubgraphClient } from './subgraph-client.ts';

/** How one partner stands, as the readiness page tells it. */
interface PartnerState {
  readonly name: string;
  readonly ready: boolean;
  /** Whether it was ready at least once since the gateway started. */
  readonly seenReady: boolean;
  readonly circuit: SubgraphClient['circuit'];
}

/** Knows whether every partner has been ready once; afterwards a partner's end does not make us unready. */
export interface PartnerReadiness {
  /** Asks all partners, side by side; callers that come meanwhile share the same round. */
  check(): Promise<{ readonly ready: boolean; readonly partners: readonly PartnerState[] }>;
}

/** `partners` is read at every round: a new supergraph may name others. */
export function createPartnerReadiness(
  partners: () => readonly { readonly name: string; readonly client: SubgraphClient }[],
  timeoutMs: number,
): PartnerReadiness {
  const seen = new Set<string>();
  let everReady = false;
  let round: ReturnType<PartnerReadiness['check']> | undefined;

  async function ask(): ReturnType<PartnerReadiness['check']> {
    const states = await Promise.all(
      partners().map(async ({ name, client }) => {
        const ready = await client.isReady(timeoutMs);
        if (ready) seen.add(name);
        return { name, ready, seenReady: seen.has(name), circuit: client.circuit };
      }),
    );
    everReady ||= states.length > 0 && states.every(({ seenReady }) => seenReady);
    return { ready: everReady, partners: states };
  }

  return {
    check() {
      round ??= ask().finally(() => {
        round = undefined;
      });
      return round;
    },
  };
}
