import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../hub/read-config.ts';
import { districts } from '../hub/row-scope.ts';
import { kinds, statuses } from '../store/enrolment.ts';

const column = z.string().min(1).max(100);
const words = <Values extends readonly [string, ...string[]]>(values: Values) =>
  z.record(z.string().min(1).max(100), z.enum(values)).transform(lowerKeys);

/** `mapping.json`: which column is which field, and which of the source's words is which of the schema's. */
export const mapping = z.strictObject({
  columns: z.strictObject({
    localId: column,
    personLocalId: column,
    kind: column,
    status: column,
    startedOn: column,
    endedOn: column.nullable(),
    district: column.nullable(),
    isTargeted: column.nullable(),
  }),
  words: z.strictObject({
    kind: words(kinds),
    status: words(statuses),
    district: words(districts),
    isTargeted: z.record(z.string(), z.boolean()).transform(lowerKeys),
  }),
});
export type Mapping = z.infer<typeof mapping>;

/** Reads the mapping; every mistake in it at once. */
export function readMapping(file: string): Mapping {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new ConfigError(`${file} cannot be read as JSON: it says which column is which field`);
    }
  };
  const result = mapping.safeParse(read());
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  - ${path.map(String).join('.')}: ${message}`,
  );
  throw new ConfigError([`${file} has problems; nothing was started:`, ...problems].join('\n'));
}

function lowerKeys<Value>(record: Record<string, Value>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(record).map(([word, value]) => [word.trim().toLowerCase(), value]));
}
