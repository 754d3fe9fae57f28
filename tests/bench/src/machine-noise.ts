import { createHash } from 'node:crypto';
import { cpus, loadavg, totalmem } from 'node:os';
import { showSpread } from './figure-table.ts';
import { spread } from './quantiles.ts';

const block = Buffer.alloc(1024 * 1024, 7);

/** Milliseconds that a fixed piece of work takes now: how busy others keep the machine. */
export function fixedWorkMs(): number {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  for (let turn = 0; turn < 40; turn += 1) hash.update(block);
  hash.digest();
  return performance.now() - startedAt;
}

/** One line on the machine, with its load and how much the fixed work varied between the benchmarks. */
export function describeMachine(workMs: readonly number[]): string {
  const [first] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `${first?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.version}`,
    `load ${load.join(' ')}`,
    `a fixed piece of work took ${showSpread(spread(workMs))} ms`,
  ].join('; ');
}
