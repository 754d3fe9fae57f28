import { subgraphView } from '@tavolo/registry-api';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface DeprecateOptions extends RegistryCommandOptions {
  readonly until?: string;
  readonly reason: string;
  readonly undo?: true;
}

/** `tavolo subgraph deprecate`: says that a subgraph will go, and how long it stays. */
export function addSubgraphDeprecate(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('deprecate')
      .argument('[name]', 'of the subgraph; else the one of tavolo.json')
      .description('Says that a subgraph will go; it is served until then at the least.')
      .option('--until <date>', 'YYYY-MM-DD, or with a time: 2027-06-30T12:00:00Z')
      .option('--undo', 'takes the deprecation back')
      .requiredOption('--reason <text>', 'why, for the other institutions; about nobody'),
  ).action(async (named: string | undefined, options: DeprecateOptions) => {
    if ((options.until === undefined) === (options.undo === undefined)) {
      throw new UsageError('--until DATE deprecates, --undo takes it back: one of them');
    }
    const until = options.until === undefined ? null : readUntil(options.until);
    const { name, project } = await readTarget(named, surroundings);
    const registry = await openRegistry(options, project, surroundings);
    const entry = await registry.ask(
      {
        method: 'POST',
        path: `/subgraphs/${name}/deprecate`,
        body: { until, reason: options.reason },
        needs: `partner-it of the institution that owns ${name}, or hub-operator`,
      },
      subgraphView,
    );
    show(entry, options.json === true, surroundings, ({ deprecatedUntil }) =>
      deprecatedUntil === null
        ? `${name} is not deprecated any more.\n`
        : `Deprecated ${name}; it is served until ${deprecatedUntil} at the least.\n`,
    );
    ended(0);
  });
}

/** The end of a day where no time is said: until a day includes it. */
function readUntil(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const time = Date.parse(isDay ? `${text}T23:59:59Z` : text);
  // Date.parse takes 30 February for a day in March.
  const isReal = !Number.isNaN(time) && (!isDay || new Date(time).toISOString().startsWith(text));
  if (isReal && (isDay || /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/u.test(text))) {
    return new Date(time).toISOString();
  }
  throw new UsageError('--until: a day, YYYY-MM-DD, or a time with its zone, 2027-06-30T12:00:00Z');
}
