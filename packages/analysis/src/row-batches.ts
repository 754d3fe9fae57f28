import type { ColumnType, FactRow } from '@tavolo/facts';
import type { FactShape } from './fact-shape.ts';
import { largestNumber } from './fact-sql.ts';
import { LoadProblem } from './load-problem.ts';

/** So few that writing them down as JSON holds up nobody. */
const rowsPerBatch = 500;

/** Cuts pages into JSON lists as `insertBatch` takes them; a value of another type ends the load. */
export async function* rowBatches(
  { fact, loaded }: FactShape,
  pages: AsyncIterable<readonly FactRow[]>,
  keyOf: (unitRef: string) => bigint,
  maximumRows: number,
): AsyncGenerator<string> {
  let rows = 0;
  let batch: string[] = [];
  for await (const page of pages) {
    for (const { unitRef, values } of page) {
      if (unitRef === '') throw new LoadProblem(`fact ${fact.name}: a row has no unit`);
      rows += 1;
      if (rows > maximumRows) {
        throw new LoadProblem(`fact ${fact.name}: more than ${maximumRows} rows`);
      }
      const row: Record<string, unknown> = { k: String(keyOf(unitRef)), u: unitRef };
      for (const [at, { name, type }] of loaded.entries()) {
        const value = values[name] ?? null;
        if (value !== null && !isOfType(value, type)) {
          throw new LoadProblem(
            `fact ${fact.name}: column ${name} came with a value that is no ${type.kind} of its declaration`,
          );
        }
        row[`c${at}`] = value;
      }
      batch.push(JSON.stringify(row));
      if (batch.length === rowsPerBatch) {
        yield `[${batch.join(',')}]`;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`;
}

const day = /^\d{4}-\d{2}-\d{2}$/u;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/u;

function isOfType(value: string | number | boolean, type: ColumnType): boolean {
  switch (type.kind) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'INTEGER':
      return Number.isInteger(value) && Math.abs(Number(value)) <= 2_147_483_647;
    case 'NUMBER':
      return typeof value === 'number' && Math.abs(value) <= largestNumber;
    case 'TEXT':
      return typeof value === 'string';
    case 'ENUM':
      return typeof value === 'string' && type.values.includes(value);
    case 'DATE':
      return typeof value === 'string' && day.test(value) && isReal(value);
    case 'MOMENT':
      return typeof value === 'string' && moment.test(value) && isReal(value);
  }
}

/** 30 February reads as a day of March: what is not printed as it was read is none. */
function isReal(text: string): boolean {
  const milliseconds = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(milliseconds) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(milliseconds).toISOString().startsWith(text.slice(0, 10))
  );
}
