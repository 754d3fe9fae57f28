import { checkReport } from '@tavolo/registry-api';
import { type Command, Option } from 'commander';
import { githubAnnotations } from '../checks/github-annotations.ts';
import { renderCheck, verdictOf } from '../checks/render-check.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readSubmission, type SubmissionOptions } from '../project/read-submission.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readLanguage } from '../terminal/language.ts';
import { createPaint, plain } from '../terminal/paint.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface CheckOptions extends RegistryCommandOptions, SubmissionOptions {
  readonly lang?: string;
  readonly format: 'text' | 'json' | 'github';
}

/** `tavolo subgraph check`: what publishing would do; changes nothing. */
export function addSubgraphCheck(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    withSubmissionOptions(
      subgraph
        .command('check')
        .argument('[name]', 'of the subgraph; else the one of tavolo.json')
        .description(
          'Says whether a schema could be published and whose questions it would break; changes nothing.',
        ),
    )
      .addOption(
        new Option('--format <format>', 'for people, programs, or GitHub’s pull requests')
          .choices(['text', 'json', 'github'])
          .default('text'),
      )
      .option('--lang <language>', 'en or it; else that of the system'),
  ).action(async (name: string | undefined, options: CheckOptions) => {
    ended(await check(name, options, surroundings));
  });
}

/** The options of a schema that is sent. */
export function withSubmissionOptions(command: Command): Command {
  return command
    .option('--schema <paths...>', 'files or folders of SDL; else those of tavolo.json')
    .option('--from <url>', 'takes the SDL from an address that answers it as text/plain')
    .option('--from-token-file <file>', 'a token for that address, in a file of mode 600')
    .option('--url <url>', 'where the subgraph listens; else as in tavolo.json, or as it was');
}

async function check(
  named: string | undefined,
  options: CheckOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const language = readLanguage(options.lang, surroundings.env);
  const isJson = options.json === true || options.format === 'json';
  const target = await readTarget(named, surroundings);
  const submission = await readSubmission(target, options);
  const registry = await openRegistry(options, target.project, surroundings);
  const report = await withSpinner(surroundings, isJson, `checking ${target.name}`, () =>
    registry.ask(
      {
        method: 'POST',
        path: '/checks',
        body: { subgraphs: [submission] },
        needs: `partner-it of the institution that owns ${target.name}, or hub-operator`,
      },
      checkReport,
    ),
  );
  show(report, isJson, surroundings, (shown) =>
    options.format === 'github'
      ? `${githubAnnotations(shown.findings, language)}${verdictOf(shown, language, plain)}`
      : renderCheck(shown, language, createPaint(surroundings)),
  );
  return report.verdict === 'PASSED' ? 0 : 1;
}
