/** One entity's part of an answer, kept for whoever may see the same. */
export interface CachedEntity {
  /** What the subgraph answered for the representation, as JSON; `null` for an entity it does not know. */
  readonly json: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
}

/** Whom an entry is for and what it holds; two questions with equal keys get equal answers. */
export interface EntityCacheKey {
  readonly subgraph: string;
  readonly typeName: string;
  /** The representation's JSON. */
  readonly representation: string;
  /** What was selected of it, with the values of the variables in it. */
  readonly selection: string;
  /** Everything that the subgraph's decision may depend on: organisation, purpose, roles, categories, districts. */
  readonly authorisation: string;
}

/** Entities of data that their owners declare cacheable; never any `@sensitive` ones. */
export interface EntityCache {
  /** In the order of the keys; `undefined` for what is not there. Never rejects: a cache that is down holds nothing. */
  find(keys: readonly EntityCacheKey[]): Promise<readonly (CachedEntity | undefined)[]>;
  /** Keeps for at most `maxAgeSeconds`; does not wait and never throws. */
  keep(
    entries: readonly { readonly key: EntityCacheKey; readonly entity: CachedEntity }[],
    maxAgeSeconds: number,
  ): void;
  /** The owner says that it changed: one entity, or all of a type. */
  invalidate(change: {
    readonly subgraph: string;
    readonly typeName: string;
    readonly representation?: string;
  }): Promise<void>;
  close(): Promise<void>;
}
