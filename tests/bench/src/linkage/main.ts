import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, keepsTarget } from '../figure.ts';
import { figureTable } from '../figure-table.ts';
import { describeMachine, fixedWorkMs } from '../machine-noise.ts';
import { calibrate } from './calibrate.ts';
import { drawRegisters } from './draw-registers.ts';
import { encodeRegisters } from './encode-registers.ts';
import { measureQuality, type Quality } from './measure-quality.ts';
import { measureSpeed } from './measure-speed.ts';
import { qualityReport } from './quality-report.ts';
import { type Arguments, readArguments, USAGE } from './read-arguments.ts';
import { type NamedErrorModel, readErrorModel } from './read-error-model.ts';
import { readNames } from './read-names.ts';
import { missedQuality } from './targets.ts';

type Say = (line: string) => void;

function createProgress(): Say {
  const startedAt = Date.now();
  return (line) => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(`${String(seconds).padStart(5)} s  ${line}\n`);
  };
}

function readModels({ models, names }: Arguments): NamedErrorModel[] {
  const origins = names === undefined ? undefined : readNames(names);
  return models.map(readErrorModel).map(({ name, parameters }) => ({
    name,
    parameters: origins === undefined ? parameters : { ...parameters, origins },
  }));
}

async function measure(options: Arguments, folder: string, say: Say): Promise<void> {
  const { seed, rounds } = options;
  const qualities: Quality[] = [];
  const figures: Figure[] = [];
  const work = [fixedWorkMs()];
  for (const people of options.people) {
    for (const [place, { name, parameters }] of readModels(options).entries()) {
      say(`${name}, ${people} people`);
      const registers = drawRegisters({ people, seed, parameters });
      const file = join(folder, 'records');
      encodeRegisters(registers, file);
      qualities.push(await measureQuality({ model: name, registers, file, seed }));
      if (place === 0 && rounds > 0) {
        say(`speed, ${people} people, ${rounds} rounds`);
        figures.push(...(await measureSpeed({ registers, file, people, seed, rounds })));
      }
      work.push(fixedWorkMs());
    }
  }
  const missed = [
    ...qualities.flatMap(missedQuality),
    ...figures.filter((figure) => keepsTarget(figure) === false).map(({ name }) => name),
  ];
  const heading = `${new Date().toISOString().slice(0, 10)}; ${describeMachine(work)}; seed ${seed}; ${rounds} rounds`;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ heading, qualities, figures, missed }, null, 1)}\n`
      : `${[heading, ...qualities.map(qualityReport), ...(figures.length > 0 ? [figureTable(figures)] : []), verdict(missed)].join('\n\n')}\n`,
  );
  if (missed.length > 0) process.exitCode = 1;
}

function verdict(missed: readonly string[]): string {
  if (missed.length === 0) return 'Every target was kept.';
  return `Missed:\n\n${missed.map((target) => `- ${target}`).join('\n')}`;
}

async function run(args: readonly string[]): Promise<void> {
  const options = readArguments(args);
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const say = createProgress();
  if (options.calibrate) {
    const [people = 2_000] = options.people;
    const models = readModels(options);
    process.stdout.write(`${await calibrate({ models, people, seed: options.seed, say })}\n`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-linkage-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  await measure(options, folder, say);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
