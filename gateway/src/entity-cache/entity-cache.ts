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
  /** Which entity: `entityIdentity` of a representation that holds one key and nothing else. */
  readonly representation: string;
  /** What was selected of it, with the values of the variables in it. */
  readonly selection: string;
  /** Everything that the subgraph's decision may depend on: organisation, purpose, roles, categories, districts. */
  readonly authorisation: string;
}

/** What was there for some keys, and where to keep what was not. */
export interface EntityLookup {
  /** In the order of the keys; `undefined` for what is not there. */
  readonly entities: readonly (CachedEntity | undefined)[];
  /**
   * Keeps, for the key of the same place, what the subgraph answered after this lookup, for at most `maxAgeSeconds`;
   * `undefined` is not kept. What was invalidated since the lookup is not found by anybody. Does not wait and never
   * throws.
   */
  keep(jsons: readonly (string | undefined)[], maxAgeSeconds: number): void;
}

/** What an owner says has changed: one entity, or all of a type. */
export interface EntityChange {
  readonly subgraph: string;
  readonly typeName: string;
  /** As it stands in the keys; without it, all of the type. */
  readonly representation?: string;
}

/** Entities of data that their owners declare cacheable; never any `@sensitive` ones. */
export interface EntityCache {
  /** Never rejects: a cache that is down holds nothing. */
  find(keys: readonly EntityCacheKey[]): Promise<EntityLookup>;
  /** Resolves once nobody finds what was there before; rejects where that could not be done. */
  invalidate(change: EntityChange): Promise<void>;
  close(): Promise<void>;
}

/** No entry is older, whatever its owner allows: marks of changes are kept a little longer. */
export const longestAgeSeconds = 7 * 24 * 60 * 60;

/** An entry that is longer is not kept: it would cost more to keep than to ask. */
export const longestEntry = 64 * 1024;
