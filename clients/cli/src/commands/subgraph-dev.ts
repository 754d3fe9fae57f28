import { roles, sensitiveCategories } from '@tavolo/access-model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import type { DevOptions } from '../dev/dev-options.ts';
import { withRegistryOptions } from './registry-options.ts';

const loadHint = `
My subgraph is asked where it runs (--url), signed with a key that is made here for this folder; every other one is
invented from its schema in the registry, or asked where it is (--live --context-key FILE, of a test environment).
What was read of the registry is kept in .tavolo-dev/, so that it works without a network too. Nothing of this is
protected: do not put real people's data behind it.`;

/** `tavolo subgraph dev`: my subgraph running here, the rest from the registry, recomposed at every save. */
export function addSubgraphDev(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('dev')
      .argument('[name]', 'of the subgraph; else the one of tavolo.json')
      .description('The whole graph on this machine: my subgraph as it runs, the others invented.'),
  )
    .option('--schema <paths...>', 'files or folders of SDL; else those of tavolo.json')
    .option('--url <url>', 'where my subgraph runs; else that of tavolo.json if it is local')
    .option('--port <number>', 'where the graph answers; 0 = any free port', readPort, 4400)
    .option('--samples <file>', 'keys that my data know: {"Person": [{"…Key": "…"}]}')
    .option('--seed <text>', 'another seed invents other data', 'tavolo')
    .option('--list-length <number>', 'how long invented lists are', readListLength, 3)
    .option('--live', 'asks the other subgraphs where they are; takes --context-key')
    .option('--context-key <file>', 'the private key (JWK) that the operator of a test hub gave')
    .option('--dev-key <file>', 'the private key (JWK) my subgraph knows; else one is made')
    .addOption(
      new Option('--role <roles...>', 'whom my subgraph is told that asks')
        .choices(roles)
        .default(['case-worker']),
    )
    .option('--purpose <id>', 'what for', 'development')
    .option('--district <districts...>', 'whose rows may be seen; all unless said')
    .addOption(
      new Option(
        '--category <categories...>',
        'special categories that are granted; all unless said',
      ).choices(sensitiveCategories),
    )
    .option('--explorer <folder>', 'the built explorer; else the one beside this program')
    .option('--open', 'opens the explorer in a browser')
    .option('--once', 'composes, says what came of it, and ends: for CI')
    .option('--lang <language>', 'findings in en or it; else the language of the system')
    .addHelpText('after', loadHint)
    .action(async (name: string | undefined, options: DevOptions) => {
      // Composer and gateway are large: only who asks for them loads them.
      const { runDev } = await import('../dev/run-dev.ts');
      ended(await runDev(name, options, surroundings));
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('a port, 0 to 65535.');
}

function readListLength(text: string): number {
  const length = Number(text);
  if (/^\d{1,3}$/u.test(text) && length <= 100) return length;
  throw new InvalidArgumentError('a whole number, at most 100.');
}
