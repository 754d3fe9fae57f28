import { sql } from 'kysely';
import type { SocialService } from '../social-service.ts';
import { type Fragment, isActive, isoDay, tableOf, unionAll } from '../store/legacy-sql.ts';
import { day } from '../store/record-fields.ts';

/**
 * The days on which a case in force of the person with alias `u` was opened or a desk met them, in any social
 * service, as a JSON list. All of them: which can be read is not for the database to say.
 */
export function meetingDays(services: readonly SocialService[]): Fragment {
  const daysOf = (service: SocialService, table: string, column: string) =>
    sql`select ${isoDay(service, column)} as il from ${tableOf(service, table)} t
      where t.id_utente = u.id_utente and ${isActive(service)}`;
  const branches = services.flatMap((service) => [
    daysOf(service, 'fascicolo', 'data_apertura'),
    daysOf(service, 'accesso_sportello', 'data_accesso'),
  ]);
  return sql`(select coalesce(json_agg(distinct c.il), '[]'::json) from (${unionAll(branches)}) c)`;
}

/** The first of the days that can be read and is not after `today`; undefined when there is none. */
export function knownSince(written: readonly (string | null)[], today: string): string | undefined {
  return written
    .flatMap((text) => day.safeParse(text).data ?? [])
    .filter((met) => met <= today)
    .toSorted()[0];
}
