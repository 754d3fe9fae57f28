import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { copyOf, drawKey, newFolder, openTestLog, operation } from './evidence.fixture.ts';
import { segmentFile } from './evidence-files.ts';
import { readLine, writeLine } from './evidence-line.ts';
import { lastCheckpointOf } from './last-checkpoint.ts';
import { verifyEvidence } from './verify-evidence.ts';

/** A log of several segments, with checkpoints in between. */
let whole: Awaited<ReturnType<typeof openTestLog>>;
let names: string[];
let segments: string[];

beforeAll(async () => {
  whole = await openTestLog({ maxSegmentRecords: 12 });
  for (let number = 0; number < 40; number += 1) {
    await whole.log.append(operation(number));
    if (number % 9 === 0) await whole.log.checkpoint();
  }
  await whole.log.close();
  names = (await readdir(whole.folder)).sort();
  segments = names.filter((name) => name.startsWith('segment-'));
});

const verify = (folder: string, checkpoints: readonly string[] = []) =>
  verifyEvidence(folder, { publicKeys: [whole.key.verifyingKey], checkpoints });

/** A copy in which one file is another; answers what verification says of it. */
async function faultWith(name: string, change: (bytes: Buffer) => Buffer | string) {
  const folder = await copyOf(whole.folder);
  const path = join(folder, name);
  await writeFile(path, change(await readFile(path)));
  const { fault } = await verify(folder);
  await rm(folder, { recursive: true });
  return fault;
}

const linesOf = (bytes: Buffer) => bytes.toString('utf8').trimEnd().split('\n');
const joined = (lines: readonly string[]) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`);
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const at = (share: number, length: number) => Math.floor(share * length);

describe('verification', () => {
  it('accepts the log that the mutations below start from', async () => {
    expect(segments.length).toBeGreaterThanOrEqual(3);
    expect(await verify(whole.folder)).toMatchObject({
      fault: null,
      begins: 'GENESIS',
      firstSeq: 1,
    });
  });

  it('finds any byte that was changed, in any file, and names the line when it is a record', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, fc.integer({ min: 1, max: 255 }), async (file, byte, flip) => {
        const name = names[at(file, names.length)] ?? '';
        let line = 0;
        const fault = await faultWith(name, (bytes) => {
          const index = at(byte, bytes.length);
          line = bytes.subarray(0, index).toString('latin1').split('\n').length;
          bytes[index] = (bytes[index] ?? 0) ^ flip;
          return bytes;
        });
        expect(fault).not.toBeNull();
        if (segments.includes(name)) expect(fault).toMatchObject({ file: name, line });
      }),
      { numRuns: 120 },
    );
  });

  it('finds any record that was deleted, and names the place', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (file, record) => {
        const name = segments[at(file, segments.length)] ?? '';
        let line = 0;
        const fault = await faultWith(name, (bytes) => {
          const lines = linesOf(bytes);
          line = at(record, lines.length) + 1;
          lines.splice(line - 1, 1);
          return joined(lines);
        });
        expect(fault).toMatchObject({ file: name, line });
      }),
      { numRuns: 40 },
    );
  });

  it('finds any record that was put in again elsewhere, and names the place', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, place, async (file, from, to) => {
        const name = segments[at(file, segments.length)] ?? '';
        let line = 0;
        const fault = await faultWith(name, (bytes) => {
          const lines = linesOf(bytes);
          const again = lines[at(from, lines.length)] ?? '';
          line = at(to, lines.length + 1) + 1;
          // Put right before itself, the second of the two is the one too many.
          if (lines[line - 1] === again) line += 1;
          lines.splice(line - 1, 0, again);
          return joined(lines);
        });
        expect(fault).toMatchObject({ file: name, line });
      }),
      { numRuns: 40 },
    );
  });

  it('finds any two records that changed places, and names the first', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, place, async (file, one, other) => {
        const name = segments[at(file, segments.length)] ?? '';
        let line = 0;
        const fault = await faultWith(name, (bytes) => {
          const lines = linesOf(bytes);
          const [a, b] = [at(one, lines.length), at(other, lines.length)];
          if (a === b) return '';
          line = Math.min(a, b) + 1;
          [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
          return joined(lines);
        });
        expect(fault).not.toBeNull();
        if (line > 0) expect(fault).toMatchObject({ file: name, line });
      }),
      { numRuns: 40 },
    );
  });

  it('finds any file that was cut, wherever, and any file that is gone', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (file, byte) => {
        const name = names[at(file, names.length)] ?? '';
        expect(
          await faultWith(name, (bytes) => bytes.subarray(0, at(byte, bytes.length))),
        ).not.toBeNull();
      }),
      { numRuns: 60 },
    );
    for (const name of names) {
      const folder = await copyOf(whole.folder);
      await rm(join(folder, name));
      expect((await verify(folder)).fault).not.toBeNull();
    }
  });

  it('finds a history written anew from any record on, with right hashes, and where it is no longer proven', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (file, record) => {
        const name = segments[at(file, segments.length)] ?? '';
        const fault = await faultWith(name, (bytes) => joined(rewriteFrom(linesOf(bytes), record)));
        expect(fault).not.toBeNull();
        expect(fault?.segment).toBeGreaterThanOrEqual(segments.indexOf(name) + 1);
      }),
      { numRuns: 40 },
    );
  });

  /** One record is another, and everything after it follows the new one. */
  function rewriteFrom(lines: readonly string[], share: number): string[] {
    const start = 1 + at(share, lines.length - 1);
    let previous = '';
    return lines.map((text, index) => {
      const line = readLine(text);
      if (typeof line === 'string') throw new Error('the log of the test is not whole');
      if (index < start) {
        previous = line.hash;
        return text;
      }
      const body = index === start ? operation(999) : line.body;
      const written = writeLine(canonicalJson(body), previous, line.seq);
      previous = written.hash;
      return written.text;
    });
  }

  it('finds a segment that was replayed as another one, or behind the last', async () => {
    for (const target of [2, 3, segments.length + 1, 77]) {
      const folder = await copyOf(whole.folder);
      await cp(join(folder, segmentFile(1)), join(folder, segmentFile(target)));
      const { fault } = await verify(folder);
      expect(fault).toMatchObject({ segment: target });
    }
  });

  it('finds a fork: the log of another writer with the same key, whole or in parts', async () => {
    const fork = await openTestLog({ signingKey: whole.key.signingKey, maxSegmentRecords: 12 });
    for (let number = 0; number < 40; number += 1) await fork.log.append(operation(number));
    await fork.log.close();
    for (const name of names) {
      const folder = await copyOf(whole.folder);
      await cp(join(fork.folder, name), join(folder, name));
      expect((await verify(folder)).fault).not.toBeNull();
    }
    const { jws } = await lastCheckpointOf(whole.folder, [whole.key.verifyingKey]);
    expect((await verify(fork.folder, [jws])).fault).toMatchObject({ kind: 'FORKED' });
  });

  it('finds two futures of one log: whoever kept a checkpoint of the one does not accept the other', async () => {
    const [one, other] = [await copyOf(whole.folder), await copyOf(whole.folder)];
    for (const [folder, number] of [
      [one, 100],
      [other, 200],
    ] as const) {
      const { log } = await openTestLog({ folder, signingKey: whole.key.signingKey });
      await log.append(operation(number));
      await log.close();
    }
    const { jws, statement } = await lastCheckpointOf(one, [whole.key.verifyingKey]);
    expect((await verify(one, [jws])).fault).toBeNull();
    expect((await verify(other)).fault).toBeNull();
    expect((await verify(other, [jws])).fault).toMatchObject({
      kind: 'FORKED',
      seq: statement.seq,
    });
  });

  it('finds a log put back to an earlier day with all its files only by a checkpoint kept elsewhere', async () => {
    const earlier = await copyOf(whole.folder);
    const { log } = await openTestLog({ folder: whole.folder, signingKey: whole.key.signingKey });
    const end = log.head.seq;
    await log.append(operation(500));
    const jws = await log.checkpoint();
    await log.close();
    expect((await verify(earlier)).fault).toBeNull();
    expect((await verify(earlier, [jws])).fault).toMatchObject({ kind: 'TRUNCATED', seq: end + 1 });
    expect((await verify(whole.folder, [jws])).fault).toBeNull();
  });

  it('accepts no log under another key, and no manifest that would end it earlier', async () => {
    const { verifyingKey } = await drawKey('evidence-test');
    const strange = await verifyEvidence(whole.folder, { publicKeys: [verifyingKey] });
    expect(strange.fault).toMatchObject({ kind: 'SIGNATURE' });
    const folder = await copyOf(whole.folder);
    await writeFile(join(folder, 'manifest.json'), '{}');
    expect((await verify(folder)).fault).toMatchObject({ kind: 'UNEXPECTED' });
  });

  it('reads a log while it is written', async () => {
    const { log, folder, key } = await openTestLog({
      maxSegmentRecords: 50,
      folder: await newFolder(),
    });
    const state = { isOver: false };
    const writing = (async () => {
      for (let number = 0; !state.isOver; number += 1) await log.append(operation(number));
    })();
    for (let round = 0; round < 5; round += 1) {
      expect((await verifyEvidence(folder, { publicKeys: [key.verifyingKey] })).fault).toBeNull();
    }
    state.isOver = true;
    await writing;
    await log.close();
  });
});
