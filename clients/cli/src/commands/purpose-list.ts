import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { purposePage } from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readAll } from '../registry/read-all.ts';
import { show, table } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

/** `tavolo purpose list`: what is asked for, by whom, and for whose approval it waits. */
export function addPurposeList(
  purpose: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    purpose.command('list').description('Purposes: all, or those of one’s own organisation.'),
  ).action(async (options: RegistryCommandOptions) => {
    const registry = await openRegistry(options, null, surroundings);
    const purposes = await readAll(registry, '/purposes', 'privacy-officer', purposePage);
    show(purposes, options.json === true, surroundings, (all) =>
      table([
        ['PURPOSE', 'ASKED BY', 'STATUS', 'IN FORCE', 'WAITS FOR', 'TITLE'],
        ...all.map((each) => [
          each.id,
          each.consumerId,
          each.suspensions.length > 0 ? `${each.status}, suspended` : each.status,
          each.inForceVersion === null ? '–' : `version ${each.inForceVersion}`,
          each.awaiting.join(' ') || '–',
          each.title,
        ]),
      ]),
    );
    ended(0);
  });
}
