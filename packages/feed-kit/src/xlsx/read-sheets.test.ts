import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readSheets } from './read-sheets.ts';
import { defaultWorkbookLimits } from './sheet.ts';

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function archive(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const relations =
  '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>';
const oneTab = '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>';

describe('reading a workbook', () => {
  it('gives texts, numbers, real dates, merged titles and formula results, with the row numbers people see', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('Casa Rossa');
      sheet.addRow(['Foglio presenze']);
      sheet.mergeCells('A1:C1');
      sheet.addRow([]);
      sheet.addRow(['N.', 'Ingresso', 'Nota']);
      sheet.addRow([
        1,
        new Date(Date.UTC(2026, 10, 5)),
        { richText: [{ text: 'sì' }, { text: '!' }] },
      ]);
      sheet.getCell('B4').numFmt = 'dd/mm/yyyy';
      sheet.addRow([{ formula: 'SUM(A4:A4)', result: 1 }, 12.5, true]);
      book.addWorksheet('Hidden', { state: 'hidden' });
    });
    const sheets = await readSheets(bytes);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['Casa Rossa']);
    const rows = sheets[0]?.rows ?? [];
    expect(rows.map((row) => row.line)).toEqual([1, 3, 4, 5]);
    expect(rows[0]?.cells[0]).toBe('Foglio presenze');
    expect(rows[2]?.cells).toEqual([1, new Date('2026-11-05T00:00:00Z'), 'sì!']);
    expect(rows[3]?.cells).toEqual([1, 12.5, true]);
  });

  it('refuses a truncated XLSX, text that is no archive, and an empty file', async () => {
    const bytes = await workbook((book) => book.addWorksheet('A').addRow([1]));
    for (const broken of [
      bytes.subarray(0, bytes.length / 2),
      Buffer.from('PK not a zip'),
      Buffer.alloc(0),
    ]) {
      await expect(readSheets(broken)).rejects.toMatchObject({ code: 'TRUNCATED' });
    }
  });

  it('refuses an archive whose bytes were damaged in the middle', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('A');
      for (let row = 0; row < 2000; row += 1) sheet.addRow([row, `text ${row * 7919}`]);
    });
    bytes.fill(0xaa, 2000, 4000);
    await expect(readSheets(bytes)).rejects.toMatchObject({ name: 'FeedFileError' });
  });

  it('refuses a zip bomb by what really comes out, whatever the archive declares', async () => {
    const bomb = await archive({
      'xl/workbook.xml': oneTab,
      'xl/_rels/workbook.xml.rels': relations,
      'xl/worksheets/sheet1.xml': Buffer.alloc(40 * 1024 * 1024, 0x20),
    });
    await expect(readSheets(bomb)).rejects.toMatchObject({ code: 'ZIP_BOMB' });
    const lying = Buffer.from(bomb);
    // The declared sizes are those of the central directory: make the largest one small.
    const size = Buffer.alloc(4);
    size.writeUInt32LE(40 * 1024 * 1024);
    for (let at = lying.indexOf(size); at !== -1; at = lying.indexOf(size, at + 1)) {
      lying.writeUInt32LE(100, at);
    }
    await expect(readSheets(lying)).rejects.toMatchObject({ name: 'FeedFileError' });
  });

  it('refuses more entries than any workbook has', async () => {
    const parts: Record<string, string> = {};
    for (let index = 0; index < 600; index += 1) parts[`xl/media/${index}.png`] = '';
    await expect(readSheets(await archive(parts))).rejects.toMatchObject({ code: 'ZIP_BOMB' });
  });

  it('refuses a document type, so no entity is ever expanded', async () => {
    const bytes = await archive({
      'xl/workbook.xml': `<!DOCTYPE x [<!ENTITY a "aaaa">]>${oneTab}`,
      'xl/_rels/workbook.xml.rels': relations,
      'xl/worksheets/sheet1.xml': '<worksheet/>',
    });
    await expect(readSheets(bytes)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('gives up at the deadline and reads the next workbook all the same', async () => {
    const bytes = await workbook((book) => book.addWorksheet('A').addRow([1]));
    await expect(
      readSheets(bytes, { ...defaultWorkbookLimits, deadlineMs: 0 }),
    ).rejects.toMatchObject({ code: 'TIMED_OUT' });
    expect(await readSheets(bytes)).toHaveLength(1);
  });

  it('leaves the bytes it was given as they were', async () => {
    const bytes = await workbook((book) => book.addWorksheet('A').addRow([1]));
    await readSheets(bytes);
    expect(await readSheets(bytes)).toHaveLength(1);
  });
});
