import type { ColumnType, Fact } from '@tavolo/facts';
import type { FactShape } from './fact-shape.ts';

/** Columns every fact has beside its own; theirs are camelCase, so none can be called like these. */
export const recordKeyColumn = 'record_key';
export const unitRefColumn = 'unit_ref';
export const periodColumns = {
  year: 'period_year',
  quarter: 'period_quarter',
  month: 'period_month',
} as const;

/** Sums are exact decimals with six places; a larger value than this is a mistake of whoever sent it. */
export const largestNumber = 100_000_000_000;

/** DuckDB keeps letters apart by quotes only; names come from fact files, never from a caller. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function stagingTable(fact: Fact): string {
  return quoted(`staging_${fact.name}`);
}

export function tableOfVersion(factName: string, version: number): string {
  return `fact_${factName}_${version}`;
}

const stagedTypes: Readonly<Record<ColumnType['kind'], string>> = {
  // Checked when the rows arrive; an enumeration of its own would tell the value in its error.
  ENUM: 'VARCHAR',
  TEXT: 'VARCHAR',
  BOOLEAN: 'BOOLEAN',
  INTEGER: 'INTEGER',
  NUMBER: 'DOUBLE',
  DATE: 'DATE',
  MOMENT: 'TIMESTAMPTZ',
};

function storedType(type: ColumnType): string {
  return type.kind === 'ENUM'
    ? `ENUM(${type.values.map(text).join(', ')})`
    : stagedTypes[type.kind];
}

export function createStaging({ fact, loaded }: FactShape): string {
  const columns = loaded.map(({ name, type }) => `${quoted(name)} ${stagedTypes[type.kind]}`);
  const all = [`${recordKeyColumn} BIGINT`, `${unitRefColumn} VARCHAR`, ...columns];
  return `CREATE OR REPLACE TEMP TABLE ${stagingTable(fact)} (${all.join(', ')})`;
}

/** One parameter: a JSON list of rows, each `{k, u, c0, c1, …}`, so that a batch is parsed outside the event loop. */
export function insertBatch({ fact, loaded }: FactShape): string {
  const structure = JSON.stringify([
    {
      k: 'BIGINT',
      u: 'VARCHAR',
      ...Object.fromEntries(loaded.map(({ type }, at) => [`c${at}`, stagedTypes[type.kind]])),
    },
  ]);
  const columns = loaded.map((_, at) => `r.c${at}`);
  return `INSERT INTO ${stagingTable(fact)} SELECT ${['r.k', 'r.u', ...columns].join(', ')}
    FROM (SELECT unnest(json_transform_strict($1::JSON, ${text(structure)})) AS r)`;
}

export interface Materialisation {
  readonly shape: FactShape;
  /** Staging, or the rows of the last load when only the day changed. */
  readonly from: string;
  readonly into: string;
  /** YYYY-MM-DD in Italy. */
  readonly loadedOn: string;
  readonly keepsUnitRef: boolean;
}

/** Rows as they are asked: expressions computed, periods cut by Italy's calendar, sorted so that one contributor's rows lie together. */
export function materialise({
  shape,
  from,
  into,
  loadedOn,
  keepsUnitRef,
}: Materialisation): string {
  const { fact, loaded, computed } = shape;
  // Beside staged text, so that an expression can compare a word with any text.
  const source = [
    recordKeyColumn,
    keepsUnitRef ? unitRefColumn : `NULL::VARCHAR AS ${unitRefColumn}`,
    ...loaded.map(
      ({ name, type }) => `CAST(${quoted(name)} AS ${stagedTypes[type.kind]}) AS ${quoted(name)}`,
    ),
  ];
  const expressions = computed.map(({ name, type, from: { sql } }) => {
    const value = `CAST((${sql}) AS ${stagedTypes[type.kind]})`;
    // What divides by nothing has no value.
    const real = `CASE WHEN abs(${value}) <= ${largestNumber} THEN ${value} END`;
    return `${type.kind === 'NUMBER' ? real : value} AS ${quoted(name)}`;
  });
  const stored = fact.columns.map(
    ({ name, type }) => `CAST(${quoted(name)} AS ${storedType(type)}) AS ${quoted(name)}`,
  );
  const period = fact.periodColumn === null ? 'NULL::DATE' : `${quoted(fact.periodColumn)}::DATE`;
  const cuts = Object.entries(periodColumns).map(
    ([level, column]) => `${level}(${period})::SMALLINT AS ${column}`,
  );
  return `CREATE TABLE ${quoted(into)} AS
    WITH source AS (SELECT ${source.join(', ')}, DATE ${text(loadedOn)} AS loaded_on FROM ${from}),
    computed AS (SELECT ${['*', ...expressions].join(', ')} FROM source)
    SELECT ${[recordKeyColumn, unitRefColumn, ...stored, ...cuts].join(', ')}
    FROM computed ORDER BY ${recordKeyColumn}`;
}

/** Parts a hash is made of, so that no more than one is in memory: record keys are spread evenly over 62 bits. */
export const hashParts = 16;

/** SHA-256 over one part of the rows in a fixed order; what is computed from other columns adds nothing to it. */
export function hashPart({ loaded }: FactShape, table: string, part: number): string {
  const values = loaded.map(({ name }) => quoted(name)).join(', ');
  const row = `sha256(row(${[recordKeyColumn, values].filter(Boolean).join(', ')})::VARCHAR)`;
  return `SELECT coalesce(sha256(string_agg(h, '' ORDER BY h)), '') AS hash, count(*)::DOUBLE AS rows
    FROM (SELECT ${row} AS h FROM ${quoted(table)} WHERE ${recordKeyColumn} >> 58 = ${part})`;
}
