import { municipalityByIstatCode } from '@tavolo/schemas';
import { sql } from 'kysely';
import { z } from 'zod';
import { contactChannels, contactOutcomes, demandTypes } from '../code-lists.ts';
import { column, isoDay, tableOf, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, day, localIdOf, yesNo } from '../record-fields.ts';
import { romeToUtc } from '../rome-time.ts';
import type { DeskContactRow } from '../social-services-store.ts';
import { municipalityCode } from './fascicolo.ts';

const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?$/;

/** Contacts with a desk, by the desk's own clock. A contact may have no person: not everybody gives a name. */
export const accessoSportello: LegacyTable<DeskContactRow> = {
  name: 'accesso_sportello',
  id: 'id_accesso',
  parent: {
    column: 'id_utente',
    table: 'anagrafica_utente',
    id: 'id_utente',
    isInRegistry: true,
    isOptional: true,
  },
  columns: (service) => ({
    id_utente: column('id_utente'),
    // Through the table of desks, so that only a desk's code can be shown as one.
    id_sportello: sql`s.id_sportello`,
    comune: text('comune', 's'),
    data_accesso: isoDay(service, 'data_accesso'),
    ora_accesso: text('ora_accesso'),
    momento: sql`${isoDay(service, 'data_accesso')} || ' ' || coalesce(${text('ora_accesso')}, '')`,
    canale: text('canale'),
    domanda: text('domanda'),
    esito: text('esito'),
    mediazione: text('mediazione'),
    lingua: text('lingua'),
  }),
  joins: (service) =>
    sql`left join ${tableOf(service, 'sportello')} s on s.id_sportello = t.id_sportello`,
  newestBy: 'momento',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        id_utente: z.string().nullable(),
        id_sportello: z.string({ error: 'is not in the table of desks' }),
        comune: municipalityCode(service),
        data_accesso: day,
        ora_accesso: z
          .string({ error: 'is missing' })
          .regex(clock, { error: 'is not a time of day' }),
        canale: code(contactChannels),
        domanda: code(demandTypes),
        esito: code(contactOutcomes),
        mediazione: yesNo,
        lingua: z
          .string()
          .nullable()
          .transform((text) =>
            text !== null && /^[a-z]{2}$/i.test(text) ? text.toLowerCase() : null,
          ),
      })
      .transform((row, context): DeskContactRow => {
        const [, hours = '', minutes = '', seconds = '00'] = clock.exec(row.ora_accesso) ?? [];
        const at = romeToUtc(row.data_accesso, `${hours.padStart(2, '0')}:${minutes}:${seconds}`);
        const district = municipalityByIstatCode(row.comune)?.district;
        if (at === null || district === undefined) {
          context.addIssue({
            code: 'custom',
            path: ['ora_accesso'],
            message: 'is in the hour that summer time skips',
          });
          return z.NEVER;
        }
        return {
          localId: localIdOf(service, row.local_id),
          personId: row.id_utente,
          desk: row.id_sportello,
          district,
          at,
          channel: row.canale,
          demandType: row.domanda,
          outcome: row.esito,
          mediationUsed: row.mediazione,
          language: row.lingua,
        };
      }),
};
