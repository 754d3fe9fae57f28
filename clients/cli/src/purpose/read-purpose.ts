import { CommandFailure, UsageError } from '../cli-error.ts';
import { type PurposeEntry, purposeEntry } from '../registry/entries.ts';
import type { Found, Registry } from '../registry/open-registry.ts';

/** One purpose with its ETag; what is not there, or not to be seen by who asks, is said as such. */
export async function readPurpose(registry: Registry, id: string): Promise<Found<PurposeEntry>> {
  if (!/^[a-z\d-]{2,64}$/u.test(id))
    throw new UsageError('no purpose is called that: tavolo purpose list');
  const found = await registry.find(
    { path: `/purposes/${id}`, needs: 'privacy-officer or hub-operator' },
    purposeEntry,
  );
  if (found === null) {
    throw new CommandFailure(
      `there is no purpose ${id}, or it is not yours to see: tavolo purpose list names those that are`,
    );
  }
  return found;
}

/** The owners whose privacy officers have not approved the pending version. */
export function awaitedOwners({ pending }: PurposeEntry): readonly string[] {
  if (pending?.status !== 'SUBMITTED') return [];
  return pending.owners.filter((owner) => !Object.hasOwn(pending.grants, owner));
}

/** What has to be done for it to be in force. */
export function sayAwaited(entry: PurposeEntry): string {
  const awaited = awaitedOwners(entry);
  const { id, pending } = entry;
  if (pending === null) return `Version ${entry.inForce?.version ?? '–'} of ${id} is in force.\n`;
  if (pending.status !== 'SUBMITTED') {
    const why =
      pending.rejection === null ? '' : ` by ${pending.rejection.by}: ${pending.rejection.reason}`;
    return `Version ${pending.version} of ${id} is ${pending.status}${why}.\n`;
  }
  const categories = pending.content.categories.length === 0 ? '' : ' --categories all';
  return [
    `Version ${pending.version} of ${id} is submitted. It waits for a privacy officer of each:`,
    ...awaited.map((owner) => `  ${owner}: tavolo purpose approve ${id}${categories}`),
    ...(categories === ''
      ? []
      : ['In place of "all": "none", or those of the categories that it may read.']),
    ...(entry.inForce === null ? [] : [`Until then version ${entry.inForce.version} is in force.`]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
