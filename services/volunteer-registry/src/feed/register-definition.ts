import type { z } from 'zod';
import type { RegisterContents, RegisterKind } from '../store/registry-records.ts';

/** One row under the names of this service, whatever the body calls its columns; an absent column reads ''. */
export type RegisterFields = Readonly<Record<string, string>>;

/** This service's field name to the column's heading in one body's file. */
export type RegisterLayout = Readonly<Record<string, string>>;

/** Who handed the register in, and the keys to derive ids with. */
export interface RegisterSource {
  /** Normalised RUNTS number; '' for the list of agreements, which is the province's. */
  readonly runtsNumber: string;
  /** Derives an opaque id from a local one. */
  readonly derive: (label: string, localId: string) => string;
}

/** Everything the feed knows about one kind of register. */
export interface RegisterDefinition<Kind extends RegisterKind> {
  readonly kind: Kind;
  /** Every layout seen so far; the file's own heading decides. */
  readonly layouts: readonly RegisterLayout[];
  /** The row's own number within the body; null when it cannot be read. */
  readonly localId: (fields: RegisterFields) => string | null;
  readonly label: string;
  /** The field to name when a number appears twice. */
  readonly numberField: string;
  /** Checks a row and gives it its meaning; issues name fields and rules, never values. */
  readonly record: (source: RegisterSource) => z.ZodType<RegisterContents[Kind]>;
}

/** One spelling of a RUNTS number: letters and digits in capitals. */
export function normaliseRunts(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
