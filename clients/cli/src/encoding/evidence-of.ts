import { z } from 'zod';

/** What a person's encoded record gives a link to rest on. */
export interface Evidence {
  readonly identifierKinds: ReadonlySet<string>;
  readonly skeletonKinds: ReadonlySet<string>;
  readonly hasFilter: boolean;
}

const kinds = z.array(z.object({ kind: z.string() })).default([]);
const evidence = z.object({
  identifiers: kinds,
  skeletonKeys: kinds,
  filter: z.unknown().optional(),
});

/** Reads a record that was just encoded, as it would be sent. */
export function evidenceOf(json: string): Evidence {
  const { identifiers, skeletonKeys, filter } = evidence.parse(JSON.parse(json));
  return {
    identifierKinds: new Set(identifiers.map(({ kind }) => kind)),
    skeletonKinds: new Set(skeletonKeys.map(({ kind }) => kind)),
    hasFilter: filter !== undefined && filter !== null,
  };
}
