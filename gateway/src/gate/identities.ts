import { createHmac } from 'node:crypto';
import type { Caller } from '@tavolo/caller-context';
import type { RegistryIndex } from '../registry/registry-index.ts';
import {
  type IdentifiedCaller,
  identifyCaller,
  isRefusal,
  type VerifiedClaims,
} from './identify-caller.ts';
import type { Refusal } from './refusal.ts';

/** What a subgraph hears of a caller, but for who the person is and which question it is. */
type ToldOfCaller = Omit<Caller, 'user' | 'requestId'>;

/** A caller by one state of the registry, and what follows from that for every question. */
export class Identity {
  readonly caller: IdentifiedCaller;
  /** A pseudonym of the person or program, stable for one hub. */
  readonly user: string;
  readonly #index: RegistryIndex;
  readonly #told = new Map<string, { readonly caller: ToldOfCaller; readonly text: string }>();

  constructor(caller: IdentifiedCaller, user: string, index: RegistryIndex) {
    this.caller = caller;
    this.user = user;
    this.#index = index;
  }

  told(subgraph: string): ToldOfCaller {
    return this.#of(subgraph).caller;
  }

  /** The same as text: equal texts are equal in all that is told. */
  toldAsText(subgraph: string): string {
    return this.#of(subgraph).text;
  }

  /** As many as the graph has subgraphs. */
  #of(subgraph: string) {
    const known = this.#told.get(subgraph);
    if (known) return known;
    const { organisation, partner, roles, purpose, districts } = this.caller;
    const caller: ToldOfCaller = {
      organisation,
      partner,
      roles: [...roles],
      purposeId: purpose.id,
      purposeVersion: purpose.version,
      categories: [...this.#index.granted(purpose, subgraph)],
      districts: districts && [...districts],
    };
    const told = { caller, text: JSON.stringify(caller) };
    this.#told.set(subgraph, told);
    return told;
  }
}

/** The registry's word on verified tokens. */
export interface Identities {
  of(claims: VerifiedClaims, index: RegistryIndex, now: Date): Identity | Refusal;
}

interface Known {
  readonly index: RegistryIndex;
  readonly identity: Identity;
  /** Milliseconds since 1970 between which the purpose holds, the end exclusive. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Works out who a verified token is once for each state of the registry, and keeps it as long as the token is kept:
 * with the next state, and outside of the purpose's time, the registry is asked anew. Refusals are not kept.
 */
export function createIdentities(userKey: string): Identities {
  const known = new WeakMap<VerifiedClaims, Known>();
  return {
    of(claims, index, now) {
      const earlier = known.get(claims);
      const time = now.getTime();
      if (earlier?.index === index && time >= earlier.fromMs && time < earlier.untilMs) {
        return earlier.identity;
      }
      const caller = identifyCaller(claims, index, now);
      if (isRefusal(caller)) return caller;
      const user = createHmac('sha256', userKey)
        .update(`${claims.issuer}\n${claims.subject}`)
        .digest('base64url')
        .slice(0, 22);
      const identity = new Identity(caller, user, index);
      known.set(claims, {
        index,
        identity,
        fromMs: Date.parse(caller.purpose.validFrom),
        untilMs: Date.parse(caller.purpose.validUntil),
      });
      return identity;
    },
  };
}
