import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readPurpose, sayAwaited } from '../purpose/read-purpose.ts';
import type { PurposeEntry } from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show, table } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

/** `tavolo purpose show`: one purpose, with the fields it reads. */
export function addPurposeShow(
  purpose: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    purpose
      .command('show')
      .argument('<id>', 'of the purpose')
      .description('One purpose: what it reads, who let it, and whom it waits for.'),
  ).action(async (id: string, options: RegistryCommandOptions) => {
    const registry = await openRegistry(options, null, surroundings);
    const { entry } = await readPurpose(registry, id);
    show(entry, options.json === true, surroundings, renderPurpose);
    ended(0);
  });
}

function renderPurpose(entry: PurposeEntry): string {
  const shown = entry.pending ?? entry.inForce;
  const content = shown?.content;
  const suspended = entry.suspensions.map(({ side, reason }) => [
    'suspended',
    `by ${side}: ${reason}`,
  ]);
  return [
    table([
      ['purpose', `${entry.id}: ${content?.title ?? ''}`],
      ['asked by', entry.consumerId],
      ['status', entry.status],
      ['class', content?.class ?? ''],
      ['roles', content?.roles.join(', ') ?? ''],
      ['holds', `${content?.validFrom ?? ''} to ${content?.validUntil ?? ''}`],
      ['categories', content?.categories.join(', ') || 'none'],
      ...Object.entries(shown?.grants ?? {}).map(([owner, granted]) => [
        'approved by',
        `${owner}: ${granted.join(', ') || 'no special category'}`,
      ]),
      ...suspended,
    ]),
    `Reads ${content?.coordinates.length ?? 0} fields:\n${(content?.coordinates ?? []).map((each) => `  ${each}\n`).join('')}`,
    sayAwaited(entry),
  ].join('\n');
}
