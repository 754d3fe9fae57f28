import type { Cell } from '@tavolo/disclosure';
import type { IndicatorUnit } from '../indicator-words.ts';
import { axisTicks } from './axis-ticks.ts';
import { italianCell, italianNumber } from './italian.ts';
import { colours, fonts, page, type ReportDocument } from './report-document.ts';

export interface Point {
  readonly label: string;
  readonly cell: Cell;
}

const plotHeight = 96;
const left = page.left + 48;
const width = page.width - 72;

/** A figure over the years, with its bounds; the line is broken where a year is withheld. */
export function drawLineChart(
  document: ReportDocument,
  title: string,
  points: readonly Point[],
  unit: IndicatorUnit,
): void {
  const { pdf } = document;
  const known = points.flatMap(({ cell }) =>
    cell.value === null ? [] : [cell.value, cell.upper ?? cell.value],
  );
  const ticks = axisTicks(Math.max(0, ...known));
  const highest = ticks.at(-1) ?? 1;
  document.figure(alternative(title, points, unit), plotHeight + 40, (top) => {
    const bottom = top + 14 + plotHeight;
    const y = (value: number): number =>
      bottom - (Math.min(highest, Math.max(0, value)) / highest) * plotHeight;
    const x = (index: number): number => left + ((index + 0.5) / points.length) * width;
    drawGrid(pdf, ticks, y, unit);
    drawLine(pdf, points, x, y);
    for (const [index, { label, cell }] of points.entries()) {
      pdf.font(fonts.text).fontSize(8).fillColor(colours.text);
      pdf.text(label, x(index) - 30, bottom + 6, { width: 60, align: 'center' });
      drawPoint(pdf, cell, x(index), y, bottom, unit);
    }
  });
}

function drawGrid(
  pdf: PDFKit.PDFDocument,
  ticks: readonly number[],
  y: (value: number) => number,
  unit: IndicatorUnit,
): void {
  for (const tick of ticks) {
    pdf.moveTo(left, y(tick)).lineTo(left + width, y(tick));
    pdf.lineWidth(0.4).strokeColor(colours.rule).stroke();
    pdf.font(fonts.text).fontSize(7).fillColor(colours.quiet);
    pdf.text(italianNumber(tick, unit), page.left, y(tick) - 3, { width: 42, align: 'right' });
  }
}

function drawLine(
  pdf: PDFKit.PDFDocument,
  points: readonly Point[],
  x: (index: number) => number,
  y: (value: number) => number,
): void {
  for (const [index, { cell }] of points.entries()) {
    const before = points[index - 1]?.cell.value ?? null;
    if (cell.value === null || before === null) continue;
    pdf.moveTo(x(index - 1), y(before)).lineTo(x(index), y(cell.value));
    pdf.lineWidth(1.5).strokeColor(colours.main).stroke();
  }
}

function drawPoint(
  pdf: PDFKit.PDFDocument,
  cell: Cell,
  x: number,
  y: (value: number) => number,
  bottom: number,
  unit: IndicatorUnit,
): void {
  if (cell.value === null) {
    pdf.font(fonts.slanted).fontSize(7.5).fillColor(colours.quiet);
    pdf.text(italianCell(cell, unit), x - 35, bottom - 12, { width: 70, align: 'center' });
    return;
  }
  const upper = cell.upper ?? cell.value;
  if (cell.status !== 'PUBLISHED') {
    const ends = [y(cell.lower ?? cell.value), y(upper)] as const;
    pdf.moveTo(x, ends[0]).lineTo(x, ends[1]);
    for (const end of ends) pdf.moveTo(x - 3, end).lineTo(x + 3, end);
    pdf.lineWidth(1.2).strokeColor(colours.second).stroke();
  }
  pdf.circle(x, y(cell.value), 3).fill(colours.main);
  pdf.font(fonts.strong).fontSize(8).fillColor(colours.text);
  pdf.text(italianCell(cell, unit), x - 35, y(upper) - 12, { width: 70, align: 'center' });
}

function alternative(title: string, points: readonly Point[], unit: IndicatorUnit): string {
  const said = points.map(({ label, cell }) => `${label}: ${italianCell(cell, unit)}`);
  return `Grafico a linee. ${title}. ${said.join('; ')}.`;
}
