import { colours, fonts, page, type ReportDocument } from './report-document.ts';

export interface TableColumn {
  readonly heading: string;
  /** Share of the page's width; those of all columns make 1. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}

const padding = 5;
const size = 8.5;

/** A table with its heading row, which is drawn again on each page it goes on. */
export function drawTable(
  document: ReportDocument,
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): void {
  const { pdf } = document;
  const table = pdf.struct('Table', { title: caption });
  pdf.addStructure(table);
  const heads = columns.map(({ heading }) => heading);
  const headHeight = heightOf(pdf, columns, heads, fonts.strong);
  document.makeRoom(headHeight + 40);
  drawRow(pdf, table, columns, heads, 'TH', headHeight);
  for (const [index, row] of rows.entries()) {
    const height = heightOf(pdf, columns, row, fonts.text);
    if (pdf.y + height > page.bottom) {
      document.startPage();
      drawRow(pdf, table, columns, heads, 'TH', headHeight);
    }
    drawRow(pdf, table, columns, row, 'TD', height, index % 2 === 1);
  }
  table.end();
  pdf.x = page.left;
  pdf.y += 8;
}

function heightOf(
  pdf: PDFKit.PDFDocument,
  columns: readonly TableColumn[],
  cells: readonly string[],
  font: string,
): number {
  pdf.font(font).fontSize(size);
  const heights = columns.map(({ share }, index) =>
    pdf.heightOfString(cells[index] ?? '', { width: share * page.width - 2 * padding }),
  );
  return Math.max(...heights) + 2 * padding;
}

function drawRow(
  pdf: PDFKit.PDFDocument,
  table: PDFKit.PDFStructureElement,
  columns: readonly TableColumn[],
  cells: readonly string[],
  type: 'TH' | 'TD',
  height: number,
  isShaded = false,
): void {
  const top = pdf.y;
  const isHead = type === 'TH';
  pdf.markContent('Artifact');
  if (isHead || isShaded) {
    pdf.rect(page.left, top, page.width, height).fill(isHead ? colours.main : colours.shade);
  }
  pdf
    .moveTo(page.left, top + height)
    .lineTo(page.right, top + height)
    .lineWidth(0.4)
    .strokeColor(colours.rule)
    .stroke();
  pdf.endMarkedContent();
  const row = pdf.struct('TR');
  table.add(row);
  let left: number = page.left;
  for (const [index, { share, align = 'left' }] of columns.entries()) {
    const x = left;
    const width = share * page.width;
    const cell = pdf.struct(type, {}, () => {
      pdf
        .font(isHead ? fonts.strong : fonts.text)
        .fontSize(size)
        .fillColor(isHead ? '#ffffff' : colours.text)
        .text(cells[index] ?? '', x + padding, top + padding, {
          width: width - 2 * padding,
          align,
        });
    });
    row.add(cell);
    cell.end();
    left += width;
  }
  row.end();
  pdf.x = page.left;
  pdf.y = top + height;
}
