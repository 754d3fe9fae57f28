import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { questions } from './graph/questions.ts';
import { gateways } from './peers/gateways.ts';

export const usage = `npm run bench:gateway -- [options]

  --rounds N        how often each gateway answers each question, default 5
  --seconds N       of each, default 5
  --warm-up N       seconds of each before the first round, default 5
  --connections N   default 50
  --questions A,B   ${questions.map(({ name }) => name).join(', ')}; all unless told
  --gateways A,B    ${gateways.map(({ name }) => name).join(', ')}; all unless told
  --growth          in place of it: cost of ours over size of answer, subgraphs, entities
  --profile FOLDER  in place of it: CPU profiles of ours (or of --gateways) and where the time goes
  --json            everything as JSON on standard output`;

export type Arguments = ReturnType<typeof readArguments>;

/** Reads the arguments, or says in one sentence what is wrong with them. */
export function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '5' },
      connections: { type: 'string', default: '50' },
      questions: { type: 'string' },
      gateways: { type: 'string' },
      growth: { type: 'boolean', default: false },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: readCount('rounds', values.rounds),
    seconds: readCount('seconds', values.seconds),
    warmUpSeconds: readCount('warm-up', values['warm-up']),
    connections: readCount('connections', values.connections),
    questions: choose('questions', questions, values.questions),
    gateways: choose(
      'gateways',
      gateways,
      values.gateways ?? (values.profile === undefined ? undefined : 'ours'),
    ),
    growth: values.growth,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
    json: values.json,
    help: values.help,
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--${name} must be a whole number, 1 or more`);
  }
  return count;
}

/** In the order they are listed here, whatever the order they were named in. */
function choose<Named extends { readonly name: string }>(
  option: string,
  all: readonly Named[],
  text: string | undefined,
): readonly Named[] {
  if (text === undefined) return all;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `--${option} has no ${unknown.join(', ')}; it has ${all.map(({ name }) => name).join(', ')}`,
    );
  }
  return all.filter(({ name }) => names.includes(name));
}
