import { readFile } from 'node:fs/promises';
import { EnrolmentRefusedError, enrolOnce } from '@tavolo/linkage';
import type { Command } from 'commander';
import { CommandFailure, codeOf, NotReached, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readKeyMark, readRecords } from '../encoding/read-records.ts';
import { renderReport } from './render-report.ts';

interface EnrolOptions {
  readonly index: string;
  readonly tokenFile: string;
  readonly removeMany?: true;
  readonly json?: true;
}

/** Fewer records than these may always go. */
const fewRecords = 20;
const timeoutMs = 30_000;

/** `tavolo link enrol`: makes the person index equal to a file of encoded records. */
export function addLinkEnrol(
  link: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  link
    .command('enrol')
    .argument('<encoded>', 'everybody you know, as tavolo link encode wrote it')
    .description(
      'Enrols your encoded records in the person index: sends what changed, removes what is no longer in the file.',
    )
    .option('--index <url>', 'where the person index listens', 'http://127.0.0.1:4105')
    .requiredOption(
      '--token-file <file>',
      'the token of your institution, as the operator gave it (tavolo partner add)',
    )
    .option('--remove-many', 'also when more than half of your records would go')
    .option('--json', 'one JSON object on standard output')
    .action(async (path: string, options: EnrolOptions) => {
      ended(await linkEnrol(path, options, surroundings));
    });
}

async function linkEnrol(
  path: string,
  options: EnrolOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const token = await readFile(options.tokenFile, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read --token-file ${options.tokenFile} (${codeOf(error)})`);
  });
  if (!isSafe(options.index)) {
    throw new UsageError('--index must be an https address, or an http one of this machine');
  }
  const stop = new AbortController();
  const outcome = await enrolOnce({
    indexUrl: options.index,
    token: token.trim(),
    keyMark: await readKeyMark(path),
    timeoutMs,
    signal: stop.signal,
    records: (subject) => readRecords(path, subject),
    mayRemove: (held, gone) =>
      options.removeMany === true || gone <= Math.max(fewRecords, held / 2),
  }).catch((error: unknown) => {
    throw failureOf(error);
  });
  if (outcome.kind === 'refused') {
    throw new CommandFailure(
      `the index holds ${outcome.held} records of yours and ${outcome.gone} of them are not in this file: nothing was sent. If the file is whole, say --remove-many`,
    );
  }
  const { people, households } = outcome;
  const report = { people, households };
  surroundings.print(options.json ? `${JSON.stringify(report)}\n` : renderReport(report));
  return 0;
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

function failureOf(error: unknown): Error {
  if (error instanceof CommandFailure || error instanceof UsageError) return error;
  if (error instanceof EnrolmentRefusedError) {
    const advice =
      error.status === 401
        ? 'the token is not one of its institutions: ask the operator (tavolo partner add)'
        : 'compare the linkage key with the other institutions, and write the file anew';
    return new CommandFailure(`${error.message}; ${advice}`);
  }
  return new NotReached(
    `the person index was not reached (${codeOf(error)}): look at --index, and try again`,
  );
}
