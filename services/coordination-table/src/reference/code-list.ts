import { isDay } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import { byFirstDay, findOverlaps, isValidOn } from './validity.ts';

export const day = z.string().refine(isDay, 'must be a day, YYYY-MM-DD');

/** What a time needs to be one: a last day that comes after its first. */
export function endsAfterItBegins(row: {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}): boolean {
  return row.validFrom === null || row.validTo === null || row.validFrom < row.validTo;
}

export const emptyTime = 'validTo must come after validFrom';

const entry = z
  .strictObject({
    code: z.string().regex(/^[A-Z][A-Z0-9_]*$/u),
    label: z.string().min(1),
    labelItalian: z.string().min(1),
    validFrom: day.nullable(),
    validTo: day.nullable(),
    legalBasis: z.string().min(1).nullable(),
    mappings: z
      .array(z.strictObject({ scheme: z.string().min(1), code: z.string().min(1) }))
      .max(4),
  })
  .refine(endsAfterItBegins, emptyTime);

/** One file of `code-lists/`. */
export const codeListFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u),
  title: z.string().min(1),
  titleItalian: z.string().min(1),
  source: z.string().min(1),
  entries: z.array(entry).min(1).max(200),
});

export type CodeListEntry = z.infer<typeof entry>;
export type CodeList = z.infer<typeof codeListFile>;

/** Codes that would mean two things on one day; `[]` when the list is sound. */
export function codeListProblems(list: CodeList): string[] {
  const codes = [...new Set(list.entries.map(({ code }) => code))];
  return codes.flatMap((code) =>
    findOverlaps(list.entries.filter((each) => each.code === code)).map(
      ([a, b]) =>
        `${code} is valid twice: ${timeOf(a)} and ${timeOf(b)} overlap; end one before the other begins`,
    ),
  );
}

export function timeOf(row: {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}): string {
  return `[${row.validFrom ?? 'always'}, ${row.validTo ?? 'open'})`;
}

/** The list in the order of its codes and days; only what is valid on `on` when that is given. */
export function codeListOn(list: CodeList, on: string | null): CodeList {
  const entries = on === null ? list.entries : list.entries.filter((each) => isValidOn(each, on));
  return {
    ...list,
    entries: [...entries].sort((a, b) =>
      a.code === b.code ? byFirstDay(a, b) : a.code < b.code ? -1 : 1,
    ),
  };
}
