import { fieldCoordinate, sensitiveCategory } from '@tavolo/access-model';
import type { Command } from 'commander';
import { CommandFailure, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readPurpose, sayAwaited } from '../purpose/read-purpose.ts';
import { type PurposeEntry, purposeEntry } from '../registry/entries.ts';
import { openRegistry, type Registry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface AddFieldsOptions extends RegistryCommandOptions {
  readonly categories?: readonly string[];
}

/** `tavolo purpose add-fields`: a new version of a purpose that reads more, submitted to the owners. */
export function addPurposeAddFields(
  purpose: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    purpose
      .command('add-fields')
      .argument('<id>', 'of the purpose')
      .argument('<coordinates...>', 'fields of the graph: Person.enrolments Enrolment.course')
      .description(
        'Adds fields to a purpose and asks every owner for approval; what is in force stays until then.',
      )
      .option('--categories <names...>', 'special categories that the fields tell: HEALTH …'),
  ).action(async (id: string, coordinates: readonly string[], options: AddFieldsOptions) => {
    for (const each of coordinates) {
      if (!fieldCoordinate.safeParse(each).success) {
        throw new UsageError(`${each} is no coordinate, which is a type and a field: Person.stays`);
      }
    }
    const categories = readCategories(options.categories ?? []);
    const registry = await openRegistry(options, null, surroundings);
    const isJson = options.json === true;
    const entry = await withSpinner(surroundings, isJson, `adding to ${id}`, () =>
      addFields(registry, id, coordinates, categories),
    );
    show(entry, isJson, surroundings, sayAwaited);
    ended(0);
  });
}

async function addFields(
  registry: Registry,
  id: string,
  coordinates: readonly string[],
  categories: readonly string[],
): Promise<PurposeEntry> {
  const { entry, etag } = await readPurpose(registry, id);
  const content = (entry.pending ?? entry.inForce)?.content;
  if (content === undefined)
    throw new CommandFailure(`${id} is ${entry.status}; it takes no fields`);
  const needs = `privacy-officer of ${entry.consumerId}`;
  const wanted = {
    ...content,
    coordinates: [...new Set([...content.coordinates, ...coordinates])],
    categories: [...new Set([...content.categories, ...categories])],
  };
  const isThere =
    wanted.coordinates.length === content.coordinates.length &&
    wanted.categories.length === content.categories.length;
  const drafted = isThere
    ? entry
    : await registry.ask(
        {
          method: 'PUT',
          path: `/purposes/${id}`,
          body: wanted,
          needs,
          ...(etag === null ? {} : { ifMatch: etag }),
        },
        purposeEntry,
      );
  if (drafted.pending?.status !== 'DRAFT') return drafted;
  const body = { version: drafted.pending.version };
  return registry.ask(
    { method: 'POST', path: `/purposes/${id}/submit`, body, needs },
    purposeEntry,
  );
}

/** Special categories by their names. */
export function readCategories(names: readonly string[]): readonly string[] {
  const known: readonly string[] = sensitiveCategory.options;
  if (names.every((name) => known.includes(name))) return names;
  throw new UsageError(`--categories: ${known.join(', ')}`);
}
