import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settleDemoChoice } from './draw-demo.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const asked = { seed: 1, size: 100, today: '2026-11-22', dirtyShare: 0.02 };

it('a hub keeps the province of its first start, drawn on the day of that start', async () => {
  expect(await settleDemoChoice(folder, asked)).toEqual(asked);
  expect(await settleDemoChoice(folder, { ...asked, today: '2026-12-01' })).toEqual(asked);
});

it('another province in the same folder is refused, and the message says what to do', async () => {
  await settleDemoChoice(folder, asked);
  await expect(settleDemoChoice(folder, { ...asked, size: 200 })).rejects.toThrow(
    /seed 1 and size 100.*remove the folder, or choose another with TAVOLO_FOLDER/u,
  );
});
