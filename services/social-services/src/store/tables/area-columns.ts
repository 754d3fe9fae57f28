import { sql } from 'kysely';
import { z } from 'zod';
import type { SocialService } from '../../social-service.ts';
import { type Fragment, tableOf, text } from '../legacy-sql.ts';

/** The area code of a row, and whether the service's own code table has it. */
export function areaColumns(service: SocialService): Readonly<Record<string, Fragment>> {
  return {
    cod_area: text('cod_area'),
    cod_area_in_tabella: sql`exists (select from ${tableOf(service, 'cod_area')} c where c.codice = t.cod_area)`,
  };
}

/** The record's side of `areaColumns`. */
export const areaRecord = {
  cod_area: z.string().nullable(),
  cod_area_in_tabella: z.boolean(),
};
