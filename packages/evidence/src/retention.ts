import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listSegments, segmentFile, syncFolder, TOMBSTONE, writeWhole } from './evidence-files.ts';
import type { EvidenceBody } from './evidence-record.ts';
import { readSegmentLines } from './segment-lines.ts';
import type { CheckpointStatement, StatementSigner } from './signed-statement.ts';

/** Months for which records are kept; a segment goes when all its records are past theirs. */
export interface RetentionPolicy {
  /** Operations and anomalies. */
  readonly operationMonths: number;
  /** Changes of the registry: the acts of administrators, never less than six months (Garante 27-11-2008). */
  readonly registryMonths: number;
}

export const retentionPolicy = z.strictObject({
  operationMonths: z.int().min(6).max(240).default(24),
  registryMonths: z.int().min(6).max(240).default(24),
});

export interface RetentionPlan {
  /** The last segment to go. */
  readonly last: CheckpointStatement;
  readonly fromSegment: number;
}

const bodyKind = z.object({ body: z.object({ kind: z.string() }) });

/** The oldest sealed segments whose records are all past their retention; null when there are none. */
export async function planRetention(
  folder: string,
  seals: readonly CheckpointStatement[],
  policy: RetentionPolicy,
  now: Date,
): Promise<RetentionPlan | null> {
  const operationsBefore = monthsBefore(now, policy.operationMonths);
  const registryBefore = monthsBefore(now, policy.registryMonths);
  const { segments } = await listSegments(folder);
  let last: CheckpointStatement | null = null;
  for (const segment of segments) {
    const seal = seals.find((checkpoint) => checkpoint.segment === segment);
    // A seal is younger than everything it seals.
    if (seal === undefined) break;
    const at = new Date(seal.at);
    if (at >= operationsBefore && at >= registryBefore) break;
    const kinds = await kindsIn(join(folder, segmentFile(segment)));
    if (kinds.has('registry') && at >= registryBefore) break;
    if ((kinds.has('operation') || kinds.has('anomaly')) && at >= operationsBefore) break;
    last = seal;
  }
  const fromSegment = segments[0];
  return last === null || fromSegment === undefined ? null : { last, fromSegment };
}

/** What the log says of a removal, before it happens. */
export function retentionRecordOf({ last, fromSegment }: RetentionPlan, now: Date): EvidenceBody {
  const { segment: throughSegment, seq: throughSeq } = last;
  return { kind: 'retention', at: now.toISOString(), fromSegment, throughSegment, throughSeq };
}

/** First the signed stone, then the segments: interrupted in between, the next start removes the rest. */
export async function removeSegments(
  folder: string,
  { last, fromSegment }: RetentionPlan,
  signer: StatementSigner,
  now: Date,
): Promise<void> {
  const { logId, segment, seq, hash } = last;
  const jws = signer.sign({
    kind: 'tombstone',
    logId,
    firstSegment: segment + 1,
    throughSeq: seq,
    throughHash: hash,
    at: now.toISOString(),
  });
  await writeWhole(folder, TOMBSTONE, `${jws}\n`);
  for (let number = fromSegment; number <= segment; number += 1) {
    await rm(join(folder, segmentFile(number)), { force: true });
  }
  await syncFolder(folder);
}

async function kindsIn(path: string): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>();
  for await (const batch of readSegmentLines(path)) {
    for (const { text } of batch) kinds.add(bodyKind.parse(JSON.parse(text)).body.kind);
  }
  return kinds;
}

function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - months);
  return before;
}
