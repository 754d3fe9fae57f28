import type { PublicationResult } from '@tavolo/registry-api';
import type { Command } from 'commander';
import { publish } from '../checks/publish.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readSubmission, type SubmissionOptions } from '../project/read-submission.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readLanguage } from '../terminal/language.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';
import { withSubmissionOptions } from './subgraph-check.ts';

interface PublishOptions extends RegistryCommandOptions, SubmissionOptions {
  readonly lang?: string;
  readonly note?: string;
  readonly draft?: true;
  readonly acceptBreaking?: true;
}

/** `tavolo subgraph publish`: a new version of a schema, into the graph or as a draft. */
export function addSubgraphPublish(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    withSubmissionOptions(
      subgraph
        .command('publish')
        .argument('[name]', 'of the subgraph; else the one of tavolo.json')
        .description('Checks a schema and puts it into the graph, whole or not at all.'),
    )
      .option('--note <text>', 'what is new, for who reads the versions')
      .option('--draft', 'keeps it as a draft: checked, and not served')
      .option('--accept-breaking', 'publishes although questions that were asked would fail')
      .option('--lang <language>', 'of what the checks find: en or it'),
  ).action(async (name: string | undefined, options: PublishOptions) => {
    ended(await publishSubgraph(name, options, surroundings));
  });
}

async function publishSubgraph(
  named: string | undefined,
  options: PublishOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const language = readLanguage(options.lang, surroundings.env);
  const target = await readTarget(named, surroundings);
  const submission = await readSubmission(target, options);
  const registry = await openRegistry(options, target.project, surroundings);
  const request = {
    method: 'POST',
    path: '/publications',
    body: {
      subgraphs: [submission],
      note: options.note ?? '',
      draft: options.draft === true,
      acceptBreaking: options.acceptBreaking === true,
    },
    needs: `partner-it of the institution that owns ${target.name}, or hub-operator`,
  } as const;
  const form = {
    isJson: options.json === true,
    language,
    busyWith: `publishing ${target.name}`,
  };
  return publish(registry, request, form, surroundings, (result) =>
    renderResult(result, options.draft === true),
  );
}

function renderResult({ sequence, subgraphs }: PublicationResult, isDraft: boolean): string {
  const what = subgraphs.map(({ name, version }) => `${name} version ${version}`).join(', ');
  if (sequence !== null) return `Published ${what}. The graph is release ${sequence}.\n`;
  return isDraft
    ? `Kept ${what} as a draft: checked, and not served.\n`
    : `Nothing changed: ${what} is what the graph has.\n`;
}
