import { type Command, Option } from 'commander';
import { UsageError } from '../cli-error.ts';
import { readColumnNames } from '../input/columns.ts';
import type { CsvEncoding } from '../input/csv-rows.ts';
import { issuerSchema } from '../person/cell-values.ts';
import type { PeopleInput } from '../person/read-people.ts';

export interface PeopleOptions {
  readonly columns?: string;
  readonly issuer?: string;
  readonly delimiter: string;
  readonly encoding: CsvEncoding;
  readonly keyFile?: string;
  readonly json?: true;
}

/** The options of every command that reads people. */
export function addPeopleOptions(command: Command): Command {
  return command
    .option('--columns <file>', 'JSON file: our name of a column to the name it has in the input')
    .option('--issuer <institution>', 'who gave household codes that do not say it themselves')
    .option('--delimiter <character>', 'between the cells of a CSV; "tab" for a tab', ',')
    .addOption(
      new Option('--encoding <name>', 'of a CSV').choices(['utf8', 'latin1']).default('utf8'),
    )
    .option('--key-file <file>', 'the linkage key, as id:hexadecimal; a file of mode 600')
    .option('--json', 'print the report as one JSON object');
}

/** What is to be read and how; throws `UsageError` before any file of people is opened. */
export async function peopleInput(path: string, options: PeopleOptions): Promise<PeopleInput> {
  const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new UsageError('--delimiter must be one character, or "tab"');
  }
  if (options.issuer !== undefined && !issuerSchema.safeParse(options.issuer).success) {
    throw new UsageError('--issuer must be an institution, as social-services');
  }
  const names = await readColumnNames(options.columns);
  const localIdName = names.get('local_id') ?? 'local_id';
  return {
    path,
    form: { delimiter, encoding: options.encoding, localIdName },
    reading: { names, issuer: options.issuer },
  };
}
