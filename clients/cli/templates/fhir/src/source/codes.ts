import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../hub/read-config.ts';
import { districts } from '../hub/row-scope.ts';
import { kinds } from '../store/enrolment.ts';

/** `codes.json`: which of the feed's codes is which of the schema's words. */
const codes = z.strictObject({
  kind: z.record(z.string().min(1).max(100), z.enum(kinds)),
  district: z.record(z.string().min(1).max(100), z.enum(districts)),
});
export type Codes = Readonly<z.infer<typeof codes>>;

/** Reads the codes; every mistake in them at once. */
export function readCodes(file: string): Codes {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new ConfigError(`${file} cannot be read as JSON: it says which code is which word`);
    }
  };
  const result = codes.safeParse(read());
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  - ${path.map(String).join('.')}: ${message}`,
  );
  throw new ConfigError([`${file} has problems; nothing was started:`, ...problems].join('\n'));
}

/** Own words only: a code such as `constructor` is none of ours. */
export function wordOf<Word>(words: Readonly<Record<string, Word>>, code: string): Word | null {
  return Object.hasOwn(words, code) ? (words[code] ?? null) : null;
}
