import type { Cell } from '@tavolo/disclosure';
import type { IndicatorUnit } from '../indicator-words.ts';
import { axisTicks } from './axis-ticks.ts';
import { italianCell, italianNumber } from './italian.ts';
import { colours, fonts, page, type ReportDocument } from './report-document.ts';

export interface Bar {
  readonly label: string;
  readonly cell: Cell;
}

const labelWidth = 110;
const barHeight = 14;
const rowHeight = 24;
const axisHeight = 20;

/** Horizontal bars with the bounds of each true figure; a withheld one has no bar and says so. */
export function drawBarChart(
  document: ReportDocument,
  title: string,
  bars: readonly Bar[],
  unit: IndicatorUnit,
): void {
  const { pdf } = document;
  const height = bars.length * rowHeight + axisHeight + 6;
  const ticks = axisTicks(Math.max(0, ...bars.flatMap(({ cell }) => highestOf(cell))));
  const left = page.left + labelWidth;
  const width = page.width - labelWidth - 70;
  const top = ticks.at(-1) ?? 1;
  const x = (value: number): number => left + (Math.min(top, Math.max(0, value)) / top) * width;
  document.figure(alternative(title, bars, unit), height, (y) => {
    const bottom = y + bars.length * rowHeight;
    for (const tick of ticks) {
      pdf.moveTo(x(tick), y).lineTo(x(tick), bottom).lineWidth(0.4);
      pdf.strokeColor(colours.rule).stroke();
      pdf.font(fonts.text).fontSize(7).fillColor(colours.quiet);
      pdf.text(italianNumber(tick, unit), x(tick) - 25, bottom + 4, { width: 50, align: 'center' });
    }
    for (const [index, bar] of bars.entries()) {
      drawBar(pdf, bar, y + index * rowHeight + (rowHeight - barHeight) / 2, left, x, unit);
    }
  });
}

function drawBar(
  pdf: PDFKit.PDFDocument,
  { label, cell }: Bar,
  y: number,
  left: number,
  x: (value: number) => number,
  unit: IndicatorUnit,
): void {
  pdf.font(fonts.text).fontSize(8.5).fillColor(colours.text);
  pdf.text(label, page.left, y + 3, { width: labelWidth - 8, align: 'right', lineBreak: false });
  const says = italianCell(cell, unit);
  if (cell.value === null) {
    pdf.font(fonts.slanted).fontSize(8).fillColor(colours.quiet);
    pdf.text(says, left + 4, y + 3, { lineBreak: false });
    return;
  }
  if (x(cell.value) > left) {
    pdf.rect(left, y, x(cell.value) - left, barHeight).fill(colours.main);
  }
  const reaches = cell.status === 'PUBLISHED' ? cell.value : (cell.upper ?? cell.value);
  if (cell.status !== 'PUBLISHED') drawBounds(pdf, cell, y + barHeight / 2, x);
  pdf.font(fonts.strong).fontSize(8.5).fillColor(colours.text);
  pdf.text(says, x(Math.max(reaches, cell.value)) + 6, y + 3, { lineBreak: false });
}

function drawBounds(
  pdf: PDFKit.PDFDocument,
  { lower, upper, value }: Cell,
  middle: number,
  x: (value: number) => number,
): void {
  const from = x(lower ?? value ?? 0);
  const to = x(upper ?? value ?? 0);
  pdf.moveTo(from, middle).lineTo(to, middle);
  for (const end of [from, to]) pdf.moveTo(end, middle - 4).lineTo(end, middle + 4);
  pdf.lineWidth(1.2).strokeColor(colours.second).stroke();
}

function highestOf({ value, upper }: Cell): number[] {
  return value === null ? [] : [value, upper ?? value];
}

function alternative(title: string, bars: readonly Bar[], unit: IndicatorUnit): string {
  const said = bars.map(({ label, cell }) => `${label}: ${italianCell(cell, unit)}`);
  return `Grafico a barre. ${title}. ${said.join('; ')}.`;
}
