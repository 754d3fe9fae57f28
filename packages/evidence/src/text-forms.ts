/** What texts of a record may be made of: ASCII that JSON writes as it stands, with no room for a sentence. */
export const forms = {
  sha256: /^[0-9a-f]{64}$/u,
  /** UTC with milliseconds, always 24 characters: `2026-11-22T10:00:00.000Z`. */
  moment: /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{3}Z$/u,
  code: /^[A-Z][A-Z0-9_]{0,63}$/u,
  status: /^[A-Z][A-Z_]{0,31}$/u,
  requestId: /^[\w-]{1,64}$/u,
  /** No white space and no `@`: neither a sentence nor an address fits. */
  opaque: /^[\w.:|~+=/-]+$/u,
  uri: /^\/[\w./-]*$/u,
  /** GraphQL's own rule, and a bound. */
  operationName: /^[_A-Za-z]\w{0,63}$/u,
} as const;

/** Characters of a text, entries of a list, or what is counted, at the most. */
export const longest = {
  opaque: 200,
  pseudonym: 64,
  uri: 200,
  milliseconds: 86_400_000,
  subgraphs: 200,
  /** An operation that read more says how many in `coordinateCount`. */
  coordinates: 2_000,
} as const;
