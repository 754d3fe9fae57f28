import { fieldCoordinate } from '@tavolo/access-model';
import { coordinateUsage } from '@tavolo/registry-api';
import type { Command } from 'commander';
import { renderUse } from '../checks/render-changes.ts';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readProject } from '../project/read-project.ts';
import { folderOf } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

/** `tavolo subgraph usage`: who asks for a field, and how often. */
export function addSubgraphUsage(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('usage')
      .argument('<coordinate>', 'a field of the graph, such as Person.stays')
      .description('Who asked for a field in the days that the registry remembers.'),
  ).action(async (coordinate: string, options: RegistryCommandOptions) => {
    if (!fieldCoordinate.safeParse(coordinate).success) {
      throw new UsageError('a coordinate is a type and a field: Person.stays');
    }
    const project = await readProject(folderOf(surroundings));
    const registry = await openRegistry(options, project, surroundings);
    const usage = await registry.ask(
      {
        path: `/usage?coordinate=${encodeURIComponent(coordinate)}`,
        needs: 'partner-it, privacy-officer or hub-operator',
      },
      coordinateUsage,
    );
    show(usage, options.json === true, surroundings, ({ usedBy }) =>
      usedBy.length === 0
        ? `Nobody asked for ${coordinate} in the days that are remembered.\n`
        : usedBy.map((use) => `${renderUse(use)}\n`).join(''),
    );
    ended(0);
  });
}
