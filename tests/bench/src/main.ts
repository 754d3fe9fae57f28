import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { analysis } from './benchmarks/analysis.ts';
import { evidence } from './benchmarks/evidence.ts';
import { gate } from './benchmarks/gate.ts';
import { hl7 } from './benchmarks/hl7.ts';
import { memory } from './benchmarks/memory.ts';
import { presence } from './benchmarks/presence.ts';
import { publish } from './benchmarks/publish.ts';
import { smallOperations } from './benchmarks/small-operations.ts';
import { start } from './benchmarks/start.ts';
import { swap } from './benchmarks/swap.ts';
import { tableQuestion } from './benchmarks/table-question.ts';
import type { Figure } from './figure.ts';
import { figureTable } from './figure-table.ts';
import { createHubSource } from './hub-source.ts';
import { describeMachine, fixedWorkMs } from './machine-noise.ts';

/** In the order they run; the ones that share a hub come after the one that prepares it. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  start,
  hl7,
  presence,
  'table-question': tableQuestion,
  'small-operations': smallOperations,
  gate,
  memory,
  evidence,
  analysis,
  publish,
  swap,
};

const usage = `npm run bench -- [name…] [options]

  names         ${Object.keys(benchmarks).join(', ')}; all when none is given
  --rounds N    how often each thing is measured, default 3
  --questions N questions of the memory benchmark, default 50000
  --publications N of the swap benchmark, default 200
  --rate N      requests a second of the swap benchmark, default 500
  --size N      hosted people of the invented province, default 1500
  --profile DIR write CPU profiles of the feeds' processes and of the gate's two gateways
  --hub DIR     share a hub that lives there and stays: its next start is a warm one
  --json        the figures as JSON on standard output`;

/** Reads the arguments, or says in one sentence what is wrong with them. */
function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      questions: { type: 'string', default: '50000' },
      publications: { type: 'string', default: '200' },
      rate: { type: 'string', default: '500' },
      size: { type: 'string', default: '1500' },
      profile: { type: 'string' },
      hub: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !(name in benchmarks));
  if (unknown.length > 0)
    throw new Error(`There is no benchmark ${unknown.join(', ')}\n\n${usage}`);
  return {
    ...values,
    chosen: Object.entries(benchmarks).filter(
      ([name]) => positionals.length === 0 || positionals.includes(name),
    ),
    rounds: readCount('rounds', values.rounds),
    questions: readCount('questions', values.questions),
    publications: readCount('publications', values.publications),
    rate: readCount('rate', values.rate),
    size: readCount('size', values.size),
    profile: values.profile === undefined ? undefined : resolve(values.profile),
    hub: values.hub === undefined ? undefined : resolve(values.hub),
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${name} must be a whole number, 1 or more`);
  return count;
}

async function run(args: readonly string[]): Promise<void> {
  const options = readArguments(args);
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const startedAt = Date.now();
  const say = (line: string) => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(`${String(seconds).padStart(5)} s  ${line}\n`);
  };
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-bench-'));
  // Processes end with this one; the stores of an interrupted run would stay.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  if (options.profile !== undefined) await mkdir(options.profile, { recursive: true });

  const hub = createHubSource({ folder, size: options.size, say });
  if (options.hub !== undefined) hub.offer(options.hub);
  const figures: Figure[] = [];
  const notes: string[] = [];
  const work = [fixedWorkMs()];
  try {
    for (const [name, benchmark] of options.chosen) {
      say(`${name} begins`);
      const result = await benchmark({
        ...options,
        folder,
        hub,
        say,
        profileFolder: options.profile,
      });
      figures.push(...result.figures);
      notes.push(...result.notes);
      work.push(fixedWorkMs());
    }
  } finally {
    await hub.close();
  }
  const machine = describeMachine(work);
  const day = new Date().toISOString().slice(0, 10);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ day, machine, figures, notes }, null, 1)}\n`
      : `${day}; ${machine}; ${options.rounds} rounds\n\n${figureTable(figures)}\n\n${notes.map((note) => `- ${note}`).join('\n')}\n`,
  );
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
