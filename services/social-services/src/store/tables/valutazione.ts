import { z } from 'zod';
import { professionalRoles, vulnerabilityCategories } from '../code-lists.ts';
import { isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, codes, day, localIdOf, optionalWhole, readArea } from '../record-fields.ts';
import type { AssessedAreaRow, AssessmentRow } from '../social-services-store.ts';
import { areaColumns, areaRecord } from './area-columns.ts';
import { ofAssessment, ofCase } from './parents.ts';

/** Multidimensional assessments; the report's text is never selected. */
export const valutazione: LegacyTable<AssessmentRow> = {
  name: 'valutazione',
  id: 'id_valutazione',
  parent: ofCase,
  columns: (service) => ({
    data_valutazione: isoDay(service, 'data_valutazione'),
    ruolo_valutatore: text('ruolo_valutatore'),
    fattori_vulnerabilita: text('fattori_vulnerabilita'),
  }),
  newestBy: 'data_valutazione',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        data_valutazione: day,
        ruolo_valutatore: code(professionalRoles),
        fattori_vulnerabilita: codes(vulnerabilityCategories),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        at: row.data_valutazione,
        assessorRole: row.ruolo_valutatore,
        vulnerabilityFactors: row.fattori_vulnerabilita,
      })),
};

/** The score of each area of an assessment. */
export const valutazioneArea: LegacyTable<AssessedAreaRow> = {
  name: 'valutazione_area',
  id: 'id_valutazione_area',
  parent: ofAssessment,
  columns: (service) => ({ ...areaColumns(service), punteggio: text('punteggio') }),
  newestBy: 'sequence',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        ...areaRecord,
        punteggio: optionalWhole(0, 4),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        ...readArea(service, row.cod_area, row.cod_area_in_tabella),
        score: row.punteggio,
      })),
};
