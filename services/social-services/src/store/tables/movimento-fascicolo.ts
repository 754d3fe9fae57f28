import { z } from 'zod';
import type { SocialService } from '../../social-service.ts';
import { column, isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { day, localIdOf } from '../record-fields.ts';
import type { MovementRow } from '../social-services-store.ts';
import { ofCase } from './parents.ts';

const kinds: Readonly<Record<string, MovementRow['kind']>> = {
  APERTURA: 'OPENED',
  CHIUSURA: 'CLOSED',
  RIAPERTURA: 'REOPENED',
};

/** Openings, closures and reopenings of a case, kept for ever; also changes of office, which are not shown. */
export const movimentoFascicolo: LegacyTable<MovementRow> = {
  name: 'movimento_fascicolo',
  id: 'id_movimento',
  parent: ofCase,
  columns: (service) => ({
    tipo_movimento: text('tipo_movimento'),
    data_movimento: isoDay(service, 'data_movimento'),
    progressivo: column('id_movimento'),
  }),
  // The application appends: its own sequence is the order of events even where a day is wrong.
  newestBy: 'progressivo',
  record: (service) => movement(service, day),
  // A movement of an unknown day must stay in its place: without it two others would look adjacent.
  servedRecord: (service) => movement(service, day.nullable().catch(null)),
};

function movement(service: SocialService, onDay: z.ZodType<string | null>): z.ZodType<MovementRow> {
  return z
    .object({
      local_id: z.string(),
      parent_id: z.string(),
      tipo_movimento: z.string({ error: 'is missing' }),
      data_movimento: onDay,
    })
    .transform((row) => ({
      localId: localIdOf(service, row.local_id),
      parentId: localIdOf(service, row.parent_id),
      kind: kinds[row.tipo_movimento.toUpperCase()] ?? 'OTHER',
      on: row.data_movimento,
    }));
}
