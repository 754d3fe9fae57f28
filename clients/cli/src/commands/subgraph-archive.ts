import type { Command } from 'commander';
import { publish } from '../checks/publish.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readLanguage } from '../terminal/language.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface ArchiveOptions extends RegistryCommandOptions {
  readonly reason: string;
  readonly acceptBreaking?: true;
  readonly lang?: string;
}

/** `tavolo subgraph archive`: takes a subgraph out of the graph. */
export function addSubgraphArchive(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('archive')
      // Named in full always: the folder one happens to be in is no decision to leave the table.
      .argument('<name>', 'of the subgraph')
      .description('Takes a subgraph out of the graph; its versions stay readable.')
      .requiredOption('--reason <text>', 'why, for the other institutions; about nobody')
      .option('--accept-breaking', 'does it although questions that were asked would fail')
      .option('--lang <language>', 'of what the checks find: en or it'),
  ).action(async (named: string, options: ArchiveOptions) => {
    const language = readLanguage(options.lang, surroundings.env);
    const { name, project } = await readTarget(named, surroundings);
    const registry = await openRegistry(options, project, surroundings);
    const request = {
      method: 'POST',
      path: `/subgraphs/${name}/archive`,
      body: { reason: options.reason, acceptBreaking: options.acceptBreaking === true },
      needs: `partner-it of the institution that owns ${name}, or hub-operator`,
    } as const;
    const form = { isJson: options.json === true, language, busyWith: `archiving ${name}` };
    ended(
      await publish(registry, request, form, surroundings, ({ sequence }) =>
        sequence === null
          ? `Nothing changed: ${name} is not in the graph.\n`
          : `Archived ${name}. The graph is release ${sequence}.\n`,
      ),
    );
  });
}
