import {
  type EvidenceBody,
  type EvidenceFilter,
  type OperationRecord,
  searchEvidence,
} from '@tavolo/evidence';
import type { Command } from 'commander';
import { askAccesses, type PersonAccesses } from '../audit/ask-accesses.ts';
import { expectFolder, inWords, readMoment } from '../audit/audit-folder.ts';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';

interface SearchCommandOptions {
  readonly from?: string;
  readonly to?: string;
  readonly organisation?: string;
  readonly purpose?: string;
  readonly user?: string;
  readonly coordinate?: string;
  readonly outcome?: string;
  readonly refusal?: string;
  readonly kind?: string;
  readonly request?: string[];
  readonly person?: string;
  readonly index?: string;
  readonly tokenFile?: string;
  readonly first: string;
  readonly after: string;
  readonly json?: true;
}

const kinds = ['operation', 'registry', 'anomaly', 'gap', 'retention', 'segment'] as const;

/** `tavolo audit search`: the records that fit everything that is given, oldest first, a page of them. */
export function addAuditSearch(
  audit: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  audit
    .command('search')
    .argument('<folder>', 'an evidence log, or an exported pack')
    .description('Finds records by who asked, what for, when, and what was read.')
    .option('--from <moment>', 'inclusive')
    .option('--to <moment>', 'exclusive')
    .option('--organisation <id>', 'of the consumer')
    .option('--purpose <id>')
    .option('--user <pseudonym>')
    .option('--coordinate <name>', 'a field (Person.name) or a type (Person)')
    .option('--outcome <outcome>', 'ANSWERED, PARTIAL, REFUSED or FAILED')
    .option('--refusal <code>', 'FORBIDDEN, PURPOSE_REFUSED, …')
    .option('--kind <kind>', kinds.join(', '))
    .option('--request <id...>', 'request ids')
    .option('--person <sector key>', 'a person, as your institution enrolled them')
    .option('--index <url>', 'the person index')
    .option('--token-file <file>', 'your institution’s token for the person index')
    .option('--first <count>', 'records on the page, up to 1000', '100')
    .option('--after <number>', 'records after this number', '0')
    .option('--json', 'a record a line on standard output')
    .action(async (folder: string, options: SearchCommandOptions) => {
      ended(await auditSearch(folder, options, surroundings));
    });
}

async function auditSearch(
  folder: string,
  options: SearchCommandOptions,
  { print, say }: CliSurroundings,
): Promise<ExitCode> {
  await expectFolder(folder);
  const [first, after] = [
    readCount('--first', options.first, 1, 1_000),
    readCount('--after', options.after, 0, Number.MAX_SAFE_INTEGER),
  ];
  const filter = readFilter(options);
  const person =
    options.person === undefined
      ? null
      : await askAccesses(options.person, options.index, options.tokenFile);
  const requestIds = requestIdsOf(options.request, person);
  const page = await inWords(
    searchEvidence(folder, { ...filter, ...(requestIds && { requestIds }) }, { first, after }),
  );
  for (const { seq, body } of page.records) {
    print(`${options.json ? JSON.stringify({ seq, ...body }) : inOneLine(seq, body)}\n`);
  }
  if (person !== null) sayPerson(person, say);
  const more = page.nextAfter === null ? '' : `; more with --after ${page.nextAfter}`;
  say(`${page.records.length} records${more}\n`);
  return 0;
}

function readFilter(options: SearchCommandOptions): EvidenceFilter {
  const [from, to] = [readMoment('--from', options.from), readMoment('--to', options.to)];
  const kind = kinds.find((name) => name === options.kind);
  if (options.kind !== undefined && kind === undefined) {
    throw new UsageError(`--kind must be one of ${kinds.join(', ')}`);
  }
  return {
    ...(from && { from }),
    ...(to && { to }),
    ...(kind && { kind }),
    ...(options.organisation !== undefined && { organisation: options.organisation }),
    ...(options.purpose !== undefined && { purposeId: options.purpose }),
    ...(options.user !== undefined && { user: options.user }),
    ...(options.coordinate !== undefined && { coordinate: options.coordinate }),
    ...(options.outcome !== undefined && { outcome: options.outcome }),
    ...(options.refusal !== undefined && { refusalCode: options.refusal }),
  };
}

/** Both must hold when both are given. */
function requestIdsOf(given: readonly string[] | undefined, person: PersonAccesses | null) {
  if (person === null) return given === undefined ? null : new Set(given);
  if (given === undefined) return person.requestIds;
  return new Set(given.filter((id) => person.requestIds.has(id)));
}

function sayPerson(
  { times, requestIds, incomplete }: PersonAccesses,
  say: (text: string) => void,
): void {
  say(
    `the index was asked about this person ${times} times, in ${requestIds.size} questions it can name\n`,
  );
  if (incomplete.length === 0) return;
  const shown = incomplete.slice(0, 10).map(({ day, purpose }) => `${day} ${purpose}`);
  say(
    `not every question is named on: ${shown.join(', ')}${incomplete.length > 10 ? ', …' : ''}; search these by day and purpose\n`,
  );
}

function inOneLine(seq: number, body: EvidenceBody): string {
  const shown = [
    'outcome',
    'httpStatus',
    'anomaly',
    'action',
    'subjectId',
    'reason',
    'organisation',
    'purposeId',
    'user',
    'operationName',
    'requestId',
    'persons',
    'rows',
  ];
  const values = new Map<string, unknown>(Object.entries(body));
  const parts = shown.flatMap((name) => {
    const value = values.get(name);
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
  });
  const refusal = body.kind === 'operation' && body.refusal !== null ? refusalOf(body.refusal) : [];
  return [seq, body.at, body.kind, ...parts, ...refusal].join(' ');
}

function readCount(option: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (/^\d+$/u.test(text) && count >= least && count <= most) return count;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}`);
}

function refusalOf({ code, reason, coordinate }: NonNullable<OperationRecord['refusal']>) {
  return [
    `refusal=${code}`,
    ...(reason === null ? [] : [`reason=${reason}`]),
    ...(coordinate === null ? [] : [`coordinate=${coordinate}`]),
  ];
}
