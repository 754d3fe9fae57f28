import type { PerturbationTable } from './build-perturbation-table.ts';
import { tableParameters } from './table-parameters.ts';

/** The published table; written by `npm run table -w @tavolo/disclosure`, never by hand. */
export const perturbationTable: PerturbationTable = {
  ...tableParameters,
  rows: [
    { deviation: -6, upTo: 2_483_385 },
    { deviation: -5, upTo: 17_951_502 },
    { deviation: -4, upTo: 87_038_408 },
    { deviation: -3, upTo: 308_306_532 },
    { deviation: -2, upTo: 816_473_920 },
    { deviation: -1, upTo: 1_653_346_911 },
    { deviation: 0, upTo: 2_641_620_385 },
    { deviation: 1, upTo: 3_478_493_376 },
    { deviation: 2, upTo: 3_986_660_764 },
    { deviation: 3, upTo: 4_207_928_888 },
    { deviation: 4, upTo: 4_277_015_794 },
    { deviation: 5, upTo: 4_292_483_911 },
    { deviation: 6, upTo: 4_294_967_296 },
  ],
};
