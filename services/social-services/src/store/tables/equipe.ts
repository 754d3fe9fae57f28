import { z } from 'zod';
import { professionalRoles } from '../code-lists.ts';
import { isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, codes, day, localIdOf, optionalDay, optionalWhole } from '../record-fields.ts';
import type { TeamMeetingRow, TeamRoleRow } from '../social-services-store.ts';
import { ofPlan } from './parents.ts';

/** The team of a plan, by role; the worker's name is never selected. */
export const equipeMembro: LegacyTable<TeamRoleRow> = {
  name: 'equipe_membro',
  id: 'id_membro',
  parent: ofPlan,
  columns: (service) => ({ cod_ruolo: text('cod_ruolo'), dal: isoDay(service, 'dal') }),
  newestBy: 'sequence',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        cod_ruolo: code(professionalRoles),
        dal: optionalDay,
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        role: row.cod_ruolo ?? 'OTHER',
        from: row.dal,
      })),
};

/** Meetings of a plan's team; the minutes are never selected. */
export const riunioneEquipe: LegacyTable<TeamMeetingRow> = {
  name: 'riunione_equipe',
  id: 'id_riunione',
  parent: ofPlan,
  columns: (service) => ({
    data_riunione: isoDay(service, 'data_riunione'),
    livello: text('livello'),
    ruoli_presenti: text('ruoli_presenti'),
  }),
  newestBy: 'data_riunione',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        data_riunione: day,
        livello: optionalWhole(1, 2),
        ruoli_presenti: codes(professionalRoles),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        at: row.data_riunione,
        level: row.livello,
        roles: row.ruoli_presenti,
      })),
};
