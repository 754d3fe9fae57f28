import { resolve } from 'node:path';
import { createRecordEncoder } from '@tavolo/linkage';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { encodePeople } from '../encoding/encode-people.ts';
import { readKeys } from '../encoding/read-keys.ts';
import { createRecordFile } from '../encoding/write-records.ts';
import { createReadingReport, readPeople } from '../person/read-people.ts';
import { createProgress } from '../progress.ts';
import { addPeopleOptions, type PeopleOptions, peopleInput } from './people-options.ts';
import { renderReport } from './render-report.ts';

/** `tavolo link encode`: people in clear to a file of records that may leave the institution. */
export function addLinkEncode(
  link: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  addPeopleOptions(
    link
      .command('encode')
      .argument('<input>', 'people in clear, CSV or NDJSON')
      .description('Encodes people into records that may leave the institution.')
      .requiredOption('--out <file>', 'where the records go; appears whole or not at all'),
  ).action(async (path: string, options: PeopleOptions & { readonly out: string }) => {
    ended(await linkEncode(path, options, surroundings));
  });
}

async function linkEncode(
  path: string,
  options: PeopleOptions & { readonly out: string },
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  if (resolve(path) === resolve(options.out)) {
    throw new UsageError('--out must be another file than the input');
  }
  const input = await peopleInput(path, options);
  const { linkageKey, sectorKeySecret } = await readKeys(surroundings.env, options.keyFile);
  const encoder = createRecordEncoder(linkageKey);
  const reading = createReadingReport();
  const progress = createProgress(surroundings);
  const file = await createRecordFile(options.out, encoder.keyMark);
  try {
    const people = readPeople(input, reading, progress);
    const keys = { encoder, sectorKeySecret };
    const outcome = await encodePeople(people, keys, reading, (record) => file.write(record));
    await file.commit();
    progress.done();
    const report = { key: encoder.keyMark, ...outcome, ...reading };
    surroundings.print(options.json ? `${JSON.stringify(report)}\n` : renderReport(report));
    return reading.refused.total() + outcome.refusedHouseholds === 0 ? 0 : 1;
  } finally {
    await file.abandon();
  }
}
