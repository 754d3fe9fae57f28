import { expect, it } from 'vitest';
import { feedFileLabel } from './feed-file-label.ts';

const sha256 = '3f2a9c1d00000000000000000000000000000000000000000000000000000000';
const words = ['PRESENZE', 'SAI', 'ITER', 'xlsx', 'csv'];

it.each([
  ['SAI_03_ITER_20261122.csv', 'SAI_03_ITER_20261122.csv'],
  ['PRESENZE_COOPERATIVA-ARGINE_20261122.xlsx', 'PRESENZE_*_20261122.xlsx (3f2a9c1d)'],
  ['Zebulon Canarini RSSMRA80A01G337X.xlsx', '*.xlsx (3f2a9c1d)'],
  ['a\nb.csv', '*.csv (3f2a9c1d)'],
  ['3331234567.xlsx', '*.xlsx (3f2a9c1d)'],
])('a file is told apart without what somebody wrote into its name: %s', (name, label) => {
  expect(feedFileLabel({ name, sha256 }, words)).toBe(label);
});
