import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256Hex } from './canonical-json.ts';
import { EvidenceFaultError, type EvidenceFaultKind } from './evidence-fault.ts';
import { CHECKPOINTS, HEADS, headIn, LOCK, readIfThere, TOMBSTONE } from './evidence-files.ts';
import type {
  CheckpointStatement,
  HeadStatement,
  StatementReader,
  TombstoneStatement,
} from './signed-statement.ts';

/** What a log says of itself under its signature. */
export interface LogStatements {
  readonly head: HeadStatement;
  readonly heads: readonly HeadStatement[];
  readonly checkpoints: readonly CheckpointStatement[];
  /** SHA-256 of the last line of the checkpoints. */
  readonly lastCheckpoint: string;
  /** Bytes behind the last whole line; only when mended. */
  readonly tornBytes: number;
  readonly tombstone: TombstoneStatement | null;
}

/** `strict` takes nothing that is not whole; `mending` overlooks what a crash can leave, for the log's own writer. */
export type Reading = 'strict' | 'mending';

/** A log that is being written may change between two of its files: read again, so often. */
const TRIES = 5;
const BETWEEN_TRIES_MS = 100;

/** Rejects with {@link EvidenceFaultError}. */
export async function readLogStatements(
  folder: string,
  read: StatementReader,
  reading: Reading,
): Promise<LogStatements> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(folder, read, reading);
    } catch (error) {
      if (!(error instanceof EvidenceFaultError) || attempt === TRIES) throw error;
      if (reading === 'mending' || !(await isInUse(folder))) throw error;
      await wait(BETWEEN_TRIES_MS);
    }
  }
}

/** Whether a writer says that it is at work; when it is not, one more look changes nothing. */
export async function isInUse(folder: string): Promise<boolean> {
  return (await readIfThere(join(folder, LOCK))) !== null;
}

async function readOnce(
  folder: string,
  read: StatementReader,
  reading: Reading,
): Promise<LogStatements> {
  // Before the head: no checkpoint is ever ahead of the head that is read after it.
  const { checkpoints, hashes, tornBytes } = await readCheckpoints(folder, read, reading);
  const heads = await readHeads(folder, read, reading);
  const head = heads.reduce((a, b) => (b.seq > a.seq ? b : a));
  const lastCheckpoint = hashes.at(-1);
  if (lastCheckpoint === undefined || !hashes.includes(head.lastCheckpoint)) {
    throw fault(
      'SIGNATURE',
      CHECKPOINTS,
      hashes.length + 1,
      'a checkpoint that the head names is not there',
    );
  }
  if (checkpoints.some(({ logId }) => logId !== head.logId)) {
    const line = checkpoints.findIndex(({ logId }) => logId !== head.logId) + 1;
    throw fault('FORKED', CHECKPOINTS, line, 'a checkpoint of another log');
  }
  return {
    head,
    heads,
    checkpoints,
    lastCheckpoint,
    tornBytes,
    tombstone: await readTombstone(folder, read, head),
  };
}

async function readCheckpoints(folder: string, read: StatementReader, reading: Reading) {
  const text = (await readIfThere(join(folder, CHECKPOINTS)))?.toString('latin1') ?? '';
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  if (torn !== '' && reading === 'strict') {
    throw fault('SIGNATURE', CHECKPOINTS, lines.length + 1, 'the last line is not whole');
  }
  const checkpoints: CheckpointStatement[] = [];
  const hashes: string[] = [];
  for (const [index, line] of lines.entries()) {
    const statement = await read(line);
    if (statement === null || (statement.kind !== 'checkpoint' && statement.kind !== 'seal')) {
      throw fault(
        'SIGNATURE',
        CHECKPOINTS,
        index + 1,
        'no checkpoint signed with a key that was given',
      );
    }
    if (statement.previousCheckpoint !== (hashes.at(-1) ?? null)) {
      throw fault(
        'SIGNATURE',
        CHECKPOINTS,
        index + 1,
        'the checkpoint before it is not the one it names',
        statement.seq,
      );
    }
    checkpoints.push(statement);
    hashes.push(sha256Hex(line));
  }
  return { checkpoints, hashes, tornBytes: torn.length };
}

async function readHeads(folder: string, read: StatementReader, reading: Reading) {
  const heads: HeadStatement[] = [];
  for (const name of HEADS) {
    const bytes = await readIfThere(join(folder, name));
    const jws = bytes === null ? null : headIn(bytes);
    const statement = jws === null ? null : await read(jws);
    if (statement?.kind === 'head') heads.push(statement);
    else if (reading === 'strict') {
      throw fault('SIGNATURE', name, null, 'no head signed with a key that was given');
    }
  }
  if (heads.length === 0) throw fault('SIGNATURE', HEADS[0], null, 'the log has no signed head');
  if (heads.some(({ logId }) => logId !== heads[0]?.logId)) {
    throw fault('FORKED', HEADS[1], null, 'the two heads are of two logs');
  }
  return heads;
}

async function readTombstone(folder: string, read: StatementReader, head: HeadStatement) {
  const text = (await readIfThere(join(folder, TOMBSTONE)))?.toString('latin1') ?? null;
  if (text === null) return null;
  const statement = text.endsWith('\n') ? await read(text.slice(0, -1)) : null;
  if (statement?.kind !== 'tombstone') {
    throw fault('SIGNATURE', TOMBSTONE, 1, 'no tombstone signed with a key that was given');
  }
  if (statement.logId !== head.logId) throw fault('FORKED', TOMBSTONE, 1, 'of another log');
  return statement;
}

function fault(
  kind: EvidenceFaultKind,
  file: string,
  line: number | null,
  message: string,
  seq: number | null = null,
): EvidenceFaultError {
  return new EvidenceFaultError({ kind, file, segment: null, line, seq, message });
}
