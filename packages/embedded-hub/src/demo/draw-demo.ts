import { spawn } from 'node:child_process';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));

const demoOptions = z.object({
  /** Whole number the province is drawn from. */
  seed: z.number(),
  /** Hosted people. */
  size: z.number(),
  /** The day it is drawn on, `YYYY-MM-DD`. */
  today: z.string(),
  /** Share of dirty rows, 0–0.5. */
  dirtyShare: z.number(),
});

/** What the invented province is drawn from. */
export type DemoOptions = Readonly<z.infer<typeof demoOptions>>;

/** Where the drawn province lies: the institutions' files, the manifest and the ground truth. */
export function provinceFolder(demoFolder: string): string {
  return join(demoFolder, 'province');
}

/**
 * Settles which province this hub holds: the first start's choice. Another choice later is refused, since
 * its people would be added to the first one's.
 */
export async function settleDemoChoice(
  demoFolder: string,
  asked: DemoOptions,
): Promise<DemoOptions> {
  const file = join(demoFolder, 'choice.json');
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === undefined) {
    await mkdir(demoFolder, { recursive: true });
    await writeFile(file, JSON.stringify(asked));
    return asked;
  }
  const chosen = demoOptions.parse(JSON.parse(present));
  if (chosen.seed !== asked.seed || chosen.size !== asked.size) {
    throw new StartProblem(
      `This folder holds the province of seed ${chosen.seed} and size ${chosen.size}. ` +
        `Start with those, remove the folder, or choose another with TAVOLO_FOLDER.`,
    );
  }
  return chosen;
}

/**
 * Has the province drawn, by a process of its own: its memory is given back when it ends. The manifest is
 * written last, so a province without one is drawn again.
 */
export async function drawDemo(
  demoFolder: string,
  demo: DemoOptions,
  onProgress: (line: string) => void,
): Promise<void> {
  const out = provinceFolder(demoFolder);
  if (
    await access(join(out, 'manifest.json')).then(
      () => true,
      () => false,
    )
  )
    return;
  await rm(out, { recursive: true, force: true });
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(repository, 'packages/demo-province/src/main.ts'),
      ...['--seed', String(demo.seed)],
      ...['--size', String(demo.size)],
      ...['--today', demo.today],
      ...['--dirty', String(demo.dirtyShare)],
      ...['--out', out],
    ],
    { cwd: repository, env: { TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let lastLine = 'it said nothing';
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLine = line;
    onProgress(line);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new StartProblem(`The demo province could not be drawn: ${lastLine}`);
}
