import { z } from 'zod';
import { objectiveCategories, planAreaStates } from '../code-lists.ts';
import { isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import {
  code,
  day,
  localIdOf,
  optionalDay,
  optionalWhole,
  readArea,
  yesNo,
} from '../record-fields.ts';
import type { PlanAreaRow, PlanRow } from '../social-services-store.ts';
import { areaColumns, areaRecord } from './area-columns.ts';
import { ofCase, ofPlan } from './parents.ts';

/** Individual plans (PAI). */
export const progettoPai: LegacyTable<PlanRow> = {
  name: 'progetto_pai',
  id: 'id_progetto',
  parent: ofCase,
  columns: (service) => ({
    data_avvio: isoDay(service, 'data_avvio'),
    data_verifica: isoDay(service, 'data_verifica'),
    figura_riferimento: text('figura_riferimento'),
  }),
  newestBy: 'data_avvio',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        data_avvio: day,
        data_verifica: optionalDay,
        figura_riferimento: yesNo,
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        startedAt: row.data_avvio,
        reviewDue: row.data_verifica,
        referencePersonPresent: row.figura_riferimento,
      })),
};

/** The areas of a plan; the objective's own text is never selected, only its code. */
export const areaProgetto: LegacyTable<PlanAreaRow> = {
  name: 'area_progetto',
  id: 'id_area_progetto',
  parent: ofPlan,
  columns: (service) => ({
    ...areaColumns(service),
    cod_obiettivo: text('cod_obiettivo'),
    orizzonte_mesi: text('orizzonte_mesi'),
    stato: text('stato'),
  }),
  newestBy: 'sequence',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        ...areaRecord,
        cod_obiettivo: code(objectiveCategories),
        orizzonte_mesi: optionalWhole(0, 120),
        stato: code(planAreaStates),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        ...readArea(service, row.cod_area, row.cod_area_in_tabella),
        objective: row.cod_obiettivo,
        horizonMonths: row.orizzonte_mesi,
        state: row.stato,
      })),
};
