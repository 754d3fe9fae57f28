import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { showNumber } from '../figure-table.ts';
import type { BenchmarkHub } from '../hub-source.ts';
import { memoryOfTree } from '../process-usage.ts';

/** Beyond that, a cold start tells nothing new for the minute it takes. */
const mostColdRounds = 3;

/** The whole embedded default from an empty folder and from its own, and what it keeps in memory. */
export const start: Benchmark = async ({ rounds, folder, hub: hubs, say }) => {
  const cold: number[] = [];
  const warm: number[] = [];
  const resident: number[] = [];
  let perProcess: string[] = [];
  for (let round = 0; round < Math.min(rounds, mostColdRounds); round += 1) {
    const hubFolder = join(folder, `start-${round}`);
    for (const seconds of [cold, warm]) {
      say(`start: round ${round + 1}, ${seconds === cold ? 'cold' : 'warm'}`);
      const startedAt = performance.now();
      const hub = await hubs.startIn(hubFolder);
      try {
        seconds.push((performance.now() - startedAt) / 1000);
        const memory = await memoryOfHub(hub);
        resident.push(memory.totalMb);
        perProcess = memory.perProcess;
      } finally {
        await hub.close();
      }
    }
    if (round === 0) hubs.offer(hubFolder);
    else await rm(hubFolder, { recursive: true, force: true });
  }
  return {
    figures: [
      {
        name: 'cold start to ready',
        unit: 's',
        rounds: cold,
        target: { value: 60, is: 'at most' },
      },
      {
        name: 'warm start to ready',
        unit: 's',
        rounds: warm,
        target: { value: 20, is: 'at most' },
      },
      {
        name: 'resident memory of all processes (Pss)',
        unit: 'MB',
        rounds: resident,
        target: { value: 2048, is: 'at most' },
      },
    ],
    notes: [`Memory of the last warm start, Pss MB: ${perProcess.join(', ')}.`],
  };
};

/** Everything of `npm start`; this process stands for its main one. */
async function memoryOfHub(hub: BenchmarkHub) {
  const named = [...hub.processes].map(([name, { pid }]) => [name, pid] as const);
  const sizes = await Promise.all(
    named.map(async ([name, pid]) => [name, (await memoryOfTree(pid)).pssKb / 1024] as const),
  );
  // The children of this process are the ones counted above.
  const own = process.memoryUsage.rss() / 2 ** 20;
  const all = [...sizes, ['starter (rss)', own] as const];
  return {
    totalMb: all.reduce((sum, [, mb]) => sum + mb, 0),
    perProcess: all.map(([name, mb]) => `${name} ${showNumber(mb)}`),
  };
}
