import type { PerturbationTable } from './build-perturbation-table.ts';
import { tableParameters } from './table-parameters.ts';

/** The published table; written by `npm run table -w @tavolo/disclosure`, never by hand. */
export const perturbationTable: PerturbationTable = {
  ...tableParameters,
  rows: [
    { deviation: -8, upTo: 23_063 },
    { deviation: -7, upTo: 304_013 },
    { deviation: -6, upTo: 2_756_372 },
    { deviation: -5, upTo: 18_094_658 },
    { deviation: -4, upTo: 86_834_299 },
    { deviation: -3, upTo: 307_571_425 },
    { deviation: -2, upTo: 815_474_901 },
    { deviation: -1, upTo: 1_652_858_914 },
    { deviation: 0, upTo: 2_642_108_382 },
    { deviation: 1, upTo: 3_479_492_395 },
    { deviation: 2, upTo: 3_987_395_871 },
    { deviation: 3, upTo: 4_208_132_997 },
    { deviation: 4, upTo: 4_276_872_638 },
    { deviation: 5, upTo: 4_292_210_924 },
    { deviation: 6, upTo: 4_294_663_283 },
    { deviation: 7, upTo: 4_294_944_233 },
    { deviation: 8, upTo: 4_294_967_296 },
  ],
};
