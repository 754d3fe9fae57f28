import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf, UsageError } from '../cli-error.ts';

/** Columns of identifiers; each may have its `_from` and `_to`. */
export const identifierColumns = [
  'codice_fiscale',
  'codice_fiscale_provvisorio',
  'cui',
  'vestanet',
  'stp',
  'eni',
  'permesso',
] as const;

export type IdentifierColumn = (typeof identifierColumns)[number];

const otherColumns = [
  'local_id',
  'name',
  'given_name',
  'family_name',
  'birth_date',
  'sex',
  'citizenship',
  'household_code',
  'known_since',
  'closed_on',
  'restricted',
  'sharing',
] as const;

export type Column =
  | (typeof otherColumns)[number]
  | IdentifierColumn
  | `${IdentifierColumn}_from`
  | `${IdentifierColumn}_to`;

/** Every column there is, in the order of the README. */
export const columns: readonly Column[] = [
  ...otherColumns,
  ...identifierColumns.flatMap((name) => [name, `${name}_from`, `${name}_to`] as const),
];

/** Our name of a column to the name it has in the institution's file. */
export type ColumnNames = ReadonlyMap<Column, string>;

const mappingFile = z.record(z.string(), z.string().min(1));

/** Columns are called as the README calls them, but for those that a mapping file renames. */
export async function readColumnNames(path: string | undefined): Promise<ColumnNames> {
  const names = new Map<Column, string>(columns.map((column) => [column, column]));
  if (path === undefined) return names;
  for (const [column, name] of Object.entries(await readMapping(path))) {
    if (!isColumn(column)) {
      throw new UsageError(`${path}: a name on the left is none of: ${columns.join(', ')}`);
    }
    names.set(column, name);
  }
  return names;
}

async function readMapping(path: string): Promise<Readonly<Record<string, string>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${codeOf(error)})`);
  }
  try {
    return mappingFile.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${path} must be one JSON object of names: {"local_id": "Codice utente"}`);
  }
}

function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}
