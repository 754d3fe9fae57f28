import { readFileSync } from 'node:fs';
import { type District, municipalities } from '@tavolo/schemas';
import { z } from 'zod';
import { day } from './code-list.ts';
import { isValidOn } from './validity.ts';

/** A municipality of today or of the past; what is not known of one that is gone is null. */
export interface MunicipalityRow {
  readonly istatCode: string;
  readonly name: string;
  readonly district: District;
  readonly belfioreCode: string | null;
  readonly population: number | null;
  readonly populationYear: number | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly predecessorCodes: readonly string[];
  readonly successorCode: string | null;
}

/** The municipalities of the province, also of days gone by. */
export interface MunicipalityRegister {
  /** Null for a code that never was one of the province. */
  byCode(istatCode: string): MunicipalityRow | null;
  /** In the order of their codes. */
  on(day: string, district?: District | null): readonly MunicipalityRow[];
}

/** The census that the populations of the reference file are of. */
export const populationYear = 2011;

const historyFile = z.strictObject({
  source: z.string().min(1),
  mergers: z.array(
    z.strictObject({
      successor: z.string().regex(/^\d{6}$/u),
      validFrom: day,
      predecessors: z
        .array(z.strictObject({ istatCode: z.string().regex(/^\d{6}$/u), name: z.string().min(1) }))
        .min(2),
    }),
  ),
});

export function createMunicipalityRegister(): MunicipalityRegister {
  const file = new URL('municipality-history/parma.json', import.meta.url);
  const { mergers } = historyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const mergerOf = new Map(mergers.map((merger) => [merger.successor, merger]));
  const present = municipalities.map(
    ({ istatCode, name, district, belfioreCode, population }): MunicipalityRow => {
      const merger = mergerOf.get(istatCode);
      return {
        istatCode,
        name,
        district,
        belfioreCode,
        population,
        populationYear,
        validFrom: merger?.validFrom ?? null,
        validTo: null,
        predecessorCodes: merger?.predecessors.map((each) => each.istatCode) ?? [],
        successorCode: null,
      };
    },
  );
  const past = present.flatMap((successor) =>
    (mergerOf.get(successor.istatCode)?.predecessors ?? []).map(
      ({ istatCode, name }): MunicipalityRow => ({
        istatCode,
        name,
        district: successor.district,
        belfioreCode: null,
        population: null,
        populationYear: null,
        validFrom: null,
        validTo: successor.validFrom,
        predecessorCodes: [],
        successorCode: successor.istatCode,
      }),
    ),
  );
  const all = [...present, ...past].sort((a, b) => (a.istatCode < b.istatCode ? -1 : 1));
  const byCode = new Map(all.map((row) => [row.istatCode, row]));
  return {
    byCode: (istatCode) => byCode.get(istatCode) ?? null,
    on: (asked, district) =>
      all.filter((row) => isValidOn(row, asked) && (district == null || row.district === district)),
  };
}
