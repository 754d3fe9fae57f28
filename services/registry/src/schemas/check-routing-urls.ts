import { lookup } from 'node:dns/promises';
import { type AllowedNetworks, refusedAddress } from '@tavolo/routing-address';
import type { Finding, SubgraphSource } from '@tavolo/schema-check';

/** Finds addresses that the hub must not connect to. */
export type CheckRoutingUrls = (
  sources: readonly Pick<SubgraphSource, 'name' | 'owner' | 'url'>[],
) => Promise<readonly Finding[]>;

/** All addresses of a host; rejects when it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

export interface CheckRoutingUrlsOptions {
  readonly allowed: AllowedNetworks;
  /** The machine's own resolver when absent. */
  readonly resolve?: ResolveHost | undefined;
}

const longestLookupMs = 3_000;

/** Every address a host has must be one the hub may connect to: any of them could be the one that is used. */
export function createCheckRoutingUrls({
  allowed,
  resolve = resolveHost,
}: CheckRoutingUrlsOptions): CheckRoutingUrls {
  async function problemOf(text: string): Promise<string | null> {
    const url = new URL(text);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'is neither http nor https';
    if (url.username !== '' || url.password !== '') return 'holds credentials';
    if (url.hash !== '') return 'has a fragment';
    const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
    const addresses = await withinTime(resolve(host)).catch(() => []);
    if (addresses.length === 0) return 'has a host that does not resolve';
    for (const address of addresses) {
      const reason = refusedAddress(address, allowed);
      if (reason !== null) return `leads to an address that ${reason}`;
    }
    return null;
  }

  return async (sources) => {
    const findings = await Promise.all(
      sources.map(async ({ name, url }) => {
        const problem = await problemOf(url);
        return problem === null ? [] : [findingOf(name, problem)];
      }),
    );
    return findings.flat();
  };
}

async function resolveHost(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), longestLookupMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The address itself is not repeated: it may hold a password. */
function findingOf(subgraph: string, problem: string): Finding {
  return {
    code: 'ROUTING_ADDRESS_REFUSED',
    severity: 'ERROR',
    coordinate: null,
    place: null,
    others: [],
    cause: {
      en: `The routing URL of ${subgraph} ${problem}.`,
      it: `L’indirizzo di instradamento di ${subgraph} non è ammesso (${problem}).`,
    },
    fix: {
      en: 'Publish with an https address whose host resolves to public addresses only, or ask the hub operator to allow the network (ROUTING_ALLOWED_NETWORKS).',
      it: 'Pubblicare con un indirizzo https il cui host risolva solo in indirizzi pubblici, o chiedere al gestore dell’hub di ammettere la rete (ROUTING_ALLOWED_NETWORKS).',
    },
  };
}
