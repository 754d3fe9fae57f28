import type { Column, IdentifierColumn } from '../input/columns.ts';
import type { CsvForm } from '../input/csv-rows.ts';
import type { RowProblem } from '../input/input-row.ts';
import { openInput } from '../input/open-input.ts';
import type { Progress } from '../progress.ts';
import { type PersonReading, type ReadPerson, readPerson } from './read-person.ts';
import { createRowTallies, type RowTallies } from './row-tally.ts';

/** Why a row is no person of the outcome. */
export type Refusal =
  | RowProblem
  | 'no usable local_id'
  | 'same local_id as an earlier row'
  | 'breaks the form of the enrolment API';

/** What reading a file found, as counts and row numbers. */
export interface ReadingReport {
  rows: number;
  readonly refused: RowTallies<Refusal>;
  readonly malformed: RowTallies<Column>;
  readonly checkCharacterFailures: RowTallies<IdentifierColumn>;
}

export interface PeopleInput {
  readonly path: string;
  readonly form: CsvForm;
  readonly reading: PersonReading;
}

export function createReadingReport(): ReadingReport {
  return {
    rows: 0,
    refused: createRowTallies(),
    malformed: createRowTallies(),
    checkCharacterFailures: createRowTallies(),
  };
}

/** Reads everybody in the file once, one at a time, and writes down what could not be read. */
export async function* readPeople(
  { path, form, reading }: PeopleInput,
  report: ReadingReport,
  progress: Progress,
): AsyncGenerator<ReadPerson & { readonly line: number }> {
  const seen = new Set<string>();
  for await (const row of openInput(path, form)) {
    report.rows += 1;
    progress.tick();
    const { line } = row;
    if (row.kind === 'refused') {
      report.refused.add(row.problem, line);
      continue;
    }
    const person = readPerson(row, reading);
    if (person === null) {
      report.refused.add('no usable local_id', line);
      continue;
    }
    for (const column of person.malformed) report.malformed.add(column, line);
    for (const column of person.checkFailed) report.checkCharacterFailures.add(column, line);
    if (seen.has(person.localId)) {
      report.refused.add('same local_id as an earlier row', line);
      continue;
    }
    seen.add(person.localId);
    yield { ...person, line };
  }
}
