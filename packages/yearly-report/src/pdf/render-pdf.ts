import { setImmediate as nextTurn } from 'node:timers/promises';
import { canonicalJson, sha256Hex } from '../canonical-json.ts';
import type { ReportSnapshot } from '../snapshot.ts';
import { writeActivity, writeObjectives, writeTerritorialReports } from './activity-section.ts';
import { writeIndicator, writeSummary } from './indicator-section.ts';
import { italianInstant } from './italian.ts';
import { writeMethod } from './method-section.ts';
import { createReportDocument } from './report-document.ts';

/** The yearly report in Italian; a pure function of the snapshot, byte by byte. */
export async function renderPdf(report: ReportSnapshot): Promise<Buffer> {
  const sha256 = sha256Hex(canonicalJson(report));
  const title = `Relazione annuale ${report.year}`;
  const document = createReportDocument(
    `${title} – Tavolo provinciale asilo`,
    new Date(report.frozenAt),
  );
  document.paragraph('Tavolo provinciale asilo', { quiet: true, size: 11 });
  document.heading(1, title);
  document.paragraph(
    `Versione ${report.version}, congelata il ${italianInstant(report.frozenAt)} da ${report.frozenBy}. Le cifre di questa relazione non cambiano più: si ricalcolano dai dati congelati con essa, che hanno l’impronta SHA-256`,
  );
  document.paragraph(sha256, { size: 9 });
  document.gap(6);
  writeSummary(document, report);
  document.startPage();
  document.heading(1, 'Indicatori');
  for (const definition of report.indicators) {
    writeIndicator(document, report, definition);
    // Drawing a whole report at once would keep everyone else waiting.
    await nextTurn();
  }
  document.startPage();
  writeObjectives(document, report);
  writeActivity(document, report);
  writeTerritorialReports(document, report);
  document.startPage();
  writeMethod(document, report);
  return document.finish(
    (number, pages) =>
      `${title}, versione ${report.version} · SHA-256 ${sha256} · pagina ${number} di ${pages}`,
  );
}
