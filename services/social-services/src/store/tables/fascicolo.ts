import { type Municipality, municipalities } from '@tavolo/schemas';
import { sql } from 'kysely';
import { z } from 'zod';
import type { SocialService } from '../../social-service.ts';
import { accessChannels, areasOfNeed, professionalRoles } from '../code-lists.ts';
import { column, isActive, isoDay, tableOf, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, day, localIdOf } from '../record-fields.ts';
import type { SocialCaseRow } from '../social-services-store.ts';

/** Cases. Whether one is open is said by its last movement: the file itself keeps no closing day. */
export const fascicolo: LegacyTable<SocialCaseRow> = {
  name: 'fascicolo',
  id: 'id_fascicolo',
  parent: {
    column: 'id_utente',
    table: 'anagrafica_utente',
    id: 'id_utente',
    isInRegistry: true,
    isOptional: false,
  },
  columns: (service) => ({
    id_utente: column('id_utente'),
    id_nucleo: sql`n.id_nucleo`,
    comune: text('comune'),
    data_apertura: isoDay(service, 'data_apertura'),
    area_utenza: text('area_utenza'),
    canale_accesso: text('canale_accesso'),
    ruolo_responsabile: text('ruolo_responsabile'),
    ultimo_movimento: sql`m.tipo`,
    ultimo_movimento_il: sql`m.il`,
  }),
  joins: (service) => sql`left join anagrafe.nucleo_familiare n
      on n.id_nucleo = t.id_nucleo and n.cancellato_il is null
    left join lateral (
      select upper(btrim(o.tipo_movimento)) as tipo, ${isoDay(service, 'data_movimento', 'o')} as il
      from ${tableOf(service, 'movimento_fascicolo')} o
      where o.id_fascicolo = t.id_fascicolo and ${isActive(service, 'o')}
        and upper(btrim(o.tipo_movimento)) in ('APERTURA', 'CHIUSURA', 'RIAPERTURA')
      order by o.id_movimento desc limit 1
    ) m on true`,
  newestBy: 'data_apertura',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        id_utente: z.string(),
        id_nucleo: z.string().nullable(),
        comune: municipalityCode(service),
        data_apertura: day,
        area_utenza: code(areasOfNeed),
        canale_accesso: code(accessChannels),
        ruolo_responsabile: code(professionalRoles),
        ultimo_movimento: z.string().nullable(),
        // Counted as unreadable with its own table; the case is closed all the same.
        ultimo_movimento_il: day.nullable().catch(null),
      })
      .transform((row): SocialCaseRow => {
        const isClosed = row.ultimo_movimento === 'CHIUSURA';
        return {
          localId: localIdOf(service, row.local_id),
          personId: row.id_utente,
          householdId: row.id_nucleo,
          openedAt: row.data_apertura,
          status: isClosed ? 'CLOSED' : 'OPEN',
          closedAt: isClosed ? row.ultimo_movimento_il : null,
          municipalityCode: row.comune,
          areaOfNeed: row.area_utenza,
          accessChannel: row.canale_accesso,
          caseManagerRole: row.ruolo_responsabile,
        };
      }),
};

/** The code a service writes for a municipality. */
export function municipalityCodeOf(service: SocialService, municipality: Municipality): string {
  return service.municipalities === 'istat' ? municipality.istatCode : municipality.belfioreCode;
}

/** Reads a municipality in the service's own coding, as its ISTAT code. */
export function municipalityCode(service: SocialService) {
  const istatCodeOf = new Map(
    municipalities.map((row) => [municipalityCodeOf(service, row), row.istatCode]),
  );
  return z
    .string({ error: 'is missing' })
    .transform((text) => istatCodeOf.get(text.toUpperCase()) ?? '')
    .refine((istatCode) => istatCode !== '', { error: 'is not a municipality of the province' });
}
