import { parseArgs } from 'node:util';
import { MODEL_NAMES } from './read-error-model.ts';

export const USAGE = `npm run bench:linkage -- [options]

  --people N,N     sizes of the provinces, in people, default 2000,20000
  --model M,M      error models: ${MODEL_NAMES.join(', ')}, or files; default all of these
  --names FILE     origins and names from a file instead of the demo province's
  --seed N         default 7; equal options measure equal provinces
  --rounds N       how often speed is measured, on the first model of each size; 0 = not, default 3
  --json           everything as JSON on standard output
  --calibrate      fit the weights of evidence on other provinces and print them; the first size counts`;

export type Arguments = ReturnType<typeof readArguments>;

/** Reads the arguments, or says in one sentence what is wrong with them. */
export function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '2000,20000' },
      model: { type: 'string', default: MODEL_NAMES.join(',') },
      names: { type: 'string' },
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      calibrate: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    people: values.people.split(',').map((text) => readCount('people', text, 300)),
    models: values.model.split(','),
    seed: readCount('seed', values.seed, 0),
    rounds: readCount('rounds', values.rounds, 0),
  };
}

function readCount(name: string, text: string, least: number): number {
  const count = Number(text);
  if (text.trim() === '' || !Number.isInteger(count) || count < least) {
    throw new Error(`--${name} must be a whole number, ${least} or more`);
  }
  return count;
}
