import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readSheets } from '@tavolo/feed-kit';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { writeCleanSources } from '../clean-sources.ts';
import { countGuestRows } from '../count-guest-rows.ts';
import { drawGatewayKey } from '../gateway-key.ts';
import { loneServiceEnvironment } from '../lone-service-environment.ts';
import { startMeasuredProcess } from '../start-measured-process.ts';
import { measureVisibility, sheetsHeldBack } from './sheet-visibility.ts';

/** Enough people that the two looks before a file is taken are a small part of the whole. */
const sizeFactor = 6;

/** A backfill of presence workbooks through the drop folder, against reading the same workbooks and no more. */
export const presence: Benchmark = async (context) => {
  const { rounds, size, folder, say } = context;
  const source = join(folder, 'presence-source');
  say('presence: drawing workbooks');
  const files = await writeCleanSources('reception-centres', size * sizeFactor, source);
  const workbooks = files.filter((file) => file.endsWith('.xlsx'));
  const heldBack = sheetsHeldBack(workbooks);
  const backfill = workbooks.filter((file) => !heldBack.includes(file));

  const service: number[] = [];
  const reading: number[] = [];
  let visibleMs: readonly number[] = [];
  let rows = 0;
  for (let round = 0; round < rounds; round += 1) {
    const readFrom = performance.now();
    rows = 0;
    for (const file of backfill) {
      const sheets = await readSheets(await readFile(join(source, file)));
      rows += sheets.reduce((sum, sheet) => sum + countGuestRows(sheet), 0);
    }
    reading.push((rows * 1000) / (performance.now() - readFrom));
    const last = round === rounds - 1;
    const { ms, visible } = await backfillOnce(context, {
      source,
      backfill,
      heldBack: last ? heldBack : [],
      round,
    });
    service.push((rows * 1000) / ms);
    visibleMs = visible;
    say(`presence: round ${round + 1}, ${Math.round((rows * 1000) / ms)} rows/s`);
  }
  return {
    figures: [
      {
        name: 'presence rows on backfill',
        unit: 'rows/s',
        rounds: service,
        peer: { name: 'reading the workbooks alone', rounds: reading },
        target: { value: 20_000, is: 'at least' },
      },
      {
        name: 'a dropped sheet visible in the institution’s graph',
        unit: 's',
        rounds: visibleMs.map((ms) => ms / 1000),
        target: { value: 2, is: 'at most' },
      },
    ],
    notes: [
      `The backfill is ${rows} rows in ${backfill.length} workbooks; the clock starts when they are dropped, so two looks at the folder are in it.`,
    ],
  };
};

async function backfillOnce(
  { folder, profileFolder }: BenchmarkContext,
  work: {
    readonly source: string;
    readonly backfill: readonly string[];
    readonly heldBack: readonly string[];
    readonly round: number;
  },
): Promise<{ ms: number; visible: readonly number[] }> {
  const own = join(folder, `presence-${work.round}`);
  const drop = join(own, 'drop');
  const staging = join(own, 'staging');
  await mkdir(drop, { recursive: true });
  await copyInto(staging, work.source, work.backfill);
  const gatewayKey = drawGatewayKey();
  const service = await startMeasuredProcess({
    entry: 'services/reception-centres/src/main.ts',
    env: loneServiceEnvironment(own, gatewayKey),
    logFile: join(own, 'log'),
    profileFolder,
  });
  try {
    const startedAt = performance.now();
    await Promise.all(work.backfill.map((file) => rename(join(staging, file), join(drop, file))));
    while ((await waitingIn(drop)) > 0) await delay(20);
    const ms = performance.now() - startedAt;
    const refused = await readdir(join(drop, 'rejected'));
    if (refused.length > 0) throw new Error(`${refused.length} clean workbooks were refused`);
    if (work.heldBack.length === 0) return { ms, visible: [] };
    await copyInto(staging, work.source, work.heldBack);
    const visible = await measureVisibility({
      sheets: work.heldBack,
      from: staging,
      drop,
      serviceUrl: service.url,
      gatewayKey,
    });
    return { ms, visible };
  } finally {
    await service.close();
  }
}

async function copyInto(target: string, source: string, files: readonly string[]): Promise<void> {
  await mkdir(target, { recursive: true });
  await Promise.all(files.map((file) => copyFile(join(source, file), join(target, file))));
}

async function waitingIn(drop: string): Promise<number> {
  const entries = await readdir(drop, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
