import { appendFile, open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawKey, newFolder, openTestLog, operation } from './evidence.fixture.ts';
import { EvidenceProblem, EvidenceUnavailable } from './evidence-error.ts';
import type { DurableFile } from './log-writer.ts';
import { verifyEvidence } from './verify-evidence.ts';

describe('evidence log', () => {
  it('holds every acknowledged record, in a chain that verifies, over several segments and openings', async () => {
    const { log, folder, key } = await openTestLog({ maxSegmentRecords: 20 });
    await Promise.all(Array.from({ length: 300 }, (_, number) => log.append(operation(number))));
    await log.close();
    const again = await openTestLog({ folder, signingKey: key.signingKey });
    await again.log.append(operation(300));
    await again.log.close();
    const verdict = await verifyEvidence(folder, { publicKeys: [key.verifyingKey] });
    expect(verdict).toMatchObject({ fault: null, begins: 'GENESIS', lastSeq: again.log.head.seq });
    const segments = (await readdir(folder)).filter((name) => name.startsWith('segment-'));
    expect(segments.length).toBeGreaterThan(1);
    const text = (
      await Promise.all(segments.map((name) => readFile(join(folder, name), 'utf8')))
    ).join('');
    for (let number = 0; number <= 300; number += 1) {
      expect(text).toContain(`"request-${number}"`);
    }
  });

  it('is on the disk and verifies at the moment an append resolves', async () => {
    const { log, folder, key } = await openTestLog();
    await log.append(operation(1));
    const verdict = await verifyEvidence(folder, { publicKeys: [key.verifyingKey] });
    expect(verdict).toMatchObject({ fault: null, lastSeq: log.head.seq });
    await log.close();
  });

  it('gives nobody but its owner anything to read', async () => {
    const { log, folder } = await openTestLog();
    await log.append(operation(1));
    await log.close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    }
  });

  it('takes one writer, and the lock of a process that is gone is none', async () => {
    const { log, folder, key } = await openTestLog();
    await expect(openTestLog({ folder, signingKey: key.signingKey })).rejects.toThrow(/in use/u);
    const lock = await readFile(join(folder, 'lock'), 'utf8');
    await log.close();
    // The same process number, started at another moment: another process.
    await writeFile(join(folder, 'lock'), lock.replace(/"started":"\d+"/u, '"started":"1"'));
    const again = await openTestLog({ folder, signingKey: key.signingKey });
    await again.log.close();
  });

  it('moves aside what a crash left behind the acknowledged end, and says so', async () => {
    const { log, folder, key } = await openTestLog();
    await log.append(operation(1));
    await log.close();
    await appendFile(join(folder, 'segment-00000001.ndjson'), '{"body":{"kind":"opera');
    const broken = await verifyEvidence(folder, { publicKeys: [key.verifyingKey] });
    expect(broken.fault).toMatchObject({ kind: 'UNSIGNED', segment: 1, line: 3 });
    const again = await openTestLog({ folder, signingKey: key.signingKey });
    expect(again.alarms).toMatchObject([{ kind: 'TAIL_MOVED_ASIDE' }]);
    await again.log.close();
    expect(await readdir(join(folder, 'aside'))).toHaveLength(1);
    const text = await readFile(join(folder, 'segment-00000001.ndjson'), 'utf8');
    expect(text).toContain('"reason":"UNACKNOWLEDGED_TAIL"');
    expect((await verifyEvidence(folder, { publicKeys: [key.verifyingKey] })).fault).toBeNull();
  });

  it('goes on with one torn head, and mends it', async () => {
    const { log, folder, key } = await openTestLog();
    await log.append(operation(1));
    await log.close();
    const heads = await Promise.all(
      ['head-0.jws', 'head-1.jws'].map(async (name) => ({
        name,
        text: await readFile(join(folder, name), 'latin1'),
      })),
    );
    // Both say the same after a close with a checkpoint or one is older: the first may be cut.
    await truncate(join(folder, heads[0]?.name ?? ''), 100);
    const outcome = await openTestLog({ folder, signingKey: key.signingKey });
    await outcome.log.close();
    expect((await verifyEvidence(folder, { publicKeys: [key.verifyingKey] })).fault).toBeNull();
  });

  it.each([
    ['a byte was flipped', (text: string) => text.replace('"rows":20', '"rows":21')],
    ['the end was cut off', (text: string) => text.slice(0, text.lastIndexOf('{"body"'))],
  ])('refuses to go on when %s, and names the record', async (_name, spoil) => {
    const { log, folder, key } = await openTestLog();
    await log.append(operation(1));
    await log.append(operation(2));
    await log.close();
    const file = join(folder, 'segment-00000001.ndjson');
    await writeFile(file, spoil(await readFile(file, 'utf8')));
    const opening = openTestLog({ folder, signingKey: key.signingKey });
    await expect(opening).rejects.toBeInstanceOf(EvidenceProblem);
    await expect(opening).rejects.toThrow(/segment-00000001\.ndjson, line \d, record \d/u);
  });

  it('refuses another key, and goes on with a new one when the former is known', async () => {
    const { log, folder, key } = await openTestLog();
    await log.append(operation(1));
    await log.close();
    const next = await drawKey('next');
    await expect(openTestLog({ folder, signingKey: next.signingKey })).rejects.toBeInstanceOf(
      EvidenceProblem,
    );
    const again = await openTestLog({
      folder,
      signingKey: next.signingKey,
      formerKeys: [key.verifyingKey],
    });
    await again.log.append(operation(2));
    await again.log.close();
    const publicKeys = [key.verifyingKey, next.verifyingKey];
    expect((await verifyEvidence(folder, { publicKeys })).fault).toBeNull();
    expect((await verifyEvidence(folder, { publicKeys: [key.verifyingKey] })).fault).toMatchObject({
      kind: 'SIGNATURE',
    });
  });
});

describe('evidence log on a bad disk', () => {
  /** A disk that can be told to fail: `write` after half of the bytes, `flush`, or not at all. */
  function failingDisk() {
    const state: { mode: 'well' | 'write' | 'flush' } = { mode: 'well' };
    const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const openFile = async (path: string, flags: string, mode: number): Promise<DurableFile> => {
      const file = await open(path, flags, mode);
      return {
        async write(buffer, offset, length, position) {
          if (state.mode !== 'write') return file.write(buffer, offset, length, position);
          await file.write(buffer, offset, Math.ceil(length / 2), position);
          throw full();
        },
        async datasync() {
          await file.datasync();
          if (state.mode === 'flush') throw full();
        },
        truncate: (length) => file.truncate(length),
        close: () => file.close(),
      };
    };
    return { state, openFile };
  }

  it.each(['write', 'flush'] as const)(
    'acknowledges nothing while it cannot %s, and goes on afterwards with a gap',
    async (mode) => {
      const { state, openFile } = failingDisk();
      const { log, folder, key, alarms } = await openTestLog({ openFile });
      await log.append(operation(1));
      state.mode = mode;
      await expect(log.append(operation(2))).rejects.toBeInstanceOf(EvidenceUnavailable);
      state.mode = 'well';
      await log.append(operation(3));
      await log.close();
      expect(alarms).toEqual([
        { kind: 'UNAVAILABLE', code: 'ENOSPC' },
        { kind: 'AVAILABLE_AGAIN', code: null },
      ]);
      const text = await readFile(join(folder, 'segment-00000001.ndjson'), 'utf8');
      expect(text).not.toContain('"request-2"');
      expect(text).toContain('"code":"ENOSPC","kind":"gap","lines":1');
      expect(text).toContain('"request-3"');
      expect((await verifyEvidence(folder, { publicKeys: [key.verifyingKey] })).fault).toBeNull();
    },
  );

  it('refuses what would wait without bound', async () => {
    const { log } = await openTestLog({ mostWaiting: 5 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, number) => log.append(operation(number))),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(5);
    await log.close();
    await expect(log.append(operation(51))).rejects.toBeInstanceOf(EvidenceUnavailable);
  });

  it('refuses a record that is none, without repeating what it holds', async () => {
    const { log } = await openTestLog();
    const secret = { ...operation(1), variables: { name: 'Amina Inventata' } };
    await expect(log.append(secret)).rejects.toThrow(EvidenceUnavailable);
    await expect(log.append(secret)).rejects.not.toThrow(/Amina/u);
    await log.close();
  });

  it('is not begun with a retention below six months', async () => {
    const folder = await newFolder();
    await expect(openTestLog({ folder, retention: { registryMonths: 5 } })).rejects.toThrow(
      /6 to 240/u,
    );
  });
});
