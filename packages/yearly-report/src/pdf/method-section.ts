import type { ReportSnapshot } from '../snapshot.ts';
import { drawTable } from './draw-table.ts';
import { italianInstant, italianNumber, italianSource } from './italian.ts';
import type { ReportDocument } from './report-document.ts';

/** How the figures were made and protected, and how good their sources were. */
export function writeMethod(document: ReportDocument, report: ReportSnapshot): void {
  document.heading(1, 'Nota metodologica');
  for (const { heading, text } of report.methodology) {
    document.heading(2, heading);
    document.paragraph(text);
  }
  document.heading(2, 'Come sono protette le persone');
  for (const rule of report.disclosure.rules) document.paragraph(`• ${rule}`);
  document.heading(2, 'Aggiornamento e completezza delle fonti');
  const sources = sourcesOf(report);
  if (sources.length === 0) {
    document.paragraph('Nessuna cifra di questa relazione viene da dati caricati.');
    return;
  }
  drawTable(
    document,
    'Fonti',
    [
      { heading: 'Fonte', share: 0.4 },
      { heading: 'Aggiornata al', share: 0.36 },
      { heading: 'Completezza', share: 0.24, align: 'right' },
    ],
    sources.map(({ subgraph, asOf, completeness }) => [
      italianSource(subgraph),
      asOf === null ? 'non detto' : italianInstant(asOf),
      completeness === null ? 'non detta' : italianNumber(completeness, 'SHARE'),
    ]),
  );
}

type Source = ReportSnapshot['values'][number]['sources'][number];

/** The oldest and least complete state of each source: facts were loaded one after another. */
function sourcesOf({ values }: ReportSnapshot): readonly Source[] {
  const worst = new Map<string, Source>();
  for (const source of values.flatMap(({ sources }) => sources)) {
    const known = worst.get(source.subgraph);
    worst.set(source.subgraph, known === undefined ? source : worseOf(known, source));
  }
  return [...worst.values()].sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1));
}

function worseOf(a: Source, b: Source): Source {
  return {
    subgraph: a.subgraph,
    asOf: a.asOf === null || b.asOf === null ? null : a.asOf < b.asOf ? a.asOf : b.asOf,
    completeness:
      a.completeness === null || b.completeness === null
        ? null
        : Math.min(a.completeness, b.completeness),
  };
}
