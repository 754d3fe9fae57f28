import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { partnerEntry } from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface SuspendOptions extends RegistryCommandOptions {
  readonly reason: string;
}

/** `tavolo partner suspend` and `tavolo partner resume`: a partner is not asked any more, and asked again. */
export function addPartnerSuspend(
  partner: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  const stop = async (
    id: string,
    verb: 'suspend' | 'resume',
    body: object,
    options: RegistryCommandOptions,
  ): Promise<void> => {
    if (!/^[a-z\d-]{2,64}$/u.test(id))
      throw new UsageError('no partner is called that: tavolo partner list');
    const registry = await openRegistry(options, null, surroundings);
    const entry = await registry.ask(
      {
        method: 'POST',
        path: `/partners/${id}/${verb}`,
        body,
        needs: `hub-operator, or privacy-officer of ${id}`,
      },
      partnerEntry,
    );
    show(entry, options.json === true, surroundings, ({ suspensions }) =>
      suspensions.length === 0
        ? `${id} answers again.\n`
        : `${id} is not asked: ${suspensions.map(({ side, reason }) => `suspended by ${side}: ${reason}`).join('; ')}\n`,
    );
    ended(0);
  };
  withRegistryOptions(
    partner
      .command('suspend')
      .argument('<name>', 'of the partner')
      .description('Stops a partner at every gateway: its fields are null until it is resumed.')
      .requiredOption('--reason <text>', 'for whoever is refused by it; about nobody'),
  ).action(async (id: string, options: SuspendOptions) =>
    stop(id, 'suspend', { reason: options.reason }, options),
  );
  withRegistryOptions(
    partner
      .command('resume')
      .argument('<name>', 'of the partner')
      .description('Takes the own suspension back; only the side that suspended can.'),
  ).action(async (id: string, options: RegistryCommandOptions) => stop(id, 'resume', {}, options));
}
