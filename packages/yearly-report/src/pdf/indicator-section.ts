import { compareWithPrevious, isOfSmallNumbers, targetState } from '../judge-figure.ts';
import type { FrozenDefinition, FrozenValue, ReportSnapshot } from '../snapshot.ts';
import { drawBarChart } from './bar-chart.ts';
import { drawTable } from './draw-table.ts';
import {
  areaNames,
  italianBounds,
  italianCell,
  italianNumber,
  italianOrigin,
  targetStates,
  trends,
  unitNames,
} from './italian.ts';
import { drawLineChart } from './line-chart.ts';
import type { ReportDocument } from './report-document.ts';

const better = {
  HIGHER_IS_BETTER: 'più alto è meglio',
  LOWER_IS_BETTER: 'più basso è meglio',
  NEUTRAL: 'senza verso',
} as const;

/** One table of all indicators, for those who read one page. */
export function writeSummary(document: ReportDocument, report: ReportSnapshot): void {
  document.heading(1, 'In sintesi');
  document.paragraph(
    'Le cifre della provincia. L’intervallo contiene il valore vero; un obiettivo è detto raggiunto solo quando lo è a entrambi gli estremi.',
  );
  const rows = report.indicators.flatMap((definition) => {
    const figure = figuresOf(report, definition).find(({ area }) => area === 'PROVINCE');
    return figure === undefined ? [] : [summaryRow(definition, figure)];
  });
  drawTable(
    document,
    'Indicatori della provincia',
    [
      { heading: 'Indicatore', share: 0.36 },
      { heading: 'Periodo', share: 0.1 },
      { heading: 'Valore', share: 0.14, align: 'right' },
      { heading: 'Intervallo', share: 0.18, align: 'right' },
      { heading: 'Atteso', share: 0.1, align: 'right' },
      { heading: 'Esito', share: 0.12 },
    ],
    rows,
  );
  document.paragraph(
    '(1) Soppresso: troppe poche persone. (2) Soppresso perché da esso se ne ricaverebbe un altro. n.d.: non disponibile, il motivo è detto accanto all’indicatore.',
    { quiet: true, size: 8 },
  );
}

function summaryRow(definition: FrozenDefinition, figure: FrozenValue): readonly string[] {
  const { unit, target, direction } = definition;
  return [
    definition.title.it,
    periodOf(figure),
    italianCell(figure.cell, unit),
    italianBounds(figure.cell, unit),
    target === null ? '–' : italianNumber(target, unit),
    targetStates[targetState(figure.cell, target, direction)],
  ];
}

/** One indicator: what it is, its chart, its table by district, and where its figures come from. */
export function writeIndicator(
  document: ReportDocument,
  report: ReportSnapshot,
  definition: FrozenDefinition,
): void {
  const { unit, target, direction } = definition;
  const title = definition.title.it;
  const figures = figuresOf(report, definition);
  const years = report.history.filter(({ indicator }) => indicator === definition.id);
  const hasYears = years.filter(({ cell }) => cell.value !== null).length > 1;
  // A chart on another page than its definition is read without it.
  document.makeRoom((figures.length > 1 ? 330 : 200) + (hasYears ? 180 : 0));
  document.heading(2, title);
  document.paragraph(definition.definition.it);
  const wanted = target === null ? 'nessuno' : italianNumber(target, unit);
  document.paragraph(
    `Nel documento fondativo: «${definition.sourceText}». Unità: ${unitNames[unit]}; ${better[direction]}; valore atteso: ${wanted}; definizione ${definition.id}, versione ${definition.version}.`,
    { quiet: true, size: 8 },
  );
  // Of figures that are all withheld the table says as much.
  if (figures.length > 1 && figures.some(({ cell }) => cell.value !== null)) {
    const bars = figures.map(({ area, cell }) => ({ label: areaNames[area], cell }));
    drawBarChart(document, title, bars, unit);
  }
  writeFigures(document, definition, figures);
  if (hasYears) {
    document.heading(3, 'Negli anni, in tutta la provincia');
    const points = years.map(({ year, cell }) => ({ label: String(year), cell }));
    drawLineChart(document, `${title}, negli anni`, points, unit);
  }
  for (const note of notesOf(figures)) document.paragraph(note, { quiet: true, size: 8 });
}

function writeFigures(
  document: ReportDocument,
  definition: FrozenDefinition,
  figures: readonly FrozenValue[],
): void {
  const { unit, target, direction, title } = definition;
  drawTable(
    document,
    title.it,
    [
      { heading: 'Area', share: 0.22 },
      { heading: 'Valore', share: 0.16, align: 'right' },
      { heading: 'Intervallo', share: 0.2, align: 'right' },
      { heading: 'Anno precedente', share: 0.16, align: 'right' },
      { heading: 'Tendenza', share: 0.13 },
      { heading: 'Obiettivo', share: 0.13 },
    ],
    figures.map(({ area, cell, previous }) => [
      isOfSmallNumbers(cell) ? `${areaNames[area]} *` : areaNames[area],
      italianCell(cell, unit),
      italianBounds(cell, unit),
      previous === null ? '–' : italianCell(previous, unit),
      trends[compareWithPrevious(cell, previous, direction, unit).trend],
      targetStates[targetState(cell, target, direction)],
    ]),
  );
}

const absences = {
  DIVISION_BY_NOTHING: 'non c’è nulla per cui dividere',
  PART_WITHHELD: 'una delle due cifre di cui è fatto è soppressa',
  PART_NOT_AVAILABLE: 'una delle due cifre di cui è fatto non è disponibile',
  TOO_FEW_CONTRIBUTORS: 'troppe poche persone',
  NEVER_LOADED: 'i dati non sono mai stati caricati',
  NO_DATA: 'nessun dato nel periodo',
  NOT_BY_DISTRICT: 'si calcola solo per tutta la provincia',
  BEFORE_DEFINITION: 'il periodo è anteriore alla definizione',
  SOURCE_UNAVAILABLE: 'la fonte non rispondeva al congelamento',
} as const satisfies Record<NonNullable<FrozenValue['reason']>, string>;

function notesOf(figures: readonly FrozenValue[]): string[] {
  const missing = figures
    .flatMap(({ area, reason }) =>
      reason === null ? [] : [`${areaNames[area]}: ${absences[reason]}`],
    )
    .join('; ');
  const small = figures.some(({ cell }) => isOfSmallNumbers(cell));
  return [
    ...(missing === '' ? [] : [`Senza valore: ${missing}.`]),
    ...(small ? ['* Piccoli numeri: l’intervallo dice più del valore.'] : []),
    provenance(figures),
  ];
}

/** Hashes are shortened for the eye; the JSON has them whole. */
function provenance(figures: readonly FrozenValue[]): string {
  const parts = figures.flatMap(({ lineage }) => lineage);
  const from = parts.flatMap(({ fact, register }) => fact ?? register ?? []).map(italianOrigin);
  const data = parts.flatMap(({ dataHash }) => dataHash?.slice(0, 12) ?? []);
  const linkage = figures[0]?.linkage;
  const linked =
    linkage == null
      ? ''
      : ` Abbinamento tra istituzioni: precisione ${share(linkage.precision.low)}–${share(linkage.precision.high)}, richiamo ${share(linkage.recall.low)}–${share(linkage.recall.high)}.`;
  return `Calcolato da: ${unique(from)}. Dati: ${unique(data)}.${linked}`;
}

function share(value: number): string {
  return italianNumber(value, 'SHARE');
}

function unique(words: readonly string[]): string {
  return words.length === 0 ? '–' : [...new Set(words)].join(', ');
}

function periodOf({ year }: FrozenValue): string {
  return year === null ? 'tutto' : String(year);
}

function figuresOf(report: ReportSnapshot, { id }: FrozenDefinition): readonly FrozenValue[] {
  return report.values.filter(({ indicator }) => indicator === id);
}
