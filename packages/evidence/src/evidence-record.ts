import { fieldCoordinate, registryId } from '@tavolo/access-model';
import { z } from 'zod';
import { forms, longest } from './text-forms.ts';

/**
 * Nothing beside these fields, and read in the order of their names: what was read is canonical (RFC 8785) as
 * `JSON.stringify` writes it, which takes a quarter of the time that sorting each record takes.
 */
function inKeyOrder<S extends z.ZodRawShape>(shape: S) {
  // The same entries in another order: the type of the shape still holds.
  const sorted = Object.fromEntries(
    Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as S;
  return z.strictObject(sorted);
}

const sha256 = z.string().regex(forms.sha256);
/** UTC with milliseconds, always 24 characters: `2026-11-22T10:00:00.000Z`. */
const moment = z.string().regex(forms.moment);
const count = z.int().min(0);
const milliseconds = z.number().min(0).max(longest.milliseconds);
const code = z.string().regex(forms.code);
const requestId = z.string().regex(forms.requestId);
/** No white space and no `@`: neither a sentence nor an address fits. */
const opaque = z.string().regex(forms.opaque).max(longest.opaque);
const pseudonym = opaque.max(longest.pseudonym);

/** A name of an operation: GraphQL's own rule, and a bound. */
export const operationName = z.string().regex(forms.operationName);

const subgraphCall = inKeyOrder({
  subgraph: registryId,
  status: z.string().regex(forms.status),
  ms: milliseconds,
});

/** An operation, answered or refused: what ModI's RAC_GEN_LOG_01 asks for and what a breach is found by. */
export const operationRecord = inKeyOrder({
  kind: z.literal('operation'),
  at: moment,
  /** The path only: the query of a GET holds variables. */
  uri: z.string().regex(forms.uri).max(longest.uri),
  /** Of a trusted document; null for any other, because a name somebody wrote may be a person's. */
  operationName: operationName.nullable(),
  /** Of the normalised document; null when it cannot be parsed. */
  documentHash: sha256.nullable(),
  method: z.enum(['GET', 'POST', 'OTHER']),
  outcome: z.enum(['ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED']),
  httpStatus: z.int().min(100).max(599),
  /** Why it was refused, and by which field. */
  refusal: inKeyOrder({
    code,
    reason: code.nullable(),
    coordinate: fieldCoordinate.nullable(),
  }).nullable(),
  clientIp: z.union([z.ipv4(), z.ipv6()]).nullable(),
  organisation: registryId.nullable(),
  clientId: opaque.nullable(),
  /** A pseudonym. */
  user: pseudonym.nullable(),
  purposeId: registryId.nullable(),
  purposeVersion: z.int().min(1).nullable(),
  requestId,
  coordinates: z.array(fieldCoordinate).max(longest.coordinates),
  coordinateCount: count,
  subgraphs: z.array(subgraphCall).max(longest.subgraphs),
  rows: count,
  /** Different people shown. */
  persons: count,
  /** References asked for that were not shown: restricted, not shared, or nobody's. */
  withheld: count,
  cellsSuppressed: count,
  cost: inKeyOrder({
    estimated: z.number().min(0).nullable(),
    counted: z.number().min(0).nullable(),
  }),
  durationMs: milliseconds,
});
export type OperationRecord = Readonly<z.infer<typeof operationRecord>>;

/** A change of who may ask what; names of fields, never their content. */
export const registryRecord = inKeyOrder({
  kind: z.literal('registry'),
  at: moment,
  organisation: registryId.nullable(),
  clientId: opaque.nullable(),
  user: pseudonym.nullable(),
  action: code,
  subjectKind: z.enum([
    'PARTNER',
    'CONSUMER',
    'CLIENT',
    'PURPOSE',
    'GRANT',
    'SUSPENSION',
    'KEY',
    'SUBGRAPH',
    'CONTRACT',
    'WAIVER',
  ]),
  subjectId: registryId,
  versionBefore: count.nullable(),
  versionAfter: count.nullable(),
  /** Names of the fields that changed, with dots between. */
  fields: z.array(z.string().regex(/^[a-z]\w{0,63}(\.\w{1,64}){0,4}$/u)).max(100),
  requestId,
});
export type RegistryRecord = Readonly<z.infer<typeof registryRecord>>;

/** Access that is not as usual, found by `createAnomalyWatch`. */
export const anomalyRecord = inKeyOrder({
  kind: z.literal('anomaly'),
  at: moment,
  anomaly: z.enum(['VOLUME', 'CEILING', 'OFF_HOURS', 'WITHHELD', 'REFUSALS']),
  /** Null when nobody was identified; then the address says who. */
  organisation: registryId.nullable(),
  purposeId: registryId.nullable(),
  clientIp: z.union([z.ipv4(), z.ipv6()]).nullable(),
  measure: z.enum(['persons', 'rows', 'operations', 'withheld', 'refusals']),
  value: count,
  limit: z.number().min(0),
  windowFrom: moment,
  /** The question that went over the limit. */
  requestId,
});
export type AnomalyRecord = Readonly<z.infer<typeof anomalyRecord>>;

/** Something the log has to say about itself: what was not acknowledged before a crash, or refused by a full disk. */
export const gapRecord = inKeyOrder({
  kind: z.literal('gap'),
  at: moment,
  reason: z.enum(['UNACKNOWLEDGED_TAIL', 'REFUSED_RECORDS']),
  /** How many lines or records. */
  lines: count,
  bytes: count,
  /** Of the bytes moved aside. */
  sha256: sha256.nullable(),
  code: code.nullable(),
});

/** Segments that were older than the retention. */
export const retentionRecord = inKeyOrder({
  kind: z.literal('retention'),
  at: moment,
  fromSegment: z.int().min(1),
  throughSegment: z.int().min(1),
  throughSeq: count,
});

/** The first record of each segment. */
export const segmentRecord = inKeyOrder({
  kind: z.literal('segment'),
  at: moment,
  logId: z.uuid(),
  segment: z.int().min(1),
  /** Of the key that signs from here on; who verifies must have it from elsewhere. */
  publicKey: inKeyOrder({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().regex(/^[\w-]{43}$/u),
    kid: opaque,
  }),
});

/** What others may write into the log. */
export const appendedRecord = z.discriminatedUnion('kind', [
  operationRecord,
  registryRecord,
  anomalyRecord,
]);
export type AppendedRecord = Readonly<z.infer<typeof appendedRecord>>;

export const evidenceBody = z.discriminatedUnion('kind', [
  operationRecord,
  registryRecord,
  anomalyRecord,
  gapRecord,
  retentionRecord,
  segmentRecord,
]);
export type EvidenceBody = Readonly<z.infer<typeof evidenceBody>>;

/** The canonical JSON of a body that one of the schemas above has read. */
export function canonicalBody(body: EvidenceBody): string {
  return JSON.stringify(body);
}

/** The coordinates of a record: sorted, each once, bounded. Frozen, so that who writes them looks at them once. */
export function coordinatesRead(
  coordinates: Iterable<string>,
): Pick<OperationRecord, 'coordinates' | 'coordinateCount'> {
  const sorted = [...new Set(coordinates)].sort();
  // The type of the record is the schema's, whose lists are not readonly.
  const kept = Object.freeze(sorted.slice(0, longest.coordinates)) as string[];
  return { coordinates: kept, coordinateCount: sorted.length };
}

/** The name of an operation as evidence may hold it: only what the trusted manifest knows. */
export function operationNameFor(name: string | null | undefined, isTrusted: boolean) {
  return isTrusted && operationName.safeParse(name).success ? (name ?? null) : null;
}
