import {
  checkReport,
  type SubgraphVersionText,
  subgraphVersionText,
  subgraphView,
} from '@tavolo/registry-api';
import type { Command } from 'commander';
import { lineDiff } from '../checks/line-diff.ts';
import { renderChanges } from '../checks/render-changes.ts';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readSubmission, type SubmissionOptions } from '../project/read-submission.ts';
import { readTarget, type Target } from '../project/read-target.ts';
import { openRegistry, type Registry } from '../registry/open-registry.ts';
import { createPaint } from '../terminal/paint.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';
import { readVersion } from './subgraph-rollback.ts';

interface DiffOptions extends RegistryCommandOptions {
  readonly from?: number;
  readonly to?: number;
  readonly schema?: readonly string[];
}

type File = SubgraphVersionText['files'][number];

const needs = 'partner-it, privacy-officer or hub-operator';

/** `tavolo subgraph diff`: what differs between two versions, or between one and the files here. */
export function addSubgraphDiff(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('diff')
      .argument('[name]', 'of the subgraph; else the one of tavolo.json')
      .description(
        'Line by line, from the version in the graph to the files here, and whom the changes concern.',
      )
      .option('--from <version>', 'else the one in the graph', readVersion)
      .option('--to <version>', 'a version instead of the files here', readVersion)
      .option('--schema <paths...>', 'files or folders of SDL; else those of tavolo.json'),
  ).action(async (named: string | undefined, options: DiffOptions) => {
    if (options.to !== undefined && options.schema !== undefined) {
      throw new UsageError('--to or --schema: the other side is one of them');
    }
    const target = await readTarget(named, surroundings);
    const sent = options.to === undefined ? await readSubmission(target, schemaOf(options)) : null;
    const registry = await openRegistry(options, target.project, surroundings);
    const isJson = options.json === true;
    const report = await withSpinner(surroundings, isJson, `comparing ${target.name}`, async () => {
      const from = options.from ?? (await versionInGraph(target, registry));
      const before = await filesOf(target, from, registry);
      const after = sent?.files ?? (await filesOf(target, options.to ?? 1, registry));
      // The registry knows what changes only against the graph in force.
      const checked =
        sent === null
          ? null
          : await registry.ask(
              { method: 'POST', path: '/checks', body: { subgraphs: [sent] }, needs },
              checkReport,
            );
      return {
        subgraph: target.name,
        from,
        to: options.to ?? null,
        diff: await lineDiff(before, after),
        changes: checked?.changes ?? [],
        moreChanges: checked?.moreChanges ?? 0,
      };
    });
    const paint = createPaint(surroundings);
    show(report, isJson, surroundings, ({ diff, ...changes }) => {
      if (diff === '') return 'No line differs.\n';
      const painted = diff.replaceAll(/^[-+].*$/gmu, (line) =>
        paint(line.startsWith('+') ? 'green' : 'red', line),
      );
      return changes.changes.length === 0
        ? painted
        : `${painted}\n${renderChanges(changes, paint)}`;
    });
    ended(0);
  });
}

const schemaOf = ({ schema }: DiffOptions): SubmissionOptions =>
  schema === undefined ? {} : { schema };

async function versionInGraph({ name }: Target, registry: Registry): Promise<number | null> {
  const found = await registry.find({ path: `/subgraphs/${name}`, needs }, subgraphView);
  return found?.entry.version ?? null;
}

/** None = a subgraph that the graph does not have yet: every line of it is new. */
async function filesOf(
  { name }: Target,
  version: number | null,
  registry: Registry,
): Promise<readonly File[]> {
  if (version === null) return [];
  const path = `/subgraphs/${name}/versions/${version}`;
  return (await registry.ask({ path, needs }, subgraphVersionText)).files;
}
