import { canonicalJson, sha256Hex } from './canonical-json.ts';
import { renderCsv, renderDataDictionary } from './csv/render-csv.ts';
import { renderPdf } from './pdf/render-pdf.ts';
import type { ReportSeal } from './sign-report.ts';
import { type ReportSnapshot, reportSnapshot } from './snapshot.ts';

/** The bytes of a report; the JSON is the snapshot itself, so its hash is the report's. */
export interface ReportOutputs {
  readonly json: string;
  readonly csv: string;
  readonly dataDictionary: string;
  readonly pdf: Uint8Array;
}

/** Every output of a snapshot; the same snapshot has the same bytes. Throws on what is no snapshot. */
export async function renderOutputs(snapshot: ReportSnapshot): Promise<ReportOutputs> {
  const checked = reportSnapshot.parse(snapshot);
  return {
    json: canonicalJson(checked),
    csv: renderCsv(checked),
    dataDictionary: renderDataDictionary(),
    pdf: await renderPdf(checked),
  };
}

/** What is signed of these outputs. */
export function sealOf(
  { year, version }: Pick<ReportSnapshot, 'year' | 'version'>,
  { json, csv, dataDictionary, pdf }: ReportOutputs,
): ReportSeal {
  return {
    year,
    version,
    sha256: sha256Hex(json),
    csv: sha256Hex(csv),
    dataDictionary: sha256Hex(dataDictionary),
    pdf: sha256Hex(pdf),
  };
}
