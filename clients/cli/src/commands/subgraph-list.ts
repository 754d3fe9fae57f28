import { type SubgraphView, subgraphList } from '@tavolo/registry-api';
import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readProject } from '../project/read-project.ts';
import { folderOf } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show, table } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

/** `tavolo subgraph list`: which there are, whose, and where they stand. */
export function addSubgraphList(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph.command('list').description('The subgraphs of the hub: whose, in which version.'),
  ).action(async (options: RegistryCommandOptions) => {
    const project = await readProject(folderOf(surroundings));
    const registry = await openRegistry(options, project, surroundings);
    const list = await registry.ask(
      { path: '/subgraphs', needs: 'partner-it, privacy-officer or hub-operator' },
      subgraphList,
    );
    show(list, options.json === true, surroundings, ({ items }) =>
      table([['NAME', 'VERSION', 'STATE', 'OWNER', 'PUBLISHED', 'ADDRESS'], ...items.map(rowOf)]),
    );
    ended(0);
  });
}

function rowOf({ name, version, state, owner, publishedAt, url }: SubgraphView): string[] {
  return [name, String(version ?? '–'), state, owner, publishedAt ?? '–', url ?? '–'];
}
