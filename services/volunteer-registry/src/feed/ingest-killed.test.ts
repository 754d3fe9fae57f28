import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { useEmbeddedMongo } from '@tavolo/embedded-mongo';
import { Mongoose } from 'mongoose';
import { expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('./ingest-until-killed.fixture.ts', import.meta.url));

function takeIn(folder: string, killBefore: number) {
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', fixture, folder, String(killBefore), '200'],
    {
      encoding: 'utf8',
    },
  );
  return { signal: child.signal, asked: Number(child.stdout) };
}

async function everythingIn(folder: string): Promise<Record<string, unknown[]>> {
  const mongoose = new Mongoose();
  const file = path.join(folder, 'volunteer-registry.sqlite');
  await mongoose.connect(useEmbeddedMongo(mongoose, { file, database: 'volunteer-registry' }));
  const found: Record<string, unknown[]> = {};
  for (const name of ['memberships', 'rejections', 'drops']) {
    found[name] = await mongoose.connection.collection(name).find({}).sort({ _id: 1 }).toArray();
  }
  await mongoose.disconnect();
  return found;
}

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'registry-killed-'));

it('a process killed in the middle of an ingest, again and again, ends as if it had never been', {
  timeout: 300_000,
}, async () => {
  const undisturbed = newFolder();
  const { asked } = takeIn(undisturbed, 0);
  const expected = await everythingIn(undisturbed);
  expect(expected['memberships']).toHaveLength(196);
  expect(expected['drops']).toHaveLength(2);

  const disturbed = newFolder();
  // Once before the ledger of the first register, once in the middle of the second.
  expect(takeIn(disturbed, Math.floor(asked * 0.3)).signal).toBe('SIGKILL');
  expect(takeIn(disturbed, Math.floor(asked * 0.7)).signal).toBe('SIGKILL');
  expect(takeIn(disturbed, 0).signal).toBeNull();
  expect(await everythingIn(disturbed)).toEqual(expected);
});
