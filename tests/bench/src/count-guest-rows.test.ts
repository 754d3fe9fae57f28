import { expect, it } from 'vitest';
import { countGuestRows } from './count-guest-rows.ts';

it('counts what stands between the header and the total', () => {
  const header = ['N.', 'Nome', 'CUI', 'Vestanet', 'C.F.', 'PdS', 'Nato il', 'Paese', 'Dal'];
  const rows = [['FOGLIO PRESENZE'], header, ['1', 'A'], ['2', 'B'], ['TOTALE PRESENTI: 2']];
  const sheet = {
    name: 'Centro 1',
    rows: rows.map((cells, index) => ({ line: index + 1, cells })),
  };
  expect(countGuestRows(sheet)).toBe(2);
  expect(countGuestRows({ name: 'empty', rows: [] })).toBe(0);
});
