import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RecordEncoder, RecordToSend } from '@tavolo/linkage';
import { CommandFailure, codeOf } from '../cli-error.ts';

export interface RecordFile {
  write(record: RecordToSend): Promise<void>;
  /** Puts the whole file in its place; until then, what was there stays. */
  commit(): Promise<void>;
  /** Leaves no trace; does nothing after `commit`. */
  abandon(): Promise<void>;
}

const charactersPerWrite = 262_144;

/**
 * A file of `{subject, record}` lines that only its owner can read, and that appears whole or not at all. The first
 * line says which key, so that nobody compares or sends what another one encoded.
 */
export async function createRecordFile(
  path: string,
  keyMark: RecordEncoder['keyMark'],
): Promise<RecordFile> {
  const folder = dirname(path);
  const part = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  const file = await saying(path, open(part, 'wx', 0o600));
  let pending = [`${JSON.stringify({ key: keyMark })}\n`];
  let size = 0;
  let isDone = false;
  const flush = async (): Promise<void> => {
    const text = pending.join('');
    pending = [];
    size = 0;
    await saying(path, file.writeFile(text));
  };
  return {
    async write({ subject, json }) {
      const line = `{"subject":"${subject}","record":${json}}\n`;
      pending.push(line);
      size += line.length;
      if (size >= charactersPerWrite) await flush();
    },
    async commit() {
      await flush();
      await saying(path, file.sync());
      await file.close();
      await saying(path, rename(part, path));
      isDone = true;
      await syncFolder(folder);
    },
    async abandon() {
      if (isDone) return;
      isDone = true;
      await file.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}

/** Without it the new name could be lost with the power although the content is there. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function saying<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new CommandFailure(`cannot write ${path} (${codeOf(error)})`);
  }
}
