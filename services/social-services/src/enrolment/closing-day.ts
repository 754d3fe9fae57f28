import { sql } from 'kysely';
import type { SocialService } from '../social-service.ts';
import { type Fragment, isActive, isoDay, tableOf, unionAll } from '../store/legacy-sql.ts';
import { day } from '../store/record-fields.ts';

/** A case in force of one person: whether its last movement closed it, and on which day. */
export interface CaseEnd {
  readonly chiuso: boolean;
  readonly il: string | null;
}

/** Every case in force of the person with alias `u`, in any social service, as a JSON list of `CaseEnd`. */
export function caseEnds(services: readonly SocialService[]): Fragment {
  const branches = services.map(
    (service) => sql`select m.tipo = 'CHIUSURA' as chiuso, m.il
      from ${tableOf(service, 'fascicolo')} t
      left join lateral (
        select upper(btrim(o.tipo_movimento)) as tipo, ${isoDay(service, 'data_movimento', 'o')} as il
        from ${tableOf(service, 'movimento_fascicolo')} o
        where o.id_fascicolo = t.id_fascicolo and ${isActive(service, 'o')}
          and upper(btrim(o.tipo_movimento)) in ('APERTURA', 'CHIUSURA', 'RIAPERTURA')
        order by o.id_movimento desc limit 1
      ) m on true
      where t.id_utente = u.id_utente and ${isActive(service)}`,
  );
  return sql`(select coalesce(json_agg(json_build_object('chiuso', coalesce(c.chiuso, false), 'il', c.il)), '[]'::json)
    from (${unionAll(branches)}) c)`;
}

/**
 * The last day on which a case was closed; undefined when the person never had one, has one open, or one was
 * closed on a day that cannot be read: forgetting somebody too early is worse than too late.
 */
export function closingDay(cases: readonly CaseEnd[]): string | undefined {
  const days = cases.map(({ chiuso, il }) => (chiuso ? day.safeParse(il).data : undefined));
  return days.includes(undefined) ? undefined : days.toSorted().at(-1);
}
