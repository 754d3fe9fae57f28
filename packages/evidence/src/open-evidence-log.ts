import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { canonicalJson } from './canonical-json.ts';
import { createCommitQueue } from './commit-queue.ts';
import { EvidenceProblem, EvidenceUnavailable } from './evidence-error.ts';
import { TIMESTAMPS } from './evidence-files.ts';
import {
  type AppendedRecord,
  appendedRecord,
  canonicalBody,
  type EvidenceBody,
} from './evidence-record.ts';
import { lockFolder } from './folder-lock.ts';
import { readLogStatements } from './log-statements.ts';
import { createLogWriter, type LogPosition, type OpenFile } from './log-writer.ts';
import { makeFolder, mendLog } from './mend-log.ts';
import {
  planRetention,
  type RetentionPolicy,
  removeSegments,
  retentionPolicy,
  retentionRecordOf,
} from './retention.ts';
import { createStatementReader, createStatementSigner } from './signed-statement.ts';
import type { TimestampClient } from './timestamp-client.ts';
import { writeOperation } from './write-operation.ts';

/** Something an operator must look at; no content of any record. */
export interface EvidenceAlarm {
  readonly kind:
    | 'UNAVAILABLE'
    | 'AVAILABLE_AGAIN'
    | 'TAIL_MOVED_ASIDE'
    | 'LOCK_LOST'
    | 'TIMESTAMP_FAILED'
    | 'UPKEEP_FAILED';
  readonly code: string | null;
}

export interface EvidenceLogOptions {
  readonly folder: string;
  /** Ed25519 private JWK with a `kid`. */
  readonly signingKey: JWK;
  /** Public keys that signed before, so that the log goes on after a change of key. */
  readonly formerKeys?: readonly JWK[];
  readonly now: () => Date;
  readonly maxSegmentRecords?: number;
  readonly maxSegmentBytes?: number;
  /** A segment is sealed after so many days at the latest: retention removes whole ones. */
  readonly maxSegmentDays?: number;
  readonly checkpointEverySeconds?: number;
  /** Records that may wait; further ones are refused. */
  readonly mostWaiting?: number;
  readonly retention?: Partial<RetentionPolicy>;
  readonly timestamp?: TimestampClient;
  readonly onAlarm: (alarm: EvidenceAlarm) => void;
  readonly openFile?: OpenFile;
}

export interface EvidenceLog {
  /** Resolves when the record is on the disk and signed for; rejects with {@link EvidenceUnavailable}. */
  append(record: AppendedRecord): Promise<void>;
  readonly head: Pick<LogPosition, 'logId' | 'segment' | 'seq' | 'hash'>;
  /** Signs where the log is; what it answers is worth keeping elsewhere. */
  checkpoint(): Promise<string>;
  /** Removes what is older than the policy; answers how many segments. Done every day without being asked. */
  applyRetention(): Promise<number>;
  close(): Promise<void>;
}

const BEAT_MS = 5_000;
const DAY_MS = 86_400_000;

/** Opens a log for writing, or begins one; rejects with {@link EvidenceProblem} when it is not whole or in use. */
export async function openEvidenceLog(options: EvidenceLogOptions): Promise<EvidenceLog> {
  const {
    folder,
    now,
    onAlarm,
    maxSegmentRecords = 100_000,
    maxSegmentBytes = 67_108_864,
  } = options;
  const { maxSegmentDays = 30, checkpointEverySeconds = 3_600, mostWaiting = 10_000 } = options;
  const policy = readPolicy(options.retention ?? {});
  const signer = createStatementSigner(options.signingKey);
  const read = await createStatementReader([signer.publicKey, ...(options.formerKeys ?? [])]);
  await makeFolder(folder);
  const lock = await lockFolder(folder, now);
  let refused = 0;
  let lastCode: string | null = null;
  let isLost = false;
  let lastRetention = now().getTime();

  try {
    const found = await mendLog(folder, read, now);
    const writer = createLogWriter({ ...found, folder, signer, now, openFile: options.openFile });
    if (found.position.isSealed) await writer.beginSegment();
    else await writer.recover();
    if (found.gaps.length > 0) {
      await writer.commit(found.gaps.map((gap) => canonicalJson(gap)));
      onAlarm({ kind: 'TAIL_MOVED_ASIDE', code: null });
    }
    if (found.keyId !== null && found.keyId !== signer.publicKey.kid) await rotate();
    let signedSeq = writer.position.seq;

    const queue = createCommitQueue({
      mostWaiting,
      nowMs: () => performance.now(),
      recover: () => writer.recover(),
      onFailed(error, records) {
        if (refused === 0) onAlarm({ kind: 'UNAVAILABLE', code: codeOf(error) });
        refused += records;
        lastCode = codeOf(error);
      },
      async commit(bodies) {
        if (isLost) throw new EvidenceUnavailable('Another process took the evidence log.');
        if (isFull(writer.position)) await rotate();
        const gap = refused === 0 ? [] : [canonicalJson(gapOf(refused))];
        await writer.commit([...gap, ...bodies]);
        if (refused > 0) onAlarm({ kind: 'AVAILABLE_AGAIN', code: null });
        refused = 0;
      },
    });

    const checkpointTimer = every(checkpointEverySeconds * 1_000, async () => {
      if (writer.position.seq > signedSeq) await checkpoint();
      // Also when nobody asks anything: what is not sealed is never removed.
      if (isFull(writer.position)) await queue.exclusively(rotate);
      if (now().getTime() - lastRetention >= DAY_MS) await applyRetention();
    });
    const beatTimer = every(BEAT_MS, async () => {
      if (isLost || (await lock.beat())) return;
      isLost = true;
      onAlarm({ kind: 'LOCK_LOST', code: null });
    });
    return {
      append: (record) => {
        const written = record.kind === 'operation' ? writeOperation(record) : undefined;
        if (written !== undefined) return queue.append(written);
        const parsed = appendedRecord.safeParse(record);
        if (parsed.success) return queue.append(canonicalBody(parsed.data));
        const places = parsed.error.issues.map(({ path }) => path.slice(0, 2).join('.'));
        return Promise.reject(
          new EvidenceUnavailable(
            `The record has not the shape of evidence: ${[...new Set(places)].join(', ')}.`,
          ),
        );
      },
      get head() {
        const { logId, segment, seq, hash } = writer.position;
        return { logId, segment, seq, hash };
      },
      checkpoint,
      applyRetention,
      async close() {
        clearInterval(checkpointTimer);
        clearInterval(beatTimer);
        if (writer.position.seq > signedSeq) await checkpoint().catch(() => undefined);
        await queue.drain();
        await writer.close();
        await lock.release();
      },
    };

    async function rotate(): Promise<void> {
      if (!writer.position.isSealed)
        stampLater(await writer.checkpoint('seal'), writer.position.seq);
      await writer.beginSegment();
    }

    async function checkpoint(): Promise<string> {
      return queue.exclusively(async () => {
        const jws = await writer.checkpoint('checkpoint');
        signedSeq = writer.position.seq;
        stampLater(jws, signedSeq);
        if (isFull(writer.position)) await rotate();
        return jws;
      });
    }

    async function applyRetention(): Promise<number> {
      return queue.exclusively(async () => {
        lastRetention = now().getTime();
        const { checkpoints } = await readLogStatements(folder, read, 'strict');
        const seals = checkpoints.filter(({ kind }) => kind === 'seal');
        const plan = await planRetention(folder, seals, policy, now());
        if (plan === null) return 0;
        await writer.commit([canonicalJson(retentionRecordOf(plan, now()))]);
        await removeSegments(folder, plan, signer, now());
        return plan.last.segment - plan.fromSegment + 1;
      });
    }

    function isFull({ recordsInSegment, bytes, segmentSince, isSealed }: LogPosition): boolean {
      const isOld = now().getTime() - Date.parse(segmentSince) >= maxSegmentDays * DAY_MS;
      // The header alone is no reason for another segment.
      return (
        isSealed ||
        (recordsInSegment > 1 &&
          (recordsInSegment >= maxSegmentRecords || bytes >= maxSegmentBytes || isOld))
      );
    }

    function gapOf(records: number): EvidenceBody {
      const code = lastCode !== null && /^[A-Z][A-Z0-9_]{0,63}$/u.test(lastCode) ? lastCode : null;
      return {
        kind: 'gap',
        at: now().toISOString(),
        reason: 'REFUSED_RECORDS',
        lines: records,
        bytes: 0,
        sha256: null,
        code,
      };
    }

    /** Never waited for: an authority that is away must not stop the log. */
    function stampLater(jws: string, seq: number): void {
      const { timestamp } = options;
      if (timestamp === undefined) return;
      const stamp = async () => {
        const token = await timestamp.stamp(createHash('sha256').update(jws).digest());
        await mkdir(join(folder, TIMESTAMPS), { recursive: true, mode: 0o700 });
        await writeFile(join(folder, TIMESTAMPS, `${String(seq).padStart(12, '0')}.tsr`), token, {
          mode: 0o600,
        });
      };
      stamp().catch((error: unknown) => onAlarm({ kind: 'TIMESTAMP_FAILED', code: codeOf(error) }));
    }
  } catch (error) {
    await lock.release();
    throw error;
  }

  /** One round at a time; a failure is said, and the next round tries again. */
  function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
    let isBusy = false;
    return setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      work()
        .catch((error: unknown) => onAlarm({ kind: 'UPKEEP_FAILED', code: codeOf(error) }))
        .finally(() => {
          isBusy = false;
        });
    }, ms).unref();
  }
}

function readPolicy(retention: Partial<RetentionPolicy>): RetentionPolicy {
  const parsed = retentionPolicy.safeParse(retention);
  if (parsed.success) return parsed.data;
  throw new EvidenceProblem(
    'Evidence is kept for 6 to 240 months: operationMonths and registryMonths must be whole numbers from 6 to 240.',
  );
}

/** A system call's code; never another's message. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
