import type { ContextSigner } from '@tavolo/caller-context';
import type { RegistryView } from '../registry/start-registry-feed.ts';
import type { Passage } from './gate.ts';
import type { IdentifiedCaller } from './identify-caller.ts';
import type { Identity } from './identities.ts';

/** Who asks one question, by what the registry says now. */
export class GatePassage implements Passage {
  readonly registry: RegistryView;
  readonly #identity: Identity;
  readonly #requestId: string;
  readonly #signer: ContextSigner;

  constructor(
    identity: Identity,
    requestId: string,
    registry: RegistryView,
    signer: ContextSigner,
  ) {
    this.#identity = identity;
    this.#requestId = requestId;
    this.registry = registry;
    this.#signer = signer;
  }

  get caller(): IdentifiedCaller {
    return this.#identity.caller;
  }

  get user(): string {
    return this.#identity.user;
  }

  suspended(subgraph: string): string | undefined {
    return this.registry.index.suspendedSubgraph(subgraph);
  }

  cacheScope(subgraph: string): string {
    return this.#identity.toldAsText(subgraph);
  }

  /** Signed for this call alone: it holds the body's digest, and a subgraph takes it once. */
  contextFor(subgraph: string, body: string): string {
    const { user } = this.#identity;
    const caller = { ...this.#identity.told(subgraph), user, requestId: this.#requestId };
    return this.#signer.sign(caller, subgraph, body);
  }
}
