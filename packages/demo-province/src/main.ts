import { parseArgs } from 'node:util';
import { createWorld } from './create-world.ts';
import { provinceWriters } from './province-writers.ts';
import { createRandom } from './random.ts';
import { writeProvince } from './write-province.ts';

const usage = `Writes an invented province in the source formats of its four institutions.

  node --import tsx packages/demo-province/src/main.ts --out DIR [options]

  --out DIR       folder to make; refused when anything is in it
  --seed N        whole number, default 20261122; the same options write the same bytes
  --size N        people hosted today, 40 to 200000, default 1500
  --dirty SHARE   broken rows beside the good ones, 0 to 1, default 0.02
  --today DAY     the day the province is drawn on, YYYY-MM-DD, default 2026-11-22
  --json          print the manifest on standard output
  --help          print this`;

/** Reads the options, or says in one sentence what is wrong with them. */
function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      size: { type: 'string', default: '1500' },
      dirty: { type: 'string', default: '0.02' },
      today: { type: 'string', default: '2026-11-22' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new RangeError(`--${name} must be a number`);
  return value;
}

async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (options.out === undefined) throw new Error('--out DIR is missing; see --help');
  const say = (message: string): void => {
    process.stderr.write(`${message}\n`);
  };
  const seed = readNumber('seed', options.seed);
  say(`drawing ${options.size} hosted people`);
  const world = createWorld({ seed, size: readNumber('size', options.size), today: options.today });
  const random = createRandom(seed).fork('sources');
  const manifest = await writeProvince({
    world,
    folder: options.out,
    dirtyShare: readNumber('dirty', options.dirty),
    random: () => random.next(),
    writers: provinceWriters,
    onProgress: say,
  });
  if (options.json) process.stdout.write(`${JSON.stringify(manifest)}\n`);
  say(`wrote ${options.out}`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
