import { appendFile, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DropFolder,
  type DropFolderOptions,
  type DroppedFile,
  startDropFolder,
} from './drop-folder.ts';

let folder = '';
let drop: DropFolder | undefined;
let taken: DroppedFile[] = [];
let logged: string[] = [];
let nowMs = 0;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drop-'));
  taken = [];
  logged = [];
  nowMs = 0;
});
afterEach(async () => {
  await drop?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Rounds are run by the test: the timer is set far away. */
async function start(over: Partial<DropFolderOptions> = {}): Promise<DropFolder> {
  const note = (fields: object, message: string) =>
    logged.push(`${message} ${JSON.stringify(fields)}`);
  drop = await startDropFolder({
    folder,
    accepts: () => true,
    ingest: async (file) => {
      taken.push(file);
      return { kind: 'ingested' };
    },
    intervalMs: 1_000_000,
    logger: { info: note, error: note },
    now: () => nowMs,
    ...over,
  });
  return drop;
}

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const listed = (sub = '') => readdir(path.join(folder, sub));

describe('a drop folder', () => {
  it('takes files one at a time in name order and moves them to processed', async () => {
    const running = await start();
    await write('b.csv', 'two');
    await write('a.csv', 'one');
    await running.idle();
    expect(taken.map((file) => [file.name, file.bytes.toString()])).toEqual([
      ['a.csv', 'one'],
      ['b.csv', 'two'],
    ]);
    expect(taken[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await listed('processed')).toEqual(['a.csv', 'b.csv']);
  });

  it('leaves a half-written file alone until it has stopped growing', async () => {
    const running = await start();
    await write('a.csv', 'half');
    await running.poll();
    await appendFile(path.join(folder, 'a.csv'), ' and');
    await running.poll();
    await appendFile(path.join(folder, 'a.csv'), ' half');
    await running.poll();
    expect(taken).toEqual([]);
    await running.poll();
    expect(taken.map((file) => file.bytes.toString())).toEqual(['half and half']);
  });

  it('never touches *.part, *.tmp, dotfiles, links, folders, and names it does not accept', async () => {
    const running = await start({ accepts: (name) => name.endsWith('.csv') });
    await write('a.csv.part', 'x');
    await write('b.csv.tmp', 'x');
    await write('.c.csv', 'x');
    await write('d.txt', 'x');
    await symlink('/etc/hostname', path.join(folder, 'e.csv'));
    await running.idle();
    await running.idle();
    expect(taken).toEqual([]);
    expect((await listed()).length).toBe(7);
  });

  it('a file replaced while it is read is left for the next round, then taken whole', async () => {
    const running = await start({
      ingest: async (file) => {
        taken.push(file);
        if (taken.length === 1) {
          await write('new.part', 'the correction');
          await rename(path.join(folder, 'new.part'), path.join(folder, 'a.csv'));
        }
        return { kind: 'ingested' };
      },
    });
    await write('a.csv', 'the first version');
    await running.idle();
    expect(taken.map((file) => file.bytes.toString())).toEqual([
      'the first version',
      'the correction',
    ]);
    expect(await listed('processed')).toEqual(['a.csv']);
  });

  it('keeps both when a different file of the same name comes later', async () => {
    const running = await start();
    await write('a.csv', 'one');
    await running.idle();
    await write('a.csv', 'two');
    await running.idle();
    expect((await listed('processed')).length).toBe(2);
  });

  it('moves a rejected file aside with its reason in the log', async () => {
    const running = await start({
      ingest: async () => ({ kind: 'rejected', reason: 'missing column CUI' }),
    });
    await write('a.csv', 'x');
    await running.idle();
    expect(await listed('rejected')).toEqual(['a.csv']);
    expect(logged.join()).toContain('missing column CUI');
  });

  it('rejects a file over the limit without reading it', async () => {
    const running = await start({ maxBytes: 3 });
    await write('a.csv', 'four');
    await running.idle();
    expect(taken).toEqual([]);
    expect(await listed('rejected')).toEqual(['a.csv']);
  });

  it('keeps the file when the ingest throws or the disk is full, tries again later and later, logs no content', async () => {
    const retryAfter: number[] = [];
    const running = await start({
      maxBackoffMs: 4000,
      ingest: async (file) => {
        retryAfter.push(nowMs);
        throw Object.assign(new Error(file.bytes.toString()), { code: 'ENOSPC' });
      },
    });
    await write('a.csv', 'SEGRETO');
    await running.poll();
    for (nowMs = 0; nowMs <= 16_000; nowMs += 500) await running.poll();
    expect(retryAfter).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500]);
    expect(await listed()).toContain('a.csv');
    expect(logged.join()).toContain('ENOSPC');
    expect(logged.join()).not.toContain('SEGRETO');
  });

  it('one file that fails does not hold up the others', async () => {
    const running = await start({
      ingest: async (file) => {
        if (file.name === 'a.csv') throw new Error('broken');
        taken.push(file);
        return { kind: 'ingested' };
      },
    });
    await write('a.csv', 'x');
    await write('b.csv', 'y');
    await running.idle();
    expect(taken.map((file) => file.name)).toEqual(['b.csv']);
  });

  it('shows the next file ahead, and takes the one that is there when its turn comes', async () => {
    const foreseen: string[] = [];
    const running = await start({
      foresee: (file) => foreseen.push(file.bytes.toString()),
      ingest: async (file) => {
        taken.push(file);
        if (file.name === 'b.csv') await write('c.csv', 'corrected');
        return { kind: 'ingested' };
      },
    });
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await write(name, name);
    await running.idle();
    expect(foreseen[0]).toBe('b.csv');
    expect(taken.map((file) => file.bytes.toString())).toEqual(['a.csv', 'b.csv', 'corrected']);
  });

  it('leaves no file descriptors open', async () => {
    const running = await start();
    const before = (await readdir('/proc/self/fd')).length;
    for (let index = 0; index < 50; index += 1) await write(`${index}.csv`, 'x');
    await running.idle();
    expect(taken).toHaveLength(50);
    expect((await readdir('/proc/self/fd')).length).toBeLessThanOrEqual(before + 1);
  });
});
