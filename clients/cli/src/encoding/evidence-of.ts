import type { IdentifierKind, PersonRecord, SkeletonKind } from '@tavolo/linkage';

/** What a person's encoded record gives a link to rest on. */
export interface Evidence {
  readonly identifierKinds: ReadonlySet<IdentifierKind>;
  readonly skeletonKinds: ReadonlySet<SkeletonKind>;
  /** Filters of name and birth date. */
  readonly hasFilters: boolean;
}

export function evidenceOf({ identifiers, attributes }: PersonRecord): Evidence {
  return {
    identifierKinds: new Set(identifiers.map(({ kind }) => kind)),
    skeletonKinds: new Set(attributes?.skeletons.map(({ kind }) => kind)),
    hasFilters: attributes !== undefined,
  };
}
