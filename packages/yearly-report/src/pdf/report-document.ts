import PdfDocument from 'pdfkit';

/** What is drawn in: dark enough on white for low sight (WCAG AA), told apart also in grey. */
export const colours = {
  text: '#1c1c1c',
  quiet: '#555555',
  rule: '#b8c2cc',
  shade: '#eef2f5',
  main: '#1f4e79',
  second: '#8a5a00',
} as const;

export const fonts = {
  text: 'Helvetica',
  strong: 'Helvetica-Bold',
  slanted: 'Helvetica-Oblique',
} as const;

/** A4 in points, with the margins of the report. */
export const page = { left: 54, right: 541, top: 60, bottom: 770, width: 487 } as const;

export type StructureType = 'H1' | 'H2' | 'H3' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';

/** The document being written, top to bottom; every block says what it is, for those who have it read aloud. */
export interface ReportDocument {
  readonly pdf: PDFKit.PDFDocument;
  heading(level: 1 | 2 | 3, text: string): void;
  paragraph(text: string, style?: { readonly quiet?: boolean; readonly size?: number }): void;
  /** Starts a page when less than `height` is left of this one. */
  makeRoom(height: number): void;
  /** A drawing with the text that stands for it. */
  figure(alternative: string, height: number, draw: (top: number) => void): void;
  gap(height: number): void;
  startPage(): void;
  /** Writes footers and gives the bytes. */
  finish(footer: (pageNumber: number, pages: number) => string): Promise<Buffer>;
}

const headings = {
  1: { size: 18, before: 16, after: 10, colour: colours.main },
  2: { size: 13, before: 14, after: 6, colour: colours.main },
  3: { size: 10.5, before: 8, after: 4, colour: colours.text },
} as const;

/**
 * A PDF whose bytes follow from what is written and `created` alone: standard fonts, no compression (another
 * zlib would give other bytes), no clock, no random id.
 */
export function createReportDocument(title: string, created: Date): ReportDocument {
  const pdf = new PdfDocument({
    size: 'A4',
    margins: { top: page.top, bottom: 842 - page.bottom, left: page.left, right: 595 - page.right },
    bufferPages: true,
    compress: false,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: 'it-IT',
    info: {
      Title: title,
      Author: 'Tavolo provinciale asilo',
      Creator: 'Tavolo',
      Producer: 'Tavolo',
      CreationDate: created,
      ModDate: created,
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    pdf.on('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);

  const block = (type: StructureType, draw: () => void, alternative?: string): void => {
    const element = pdf.struct(type, alternative === undefined ? {} : { alt: alternative }, draw);
    root.add(element);
    element.end();
  };
  const makeRoom = (height: number): void => {
    if (pdf.y + height > page.bottom) pdf.addPage();
  };

  return {
    pdf,
    makeRoom,
    heading(level, text) {
      const { size, before, after, colour } = headings[level];
      pdf.font(fonts.strong).fontSize(size);
      // A heading at the foot of a page belongs to what follows.
      makeRoom(before + pdf.heightOfString(text, { width: page.width }) + after + 60);
      if (pdf.y > page.top) pdf.y += before;
      block(`H${level}`, () => {
        pdf.fillColor(colour).text(text, page.left, pdf.y, { width: page.width });
      });
      pdf.y += after;
    },
    paragraph(text, { quiet = false, size = 9.5 } = {}) {
      pdf.font(fonts.text).fontSize(size);
      makeRoom(pdf.heightOfString(text, { width: page.width, lineGap: 2 }));
      block('P', () => {
        pdf
          .fillColor(quiet ? colours.quiet : colours.text)
          .text(text, page.left, pdf.y, { width: page.width, lineGap: 2 });
      });
      pdf.y += 5;
    },
    figure(alternative, height, draw) {
      makeRoom(height);
      const top = pdf.y;
      block(
        'Figure',
        () => {
          draw(top);
        },
        alternative,
      );
      pdf.x = page.left;
      pdf.y = top + height;
    },
    gap(height) {
      pdf.y += height;
    },
    startPage() {
      pdf.addPage();
    },
    async finish(footer) {
      root.end();
      const { count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        pdf.switchToPage(index);
        writeFooter(pdf, footer(index + 1, count));
      }
      pdf.end();
      return ended;
    },
  };
}

function writeFooter(pdf: PDFKit.PDFDocument, text: string): void {
  // Below the margin pdfkit would start a page of its own.
  pdf.page.margins.bottom = 0;
  pdf.markContent('Artifact', { type: 'Pagination' });
  pdf
    .moveTo(page.left, 790)
    .lineTo(page.right, 790)
    .lineWidth(0.5)
    .strokeColor(colours.rule)
    .stroke();
  pdf
    .font(fonts.text)
    .fontSize(7)
    .fillColor(colours.quiet)
    .text(text, page.left, 796, { width: page.width, lineBreak: false });
  pdf.endMarkedContent();
}
