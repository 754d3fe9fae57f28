import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeFacts } from './fact-store.fixture.ts';
import {
  drawReportKey,
  type IndicatorsTable,
  newKey,
  startIndicators,
} from './start-indicators.fixture.ts';

const values = `query ($areas: [FigureArea!]!) {
  indicatorValues(ids: ["immediate-receptions-in-year"], year: 2025, areas: $areas) { area } }`;
const register = `mutation ($key: ID!, $district: District) { registerTerritorialReport(
  clientKey: $key, input: { year: 2025, district: $district, title: "Relazione" }) { id } }`;
const reports =
  'query ($district: District) { territorialReports(year: 2025, district: $district) { district } }';

describe('who may see and do what with indicators and reports', () => {
  let table: IndicatorsTable;
  beforeAll(async () => {
    const now = () => new Date('2026-01-12T09:30:00Z');
    table = await startIndicators({ facts: createFakeFacts(), now, signingKey: drawReportKey() });
  });
  afterAll(() => table.close());

  const ofFidenza = { districts: ['FIDENZA'] };

  it('coordinators of a district see the province and their own district, and no other', async () => {
    const areas = ['PROVINCE', 'PARMA', 'FIDENZA'];
    const seen = await table.ask(values, { areas }, ofFidenza);
    expect(seen.data?.['indicatorValues']).toEqual([{ area: 'PROVINCE' }, { area: 'FIDENZA' }]);
    const all = await table.ask(values, { areas });
    expect(all.data?.['indicatorValues']).toEqual(areas.map((area) => ({ area })));
  });

  it('only coordinators of the province freeze and sign, and a refusal leaves nothing', async () => {
    const mutations = [
      'freezeYearlyReport(clientKey: $key, input: { year: 2025 }) { version }',
      'signYearlyReport(clientKey: $key, input: { year: 2025, version: 1 }) { version }',
    ];
    for (const mutation of mutations) {
      const query = `mutation ($key: ID!) { ${mutation} }`;
      const { errors } = await table.ask(query, { key: newKey() }, ofFidenza);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await table.ask('{ yearlyReports { version } }')).data).toEqual({ yearlyReports: [] });
  });

  it('coordinators of a district register reports of their own district only', async () => {
    for (const district of ['PARMA', null]) {
      const { errors } = await table.ask(register, { key: newKey(), district }, ofFidenza);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const own = await table.ask(register, { key: newKey(), district: 'FIDENZA' }, ofFidenza);
    expect(own.errors).toBeUndefined();
  });

  it('territorial reports of another district look as if there were none', async () => {
    await table.ask(register, { key: newKey(), district: 'PARMA' });
    await table.ask(register, { key: newKey() });
    const seen = await table.ask(reports, {}, ofFidenza);
    expect(seen.data?.['territorialReports']).toEqual([
      { district: 'FIDENZA' },
      { district: null },
    ]);
    const asked = await table.ask(reports, { district: 'PARMA' }, ofFidenza);
    expect(asked.data).toEqual({ territorialReports: [] });
  });

  it('a title that seems to hold who somebody is, is refused without being repeated', async () => {
    const query = `mutation ($key: ID!, $title: String!) { registerTerritorialReport(
      clientKey: $key, input: { year: 2025, title: $title }) { id } }`;
    const title = 'Caso di RSSMRA80A01G337X';
    const { errors } = await table.ask(query, { key: newKey(), title });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).not.toContain('RSSMRA');
  });

  it('nobody asks for more than a page of indicators, or for one there is none of', async () => {
    const query = 'query ($ids: [ID!]!) { indicatorValues(ids: $ids, year: 2025) { area } }';
    const many = await table.ask(query, { ids: Array.from({ length: 31 }, () => 'I2-protocols') });
    expect(many.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const none = await table.ask(query, { ids: ['no-such'] });
    expect(none.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
