import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { publicHalf, type ReportSigningKey, reportSigningKey } from './report-key.ts';
import { renderOutputs, sealOf } from './seal-report.ts';
import { openSignature, signReport } from './sign-report.ts';
import { perturbed, sampleSnapshot } from './snapshot.fixture.ts';
import { type ReportSnapshot, reportSnapshot } from './snapshot.ts';
import { type ReportVerdict, type StoredReport, verifyReport } from './verify-report.ts';

const drawKey = (kid: string): ReportSigningKey =>
  reportSigningKey.parse(
    JSON.stringify({
      ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
      kid,
    }),
  );
const key = drawKey('reports-1');

async function store(snapshot: ReportSnapshot): Promise<StoredReport> {
  const outputs = await renderOutputs(snapshot);
  const seal = sealOf(snapshot, outputs);
  const jws = await signReport(seal, key);
  return { ...outputs, seal, signature: { jws, publicKey: publicHalf(key) } };
}

function failures({ checks }: ReportVerdict): string[] {
  return checks.flatMap(({ check, state }) => (state === 'FAILED' ? [check] : []));
}

describe('a frozen report', () => {
  let report: StoredReport;
  beforeAll(async () => {
    report = await store(sampleSnapshot());
  });

  it('is found intact, figure by figure and byte by byte', async () => {
    const verdict = await verifyReport(report, publicHalf(key));
    expect(verdict.isIntact).toBe(true);
    expect(verdict.checks.map(({ state }) => state)).toEqual(Array(6).fill('PASSED'));
  });

  it('is found changed when one digit of its JSON is another', async () => {
    const json = report.json.replace('"value":41', '"value":42');
    expect(json).not.toBe(report.json);
    const verdict = await verifyReport({ ...report, json }, publicHalf(key));
    expect(verdict.isIntact).toBe(false);
    expect(failures(verdict)).toEqual(['HASHES', 'OUTPUTS']);
  });

  it('is found changed when it was frozen again with the old signature', async () => {
    const forged = await store(sampleSnapshot({ frozenAt: '2026-01-13T09:30:00.000Z' }));
    const verdict = await verifyReport({ ...forged, signature: report.signature }, null);
    expect(failures(verdict)).toEqual(['SIGNATURE']);
  });

  it('is found changed when one byte of the PDF or the CSV is another', async () => {
    const pdf = Uint8Array.from(report.pdf);
    pdf[pdf.length >> 1] = (pdf[pdf.length >> 1] ?? 0) ^ 1;
    expect(failures(await verifyReport({ ...report, pdf }, null))).toEqual(['HASHES', 'OUTPUTS']);
    const csv = report.csv.replace('PROVINCE', 'PARMA');
    expect(failures(await verifyReport({ ...report, csv }, null))).toEqual(['HASHES', 'OUTPUTS']);
  });

  it('is found wrong when a figure does not follow from its parts, though all is signed', async () => {
    const snapshot = sampleSnapshot();
    const values = snapshot.values.map((value) =>
      value.combination === null ? value : { ...value, cell: perturbed(0.5, 0.1) },
    );
    const verdict = await verifyReport(await store({ ...snapshot, values }), null);
    expect(failures(verdict)).toEqual(['FIGURES']);
  });

  it('says that a key is not the present one, which a forger’s own key would not be', async () => {
    const verdict = await verifyReport(report, publicHalf(drawKey('reports-2')));
    expect(verdict.checks.find(({ check }) => check === 'KEY')?.state).toBe('NOT_DONE');
    expect(await openSignature(report.signature?.jws ?? '', publicHalf(drawKey('reports-1')))).toBe(
      null,
    );
  });

  it('made by another renderer keeps its bytes, checked by their hashes', async () => {
    const verdict = await verifyReport(
      await store(sampleSnapshot({ rendererVersion: 99 })),
      publicHalf(key),
    );
    expect(verdict.isIntact).toBe(true);
    expect(verdict.checks.find(({ check }) => check === 'OUTPUTS')?.state).toBe('NOT_DONE');
  });

  it('holds nothing but what a report may hold', () => {
    const snapshot = sampleSnapshot();
    const [first] = snapshot.values;
    const withPerson = { ...snapshot, values: [{ ...first, personRef: 'p-1' }] };
    expect(reportSnapshot.safeParse(withPerson).success).toBe(false);
    expect(canonicalJson(snapshot)).not.toMatch(/"\w*(?:[Rr]ef|Key|[Hh]ousehold\w*)":/u);
  });
});

describe('the key of the reports', () => {
  it('is refused without its private half, as another kind of key, and never quoted', () => {
    const { d, ...half } = key;
    for (const wrong of [half, { ...key, crv: 'X25519' }, { ...key, d: 'short' }]) {
      const read = reportSigningKey.safeParse(JSON.stringify(wrong));
      expect(read.success).toBe(false);
      expect(JSON.stringify(read.error?.issues)).not.toContain(d);
    }
    expect(reportSigningKey.safeParse('{').success).toBe(false);
  });

  it('publishes only its public half', () => {
    expect(Object.keys(publicHalf(key)).sort()).toEqual(['crv', 'kid', 'kty', 'x']);
  });
});
