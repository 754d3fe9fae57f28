/** Kinds of identifier that institutions write down about one person; the order is the strength of a link. */
export const IDENTIFIER_KINDS = [
  'CUI',
  'CODICE_FISCALE',
  'VESTANET',
  'STP',
  'ENI',
  'PERMIT',
  'CODICE_FISCALE_PROVISIONAL',
] as const;

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];
