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
    ['--import', 'tsx', fixture, folder, String(killBefore), '1200'],
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
  timeout: 120_000,
}, async () => {
  const undisturbed = newFolder();
  const { asked } = takeIn(undisturbed, 0);
  const expected = await everythingIn(undisturbed);
  expect(expected['memberships']).toHaveLength(1176);
  expect(expected['drops']).toHaveLength(2);

  const disturbed = newFolder();
  for (const share of [0.2, 0.4, 0.5, 0.7, 0.9]) {
    expect(takeIn(disturbed, Math.round(asked * share)).signal).toBe('SIGKILL');
  }
  expect(takeIn(disturbed, 0).signal).toBeNull();
  expect(await everythingIn(disturbed)).toEqual(expected);
});
