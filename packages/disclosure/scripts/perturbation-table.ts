import { writeFileSync } from 'node:fs';
import { buildPerturbationTable } from '../src/build-perturbation-table.ts';
import { tableParameters } from '../src/table-parameters.ts';

const { rows } = buildPerturbationTable(tableParameters);
const lines = rows.map(
  ({ deviation, upTo }) => `    { deviation: ${deviation}, upTo: ${underscored(upTo)} },`,
);
writeFileSync(
  new URL('../src/perturbation-table.ts', import.meta.url),
  `import type { PerturbationTable } from './build-perturbation-table.ts';
import { tableParameters } from './table-parameters.ts';

/** The published table; written by \`npm run table -w @tavolo/disclosure\`, never by hand. */
export const perturbationTable: PerturbationTable = {
  ...tableParameters,
  rows: [
${lines.join('\n')}
  ],
};
`,
);

function underscored(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, '_');
}
