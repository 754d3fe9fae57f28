import { type Command, InvalidArgumentError } from 'commander';
import { publish } from '../checks/publish.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readLanguage } from '../terminal/language.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface RollbackOptions extends RegistryCommandOptions {
  readonly to: number;
  readonly reason: string;
  readonly acceptBreaking?: true;
  readonly lang?: string;
}

/** `tavolo subgraph rollback`: back to a version that was served before. */
export function addSubgraphRollback(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('rollback')
      .argument('[name]', 'of the subgraph; else the one of tavolo.json')
      .description('Puts an earlier version back into the graph; the evidence keeps who and why.')
      .requiredOption('--to <version>', 'which (tavolo subgraph show names them)', readVersion)
      .requiredOption('--reason <text>', 'why, for the other institutions; about nobody')
      .option('--accept-breaking', 'does it although questions that were asked would fail')
      .option('--lang <language>', 'of what the checks find: en or it'),
  ).action(async (named: string | undefined, options: RollbackOptions) => {
    const language = readLanguage(options.lang, surroundings.env);
    const { name, project } = await readTarget(named, surroundings);
    const registry = await openRegistry(options, project, surroundings);
    const request = {
      method: 'POST',
      path: `/subgraphs/${name}/rollback`,
      body: {
        version: options.to,
        reason: options.reason,
        acceptBreaking: options.acceptBreaking === true,
      },
      needs: `partner-it of the institution that owns ${name}, or hub-operator`,
    } as const;
    const form = { isJson: options.json === true, language, busyWith: `rolling back ${name}` };
    ended(
      await publish(registry, request, form, surroundings, ({ sequence, subgraphs }) => {
        const now = subgraphs.map((each) => `${each.name} version ${each.version}`).join(', ');
        return sequence === null
          ? `Nothing changed: the graph has ${name} as it was in version ${options.to}.\n`
          : `Rolled back ${name} to version ${options.to} (now ${now}). The graph is release ${sequence}.\n`;
      }),
    );
  });
}

/** A version of a schema, from 1. */
export function readVersion(text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('a version is a whole number from 1.');
}
