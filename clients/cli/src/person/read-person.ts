import {
  type IdentifierKind,
  type IdentifierToEnrol,
  normaliseIdentifier,
  type PersonToEnrol,
} from '@tavolo/linkage';
import type { z } from 'zod';
import {
  type Column,
  type ColumnNames,
  type IdentifierColumn,
  identifierColumns,
} from '../input/columns.ts';
import type { InputRow } from '../input/input-row.ts';
import {
  citizenshipSchema,
  daySchema,
  householdCodeSchema,
  localIdSchema,
  nameSchema,
  sexSchema,
  sharingSchema,
  yesNoSchema,
} from './cell-values.ts';

/** One person of the file in clear, with what was wrong about the row, by column. */
export interface ReadPerson {
  readonly localId: string;
  readonly person: Omit<PersonToEnrol, 'sectorKey'>;
  readonly householdCode: string | null;
  /** Columns whose value was left out. */
  readonly malformed: readonly Column[];
  /** Columns whose identifier is taken although its check character is wrong. */
  readonly checkFailed: readonly IdentifierColumn[];
  readonly missing: readonly ('name' | 'birth_date' | 'sex' | 'citizenship')[];
}

/** Some registers keep the provisional code in the definitive one's column. */
const kindsByColumn: Readonly<Record<IdentifierColumn, readonly IdentifierKind[]>> = {
  codice_fiscale: ['CODICE_FISCALE', 'CODICE_FISCALE_PROVISIONAL'],
  codice_fiscale_provvisorio: ['CODICE_FISCALE_PROVISIONAL'],
  cui: ['CUI'],
  vestanet: ['VESTANET'],
  stp: ['STP'],
  eni: ['ENI'],
  permesso: ['PERMIT'],
};

export interface PersonReading {
  readonly names: ColumnNames;
  /** Put before household codes that have none of their own. */
  readonly issuer: string | undefined;
}

/** Reads a row; null = it has no usable `local_id`, so there is nobody to speak of. */
export function readPerson(
  row: Extract<InputRow, { kind: 'row' }>,
  { names, issuer }: PersonReading,
): ReadPerson | null {
  const malformed = new Set<Column>();
  const checkFailed: IdentifierColumn[] = [];
  for (const [column, name] of names) if (row.unreadable.includes(name)) malformed.add(column);
  const textOf = (column: Column): string => row.cells.get(names.get(column) ?? column) ?? '';
  /** Undefined = empty or malformed; the second is written down. */
  const read = <T>(column: Column, schema: z.ZodType<T>, text = textOf(column)): T | undefined => {
    if (text.trim() === '') return undefined;
    const result = schema.safeParse(text);
    if (!result.success) malformed.add(column);
    return result.data;
  };

  const localId = read('local_id', localIdSchema);
  if (localId === undefined) return null;

  const identifiers = identifierColumns.flatMap((column): IdentifierToEnrol[] => {
    const value = textOf(column);
    const validFrom = read(`${column}_from`, daySchema);
    const validTo = read(`${column}_to`, daySchema);
    if (value.trim() === '') return [];
    const kind = kindsByColumn[column].find((each) => normaliseIdentifier(each, value) !== null);
    if (kind === undefined) malformed.add(column);
    // A validity that cannot be read could veto a right link; the identifier is left out, not the person.
    if (kind === undefined || malformed.has(`${column}_from`) || malformed.has(`${column}_to`))
      return [];
    if (normaliseIdentifier(kind, value)?.checkPassed === false) checkFailed.push(column);
    return [
      {
        kind,
        value,
        ...(validFrom === undefined ? {} : { validFrom }),
        ...(validTo === undefined ? {} : { validTo }),
      },
    ];
  });
  const attributes = {
    name: read('name', nameSchema) ?? wholeName(read, textOf),
    birthDate: read('birth_date', daySchema) ?? null,
    sex: read('sex', sexSchema) ?? null,
    citizenship: read('citizenship', citizenshipSchema) ?? null,
  };
  const householdCode = read(
    'household_code',
    householdCodeSchema,
    withIssuer(textOf('household_code'), issuer),
  );
  const knownSince = read('known_since', daySchema);
  const closedOn = read('closed_on', daySchema);
  // What cannot be read of these two is taken for the careful answer: showing somebody cannot be undone.
  const sharing =
    read('sharing', sharingSchema) ?? (malformed.has('sharing') ? 'EXCLUDED' : undefined);
  const isRestricted = read('restricted', yesNoSchema) ?? malformed.has('restricted');
  return {
    localId,
    person: {
      identifiers,
      attributes,
      ...(knownSince === undefined ? {} : { knownSince }),
      ...(closedOn === undefined ? {} : { closedOn }),
      ...(sharing === undefined ? {} : { sharing }),
      ...(isRestricted ? { isRestricted } : {}),
    },
    householdCode: householdCode ?? null,
    malformed: [...malformed],
    checkFailed,
    missing: [
      ...(attributes.name === null ? (['name'] as const) : []),
      ...(attributes.birthDate === null ? (['birth_date'] as const) : []),
      ...(attributes.sex === null ? (['sex'] as const) : []),
      ...(attributes.citizenship === null ? (['citizenship'] as const) : []),
    ],
  };
}

type ReadCell = <T>(column: Column, schema: z.ZodType<T>, text?: string) => T | undefined;

function wholeName(read: ReadCell, textOf: (column: Column) => string): string | null {
  const whole = `${textOf('given_name')} ${textOf('family_name')}`;
  return read('given_name', nameSchema, whole) ?? null;
}

function withIssuer(code: string, issuer: string | undefined): string {
  const trimmed = code.trim();
  return trimmed === '' || issuer === undefined || /^[a-z][a-z-]+:/.test(trimmed)
    ? trimmed
    : `${issuer}:${trimmed}`;
}
