import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { type PartnerEntry, partnerPage } from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readAll } from '../registry/read-all.ts';
import { show, table } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

/** `tavolo partner list`: the institutions that answer. */
export function addPartnerList(
  partner: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    partner
      .command('list')
      .description('The institutions that answer; without the right, one’s own.'),
  ).action(async (options: RegistryCommandOptions) => {
    const registry = await openRegistry(options, null, surroundings);
    const partners = await readAll(registry, '/partners', 'hub-operator', partnerPage);
    show(partners, options.json === true, surroundings, (all) =>
      table([['PARTNER', 'NAME', 'SUBGRAPHS', 'CONTACT', 'STATE'], ...all.map(rowOf)]),
    );
    ended(0);
  });
}

function rowOf({ id, content, suspensions }: PartnerEntry): string[] {
  const { name, subgraphs, contactOffice } = content;
  const stopped = suspensions.map(({ side, reason }) => `suspended by ${side}: ${reason}`);
  return [id, name, subgraphs.join(' '), contactOffice.email, stopped.join('; ') || 'answers'];
}
