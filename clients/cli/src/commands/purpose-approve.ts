import type { Command } from 'commander';
import { CommandFailure, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readPurpose, sayAwaited } from '../purpose/read-purpose.ts';
import { purposeEntry } from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { readCategories } from './purpose-add-fields.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface ApproveOptions extends RegistryCommandOptions {
  readonly categories?: readonly string[];
}

/** `tavolo purpose approve`: an owner lets a purpose read its data. */
export function addPurposeApprove(
  purpose: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    purpose
      .command('approve')
      .argument('<id>', 'of the purpose')
      .description(
        'Approves the version that waits, for the institution one is privacy officer of.',
      )
      .option('--categories <names...>', 'what it may read of the declared ones; all, or none'),
  ).action(async (id: string, options: ApproveOptions) => {
    const registry = await openRegistry(options, null, surroundings);
    const { pending } = (await readPurpose(registry, id)).entry;
    if (pending?.status !== 'SUBMITTED') {
      throw new CommandFailure(
        `${id} has no version that waits for approval: tavolo purpose show ${id}`,
      );
    }
    const categories = granted(options.categories, pending.content.categories);
    const entry = await registry.ask(
      {
        method: 'POST',
        path: `/purposes/${id}/approve`,
        body: { version: pending.version, categories },
        needs: `privacy-officer of one of ${pending.owners.join(', ')}`,
      },
      purposeEntry,
    );
    show(entry, options.json === true, surroundings, sayAwaited);
    ended(0);
  });
}

/** What may be read of special categories is never decided by leaving something out. */
function granted(
  named: readonly string[] | undefined,
  declared: readonly string[],
): readonly string[] {
  if (named === undefined) {
    if (declared.length === 0) return [];
    throw new UsageError(
      `it declares ${declared.join(', ')}: say which it may read: --categories all, --categories none, or --categories and their names`,
    );
  }
  if (named.length === 1 && named[0] === 'all') return declared;
  if (named.length === 1 && named[0] === 'none') return [];
  return readCategories(named);
}
