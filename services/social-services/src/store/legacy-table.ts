import type { z } from 'zod';
import type { SocialService } from '../social-service.ts';
import type { Fragment } from './legacy-sql.ts';

/** One table of the *cartella sociale*: how it is selected, and what makes one of its rows readable. */
export interface LegacyTable<Row> {
  readonly name: string;
  /** Its numeric primary key. */
  readonly id: string;
  /** The row it belongs to, in a table of the same service or in the registry they share. */
  readonly parent: {
    readonly column: string;
    readonly table: string;
    readonly id: string;
    readonly isInRegistry: boolean;
    /** Whether a row may belong to nobody. */
    readonly isOptional: boolean;
  };
  /** Named as in the source, because rejections name fields; taken from alias `t` and the joins' own. */
  columns(service: SocialService): Readonly<Record<string, Fragment>>;
  joins?(service: SocialService): Fragment;
  /** The column, of those above, by which the newest row comes first. */
  readonly newestBy: string;
  /** What a row has to be; its issues say which field broke which rule. */
  record(service: SocialService): z.ZodType<Row>;
  /** Reads more than `record` does, where a row with one wrong field still says something true. */
  servedRecord?(service: SocialService): z.ZodType<Row>;
}

/** What every statement selects beside a table's own columns. */
export interface SelectedRow {
  readonly service: string;
  readonly local_id: string;
  readonly parent_id: string | null;
}

/** Turns selected rows into rows of the graph; those that cannot be read are left out, as the scan counts. */
export function readRows<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  selected: readonly SelectedRow[],
): Row[] {
  const records = new Map(
    services.map((service) => [
      service.code,
      table.servedRecord?.(service) ?? table.record(service),
    ]),
  );
  return selected.flatMap((row) => {
    const result = records.get(row.service)?.safeParse(row);
    return result?.success ? [result.data] : [];
  });
}
