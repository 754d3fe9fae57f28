import { createHash } from 'node:crypto';
import {
  openSignature,
  publicHalf,
  type ReportPublicKey,
  type ReportSnapshot,
  reportSnapshot,
} from '@tavolo/yearly-report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeFacts, perturbed, suppressed } from './fact-store.fixture.ts';
import {
  drawReportKey,
  type IndicatorsTable,
  newKey,
  startIndicators,
} from './start-indicators.fixture.ts';

interface Report {
  readonly year: number;
  readonly version: number;
  readonly sha256: string;
  readonly json: string;
  readonly csv: string;
  readonly dataDictionary: string;
  readonly pdfBase64: string;
  readonly signature: { readonly jws: string; readonly publicKey: ReportPublicKey } | null;
  readonly verification: {
    readonly isIntact: boolean;
    readonly checks: readonly { readonly check: string; readonly state: string }[];
  };
}

const freeze = `mutation ($key: ID!, $year: Int!) {
  freezeYearlyReport(clientKey: $key, input: { year: $year }) { year version sha256 } }`;
const sign = `mutation ($key: ID!, $year: Int!, $version: Int!) {
  signYearlyReport(clientKey: $key, input: { year: $year, version: $version }) {
    signature { jws publicKey { kty crv x kid } } } }`;
const download = `query ($year: Int!, $version: Int) { yearlyReport(year: $year, version: $version) {
  year version sha256 json csv dataDictionary pdfBase64
  signature { jws publicKey { kty crv x kid } }
  verification { isIntact checks { check state } } } }`;
const register = `mutation ($key: ID!, $title: String!, $district: District) {
  registerTerritorialReport(clientKey: $key, input: { year: 2025, district: $district, title: $title }) {
    id district registeredOn } }`;

describe('the yearly report', () => {
  const facts = createFakeFacts();
  const signingKey = drawReportKey();
  let now = new Date('2026-01-12T09:30:00Z');
  let table: IndicatorsTable;
  beforeAll(async () => {
    table = await startIndicators({ facts, now: () => now, signingKey });
    facts.answer = ({ where }) => (where['district'] === 'SUD_EST' ? suppressed : perturbed(40));
  });
  afterAll(() => table.close());

  async function report(year: number, version?: number): Promise<Report> {
    const { data, errors } = await table.ask(download, { year, version });
    expect(errors).toBeUndefined();
    return data?.['yearlyReport'] as Report;
  }

  it('never changes once frozen, whatever happens to the data, and the next freeze is a new version', async () => {
    await table.ask(register, {
      key: newKey(),
      district: 'FIDENZA',
      title: 'Bisogni nel distretto',
    });
    expect((await table.ask(freeze, { key: newKey(), year: 2025 })).errors).toBeUndefined();
    const first = await report(2025);
    facts.data = 'second load';
    facts.answer = () => perturbed(77);
    now = new Date('2026-02-20T09:30:00Z');
    await table.ask(register, { key: newKey(), title: 'Rapporto della provincia' });
    await table.ask(freeze, { key: newKey(), year: 2025 });
    const [again, second] = [await report(2025, 1), await report(2025)];
    expect(again).toEqual(first);
    expect(second.version).toBe(2);
    expect(second.json).not.toBe(first.json);
    expect(second.verification.isIntact).toBe(true);
  });

  it('is its JSON: the hash is that of the bytes, and they hold cells, lineage and nothing about anybody', async () => {
    const { json, sha256 } = await report(2025, 1);
    expect(createHash('sha256').update(json).digest('hex')).toBe(sha256);
    const snapshot: ReportSnapshot = reportSnapshot.parse(JSON.parse(json));
    expect(snapshot.frozenAt).toBe('2026-01-12T09:30:00.000Z');
    expect(snapshot.territorialReports).toEqual([
      {
        district: 'FIDENZA',
        year: 2025,
        title: 'Bisogni nel distretto',
        registeredOn: '2026-01-12',
      },
    ]);
    const of = (indicator: string, area: string) =>
      snapshot.values.find((value) => value.indicator === indicator && value.area === area);
    expect(of('immediate-receptions-in-year', 'SUD_EST')).toMatchObject({
      cell: { value: null, status: 'SUPPRESSED_PRIMARY' },
      reason: 'TOO_FEW_CONTRIBUTORS',
    });
    expect(of('immediate-receptions-in-year', 'PROVINCE')).toMatchObject({
      cell: { value: 40 },
      lineage: [
        {
          fact: 'immediateReceptions',
          dataHash: expect.stringMatching(/^[0-9a-f]{64}$/u) as unknown,
        },
      ],
    });
    expect(of('shorter-stay', 'PROVINCE')?.combination).toMatchObject({ first: { value: 40 } });
    expect(of('I1-meetings', 'PARMA')).toBeUndefined();
    expect(of('I1-participation', 'PROVINCE')?.reason).toBe('DIVISION_BY_NOTHING');
    expect(snapshot.history.filter(({ indicator }) => indicator === 'I2-protocols')).toHaveLength(
      5,
    );
  });

  it('comes as PDF, CSV and dictionary out of the snapshot alone', async () => {
    const { pdfBase64, csv, dataDictionary } = await report(2025, 1);
    const pdf = Buffer.from(pdfBase64, 'base64');
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(pdf.length).toBeLessThan(2_000_000);
    expect(csv.split('\r\n').length).toBeGreaterThan(30);
    expect(dataDictionary).toContain('data_hash');
  });

  it('is signed once, over all its hashes, with the key that is published', async () => {
    const variables = { year: 2025, version: 1 };
    const key = newKey();
    const { data, errors } = await table.ask(sign, { key, ...variables });
    expect(errors).toBeUndefined();
    const signed = data?.['signYearlyReport'] as Pick<Report, 'signature'> | undefined;
    const signature = signed?.signature;
    expect(signature?.publicKey).toEqual(publicHalf(signingKey));
    const seal = await openSignature(signature?.jws ?? '', publicHalf(signingKey));
    expect(seal).toMatchObject({ year: 2025, version: 1, sha256: (await report(2025, 1)).sha256 });
    expect((await table.ask(sign, { key, ...variables })).errors).toBeUndefined();
    const twice = await table.ask(sign, { key: newKey(), ...variables });
    expect(twice.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const { verification } = await report(2025, 1);
    expect(verification.checks.map(({ state }) => state)).toEqual(Array(6).fill('PASSED'));
  });

  it('is frozen once by one client key, however often it is sent', async () => {
    const key = newKey();
    const answers = [
      await table.ask(freeze, { key, year: 2024 }),
      await table.ask(freeze, { key, year: 2024 }),
    ];
    expect(answers[1]).toEqual(answers[0]);
    const { data } = await table.ask('{ yearlyReports(year: 2024) { version } }');
    expect(data?.['yearlyReports']).toEqual([{ version: 1 }]);
  });

  it('gets a version of its own from each of two who freeze at once', async () => {
    const both = await Promise.all([
      table.ask(freeze, { key: newKey(), year: 2023 }),
      table.ask(freeze, { key: newKey(), year: 2023 }),
    ]);
    const versions = both.map(
      ({ data }) => (data?.['freezeYearlyReport'] as Report | undefined)?.version,
    );
    expect(versions.sort()).toEqual([1, 2]);
  });

  it('is not frozen while a figure cannot be computed, and nothing of it stays', async () => {
    facts.isBusy = true;
    const { errors } = await table.ask(freeze, { key: newKey(), year: 2022 });
    facts.isBusy = false;
    expect(errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    expect(errors?.[0]?.message).toMatch(/Indicator .* try again/u);
    expect((await table.ask(download, { year: 2022 })).data).toEqual({ yearlyReport: null });
  });

  it('is not frozen for a year that has not begun, or before the table was there', async () => {
    for (const year of [2027, 2010]) {
      const { errors } = await table.ask(freeze, { key: newKey(), year });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toContain('input.year');
    }
  });

  it('cannot be changed or deleted even by a statement sent to the database', async () => {
    const before = await report(2025, 1);
    await table.sql(`UPDATE coordination.yearly_report SET snapshot = '{}', frozen_by = 'x'`);
    await table.sql('DELETE FROM coordination.yearly_report_signature');
    await table.sql('DELETE FROM coordination.yearly_report');
    expect(await report(2025, 1)).toEqual(before);
  });

  it('that somebody put into the database otherwise is found out, and not signed', async () => {
    await table.sql(`INSERT INTO coordination.yearly_report
      SELECT year, 9, frozen_at, frozen_by, replace(snapshot, '"value":40', '"value":41'), csv,
        data_dictionary, pdf, seal FROM coordination.yearly_report WHERE year = 2025 AND version = 1`);
    const { verification } = await report(2025, 9);
    expect(verification.isIntact).toBe(false);
    const { errors } = await table.ask(sign, { key: newKey(), year: 2025, version: 9 });
    expect(errors?.[0]?.message).toMatch(/not what was frozen/u);
  });

  it('says that there is none instead of signing nothing', async () => {
    const { errors } = await table.ask(sign, { key: newKey(), year: 2019, version: 1 });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});
