import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256Hex } from './canonical-json.ts';
import { CHECKPOINTS, HEADS, headBytes, segmentFile, syncFolder } from './evidence-files.ts';
import { writeLine } from './evidence-line.ts';
import type { EvidenceBody } from './evidence-record.ts';
import type { StatementSigner } from './signed-statement.ts';

/** Where the log ends, as far as it was acknowledged. */
export interface LogPosition {
  readonly logId: string;
  readonly segment: number;
  readonly seq: number;
  readonly hash: string;
  /** Of the segment. */
  readonly bytes: number;
  readonly recordsInSegment: number;
  readonly segmentSince: string;
  readonly isSealed: boolean;
}

/** As much of a file as the writer uses; a test gives one that fails. */
export interface DurableFile {
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}
export type OpenFile = (path: string, flags: string, mode: number) => Promise<DurableFile>;

export interface LogWriterOptions {
  readonly folder: string;
  readonly signer: StatementSigner;
  readonly now: () => Date;
  readonly position: LogPosition;
  /** SHA-256 of the last checkpoint; null for a log that begins. */
  readonly lastCheckpoint: string | null;
  readonly openFile?: OpenFile | undefined;
}

/** The steps of writing, one at a time; each leaves the log as it was when it rejects, once `recover` has run. */
export interface LogWriter {
  readonly position: LogPosition;
  /** Durable, signed and acknowledged when it resolves. */
  commit(bodies: readonly string[]): Promise<void>;
  /** Answers the signed checkpoint. */
  checkpoint(kind: 'checkpoint' | 'seal'): Promise<string>;
  /** The segment must be sealed, or there is none yet. */
  beginSegment(): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

const OWNER_ONLY = 0o600;

export function createLogWriter(options: LogWriterOptions): LogWriter {
  const { folder, signer, now, openFile = open } = options;
  let { position, lastCheckpoint } = options;
  let segment: DurableFile | undefined;
  let heads: DurableFile[] = [];
  let turn = 0;

  const pathOf = (name: string) => join(folder, name);

  async function segmentHandle(): Promise<DurableFile> {
    segment ??= await openFile(pathOf(segmentFile(position.segment)), 'r+', OWNER_ONLY);
    return segment;
  }

  async function writeHead(next: LogPosition): Promise<void> {
    if (lastCheckpoint === null) throw new Error('a log without a checkpoint has no head');
    const { logId, seq, hash, segment: number, bytes } = next;
    const jws = signer.sign({
      kind: 'head',
      logId,
      seq,
      hash,
      segment: number,
      bytes,
      at: now().toISOString(),
      lastCheckpoint,
    });
    const slot = turn % HEADS.length;
    const name = HEADS[slot] ?? HEADS[0];
    heads[slot] ??= await openExisting(name);
    const file = heads[slot];
    await writeAll(file, headBytes(jws), 0);
    await file.datasync();
    turn += 1;
  }

  async function openExisting(name: string): Promise<DurableFile> {
    try {
      return await openFile(pathOf(name), 'r+', OWNER_ONLY);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      const file = await openFile(pathOf(name), 'wx', OWNER_ONLY);
      await syncFolder(folder);
      return file;
    }
  }

  async function writeBothHeads(): Promise<void> {
    for (let written = 0; written < HEADS.length; written += 1) await writeHead(position);
  }

  /** Builds the lines that follow the position, and where the log ends with them. */
  function continueWith(bodies: readonly string[], from: LogPosition) {
    let { seq, hash } = from;
    let text = '';
    for (const body of bodies) {
      seq += 1;
      const line = writeLine(body, hash, seq);
      hash = line.hash;
      text += `${line.text}\n`;
    }
    const buffer = Buffer.from(text, 'utf8');
    const recordsInSegment = from.recordsInSegment + bodies.length;
    return {
      buffer,
      end: { ...from, seq, hash, bytes: from.bytes + buffer.length, recordsInSegment },
    };
  }

  return {
    get position() {
      return position;
    },
    async commit(bodies) {
      const { buffer, end } = continueWith(bodies, position);
      const file = await segmentHandle();
      await writeAll(file, buffer, position.bytes);
      await file.datasync();
      await writeHead(end);
      position = end;
    },
    async checkpoint(kind) {
      const { logId, seq, hash, segment: number } = position;
      const jws = signer.sign({
        kind,
        logId,
        seq,
        hash,
        segment: number,
        at: now().toISOString(),
        previousCheckpoint: lastCheckpoint,
      });
      await appendCheckpoint(folder, jws);
      lastCheckpoint = sha256Hex(jws);
      if (kind === 'seal') position = { ...position, isSealed: true };
      await writeHead(position);
      return jws;
    },
    async beginSegment() {
      const at = now().toISOString();
      const number = position.segment + 1;
      const body: EvidenceBody = {
        kind: 'segment',
        at,
        logId: position.logId,
        segment: number,
        publicKey: { kty: 'OKP', crv: 'Ed25519', x: signer.publicKey.x, kid: signer.publicKey.kid },
      };
      const { buffer, end } = continueWith([canonicalJson(body)], {
        ...position,
        segment: number,
        bytes: 0,
        recordsInSegment: 0,
        segmentSince: at,
        isSealed: false,
      });
      await segment?.close();
      segment = undefined;
      // What an attempt that failed may have left is overwritten; nobody was told of it.
      const file = await openFile(pathOf(segmentFile(number)), 'w', OWNER_ONLY);
      try {
        await writeAll(file, buffer, 0);
        await file.datasync();
      } catch (error) {
        await file.close().catch(() => undefined);
        throw error;
      }
      segment = file;
      await syncFolder(folder);
      if (lastCheckpoint !== null) {
        await writeHead(end);
        position = end;
        return;
      }
      position = end;
      await this.checkpoint('checkpoint');
      await writeHead(position);
    },
    async recover() {
      await closeAll();
      const file = await segmentHandle();
      await file.truncate(position.bytes);
      await file.datasync();
      await writeBothHeads();
    },
    async close() {
      await closeAll();
    },
  };

  async function closeAll(): Promise<void> {
    const open = [segment, ...heads].filter((file) => file !== undefined);
    segment = undefined;
    heads = [];
    await Promise.all(open.map((file) => file.close().catch(() => undefined)));
  }
}

/** A system may write less than it was given. */
async function writeAll(file: DurableFile, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error('nothing could be written');
    done += bytesWritten;
  }
}

/** All or nothing: a line of which a part was written is taken back. */
async function appendCheckpoint(folder: string, jws: string): Promise<void> {
  const file = await open(join(folder, CHECKPOINTS), 'a', OWNER_ONLY);
  try {
    const { size } = await file.stat();
    try {
      await file.writeFile(`${jws}\n`);
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
    if (size === 0) await syncFolder(folder);
  } finally {
    await file.close();
  }
}
