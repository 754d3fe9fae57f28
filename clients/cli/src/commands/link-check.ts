import type { Command } from 'commander';
import { checkPeople } from '../check/check-people.ts';
import { readEncodedPeople } from '../check/read-encoded.ts';
import { scoreDryRun } from '../check/score-dry-run.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { type DryRunKeys, readOrDrawKeys } from '../encoding/read-keys.ts';
import type { PeopleInput } from '../person/read-people.ts';
import { createProgress, type Progress } from '../progress.ts';
import { addPeopleOptions, type PeopleOptions, peopleInput } from './people-options.ts';
import { renderReport } from './render-report.ts';

/** `tavolo link check`: what encoding a file would give, without keeping or sending anything. */
export function addLinkCheck(
  link: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  addPeopleOptions(
    link
      .command('check')
      .argument('<input>', 'people in clear, CSV or NDJSON')
      .description('Says how good a file of people is for linking; sends nothing, writes nothing.')
      .option('--against <file>', 'how many would match: a file of `link encode`, or a clear one'),
  ).action(async (path: string, options: CheckOptions) => {
    ended(await linkCheck(path, options, surroundings));
  });
}

type CheckOptions = PeopleOptions & { readonly against?: string };

async function linkCheck(
  path: string,
  options: CheckOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const input = await peopleInput(path, options);
  const keys = await readOrDrawKeys(surroundings.env, options.keyFile);
  const progress = createProgress(surroundings);
  const isKept = options.against !== undefined;
  const checked = await checkPeople(input, keys, progress, isKept);
  const against =
    options.against === undefined
      ? null
      : await compare(checked.records, { ...input, path: options.against }, keys, progress);
  progress.done();
  const report = { ...checked.report, against };
  surroundings.print(options.json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return checked.isWhole ? 0 : 1;
}

async function compare(
  ours: readonly string[],
  input: PeopleInput,
  keys: DryRunKeys,
  progress: Progress,
): Promise<object> {
  const encoded = /\.(ndjson|jsonl)$/i.test(input.path)
    ? await readEncodedPeople(input.path, keys.isKeyGiven ? keys.linkageKey.id : null)
    : null;
  if (encoded !== null) return { people: encoded.length, ...scoreDryRun(ours, encoded) };
  const { records, report } = await checkPeople(input, keys, progress, true);
  return { people: records.length, refused: report.refused, ...scoreDryRun(ours, records) };
}
