import { z } from 'zod';
import type { AmountBand } from '../../generated/resolver-types.ts';
import { providerKinds } from '../code-lists.ts';
import { isoDay, text } from '../legacy-sql.ts';
import type { LegacyTable } from '../legacy-table.ts';
import { code, localIdOf, optionalDay, readArea } from '../record-fields.ts';
import type { InterventionRow } from '../social-services-store.ts';
import { areaColumns, areaRecord } from './area-columns.ts';
import { ofCase } from './parents.ts';

const bands: readonly (readonly [number, AmountBand])[] = [
  [250, 'UP_TO_250'],
  [500, 'UP_TO_500'],
  [1000, 'UP_TO_1000'],
  [2500, 'UP_TO_2500'],
  [5000, 'UP_TO_5000'],
];

/** Interventions. The amount leaves the store as a band only, the provider as a kind. */
export const intervento: LegacyTable<InterventionRow> = {
  name: 'intervento',
  id: 'id_intervento',
  parent: ofCase,
  columns: (service) => ({
    voce_istat: text('voce_istat'),
    ...areaColumns(service),
    data_prevista: isoDay(service, 'data_prevista'),
    data_erogazione: isoDay(service, 'data_erogazione'),
    importo: text('importo'),
    tipo_ente: text('tipo_ente'),
  }),
  newestBy: 'data_prevista',
  record: (service) =>
    z
      .object({
        local_id: z.string(),
        parent_id: z.string(),
        voce_istat: z
          .string()
          .nullable()
          .transform((item) =>
            item !== null && /^[A-Z]{1,2}\d{1,2}(\.\d)?$/.test(item) ? item : null,
          ),
        ...areaRecord,
        data_prevista: optionalDay,
        data_erogazione: optionalDay,
        importo: z
          .string()
          .regex(/^\d{1,9}([.,]\d{1,4})?$|^\d{1,3}(\.\d{3})+(,\d{1,2})?$/, {
            error: 'is not an amount',
          })
          .nullable(),
        tipo_ente: code(providerKinds),
      })
      .transform((row) => ({
        localId: localIdOf(service, row.local_id),
        parentId: localIdOf(service, row.parent_id),
        istatItem: row.voce_istat,
        ...readArea(service, row.cod_area, row.cod_area_in_tabella),
        plannedAt: row.data_prevista,
        deliveredAt: row.data_erogazione,
        amountBand:
          row.importo === null ? null : bandOf(euro(row.importo, service.dates !== 'date')),
        provider: row.tipo_ente,
      })),
};

/** `1.234,56` where numbers are text, `1234.56` where they are numbers: a dot alone means different things. */
function euro(amount: string, isItalianText: boolean): number {
  return Number(isItalianText ? amount.replaceAll('.', '').replace(',', '.') : amount);
}

function bandOf(amount: number): AmountBand {
  return bands.find(([most]) => amount <= most)?.[1] ?? 'OVER_5000';
}
