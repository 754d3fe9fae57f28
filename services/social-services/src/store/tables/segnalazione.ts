import { z } from 'zod';
import { networkNodes, referralOutcomes, referralReasons } from '../code-lists.ts';
import { isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, day, localIdOf, optionalDay } from '../record-fields.ts';
import type { ReferralRow } from '../social-services-store.ts';
import { ofCase } from './parents.ts';

/** Referrals; what was written in the form is never selected. */
export const segnalazione: LegacyTable<ReferralRow> = {
  name: 'segnalazione',
  id: 'id_segnalazione',
  parent: ofCase,
  columns: (service) => ({
    mittente: text('mittente'),
    destinatario: text('destinatario'),
    data_segnalazione: isoDay(service, 'data_segnalazione'),
    motivo: text('motivo'),
    data_accettazione: isoDay(service, 'data_accettazione'),
    esito: text('esito'),
  }),
  newestBy: 'data_segnalazione',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        mittente: code(networkNodes),
        destinatario: code(networkNodes),
        data_segnalazione: day,
        motivo: code(referralReasons),
        data_accettazione: optionalDay,
        esito: code(referralOutcomes),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        from: row.mittente,
        to: row.destinatario,
        at: row.data_segnalazione,
        reason: row.motivo,
        acceptedAt: row.data_accettazione,
        outcome: row.esito,
      })),
};
