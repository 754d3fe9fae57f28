import { createRecordEncoder } from '@tavolo/linkage';
import type { Command } from 'commander';
import { checkPeople } from '../check/check-people.ts';
import { createLinkableSide, type LinkableSide } from '../check/linkable-side.ts';
import { matchDryRun } from '../check/match-dry-run.ts';
import { readEncoded } from '../check/read-encoded.ts';
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
  const { against } = options;
  // Another key is said before anybody waits for the reading.
  const encoded = against === undefined ? null : await readEncodedWith(keys, against, progress);
  const ours = against === undefined ? null : createLinkableSide('ours');
  progress.begin('reading and encoding');
  const checked = await checkPeople(input, keys, progress, ours);
  const comparison =
    ours === null || against === undefined
      ? null
      : encoded === null
        ? await compareWithClear(ours, { ...input, path: against }, keys, progress)
        : { people: encoded.people.length, ...matchDryRun(ours, encoded, progress) };
  progress.done();
  const report = { ...checked.report, against: comparison };
  surroundings.print(options.json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return checked.isWhole ? 0 : 1;
}

function readEncodedWith(
  { linkageKey, isKeyGiven }: DryRunKeys,
  path: string,
  progress: Progress,
): Promise<LinkableSide | null> {
  return readEncoded(path, isKeyGiven ? createRecordEncoder(linkageKey).keyMark : null, progress);
}

async function compareWithClear(
  ours: LinkableSide,
  input: PeopleInput,
  keys: DryRunKeys,
  progress: Progress,
): Promise<object> {
  const theirs = createLinkableSide('theirs');
  progress.begin('reading and encoding the other file');
  const { report } = await checkPeople(input, keys, progress, theirs);
  return {
    people: theirs.people.length,
    refused: report.refused,
    ...matchDryRun(ours, theirs, progress),
  };
}
