import { fieldCoordinate, registryId } from '@tavolo/access-model';
import { z } from 'zod';

/** A question as gateways record it: every value taken out, so that it tells what is asked and of nobody. */
export const recordedOperation = z.object({
  /** SHA-256, in hexadecimal, of `document`. */
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Literals replaced (`normalizeOperation`), names of operations kept only when the document is trusted. */
  document: z.string().max(100_000),
  name: z.string().max(100).nullable(),
  coordinates: z.array(fieldCoordinate).max(5_000),
  consumer: registryId,
  purposeId: registryId,
  /** `YYYY-MM-DD`, UTC. */
  day: z.iso.date(),
  /** Since the report before. */
  count: z.int().min(1),
});
export type RecordedOperation = Readonly<z.infer<typeof recordedOperation>>;

/** `POST /operations`, with a gateway's token: what was asked since the report before. */
export const operationReport = z.strictObject({
  /** Random; the same report sent twice counts once. */
  id: z.uuid(),
  operations: z.array(recordedOperation).max(1_000),
});
export type OperationReport = Readonly<z.infer<typeof operationReport>>;

/** What became of a report: how many of its operations count, and how many were beyond a limit or too old. */
export const operationReceipt = z.object({ recorded: z.int(), dropped: z.int() });
export type OperationReceipt = Readonly<z.infer<typeof operationReceipt>>;

/** `GET /operations?first=`, with a gateway's token: those asked most, to warm a new supergraph with. */
export const popularOperations = z.object({
  operations: z.array(z.object({ hash: z.string(), document: z.string(), count: z.int() })),
});
export type PopularOperations = Readonly<z.infer<typeof popularOperations>>;
