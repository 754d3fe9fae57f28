import { type RawBuilder, sql } from 'kysely';
import type { SocialService } from '../social-service.ts';

/** A piece of SQL; what it selects is known to the record that reads it. */
export type Fragment = RawBuilder<unknown>;

/** A table of one social service. */
export function tableOf(service: SocialService, name: string): Fragment {
  return sql`${sql.id(service.schema, name)}`;
}

/** A column of the table with this alias. */
export function column(name: string, alias = 't'): Fragment {
  return sql`${sql.id(alias, name)}`;
}

/** A column as trimmed text, empty text as null. */
export function text(name: string, alias = 't'): Fragment {
  return sql`nullif(btrim(${column(name, alias)}::text), '')`;
}

/**
 * A column of days as `YYYY-MM-DD`, whatever its type. Text that is not `dd/mm/yyyy` comes as it is, for
 * the record to refuse; `to_date` would turn 31/02 into a day of March.
 */
export function isoDay(service: SocialService, name: string, alias = 't'): Fragment {
  if (service.dates === 'date') return sql`to_char(${column(name, alias)}, 'YYYY-MM-DD')`;
  const value = text(name, alias);
  return sql`case when ${value} ~ '^\\d{1,2}/\\d{1,2}/\\d{4}$'
    then split_part(${value}, '/', 3) || '-' || lpad(split_part(${value}, '/', 2), 2, '0') || '-' || lpad(split_part(${value}, '/', 1), 2, '0')
    else ${value} end`;
}

/** Whether the row with this alias is in force: legacy applications cancel by marking. */
export function isActive(service: SocialService, alias = 't'): Fragment {
  return service.cancelled === 'cancellato_il'
    ? sql`${column('cancellato_il', alias)} is null`
    : sql`coalesce(${column('flag_annullato', alias)}, 'N') <> 'S'`;
}

/** The shared registry has its own convention, whichever social service asks. */
export function isActiveInRegistry(alias: string): Fragment {
  return sql`${column('cancellato_il', alias)} is null`;
}

/** `select` list of named expressions. */
export function selection(columns: Readonly<Record<string, Fragment>>): Fragment {
  return sql.join(
    Object.entries(columns).map(([name, expression]) => sql`${expression} as ${sql.id(name)}`),
  );
}

/** One result of the same columns from several social services. */
export function unionAll(branches: readonly Fragment[]): Fragment {
  return sql.join(
    branches.map((branch) => sql`(${branch})`),
    sql` union all `,
  );
}
