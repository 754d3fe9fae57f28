import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type CsvFormat, type CsvRow, readCsvRows } from './csv-rows.ts';

const format: CsvFormat = { encoding: 'windows-1252', delimiter: ';', requiredColumns: ['a', 'b'] };

async function read(text: string | Buffer, over: Partial<CsvFormat> = {}): Promise<CsvRow[]> {
  const merged = { ...format, ...over };
  const bytes = Buffer.isBuffer(text) ? text : iconv.encode(text, merged.encoding);
  const rows: CsvRow[] = [];
  for await (const row of readCsvRows(bytes, merged)) rows.push(row);
  return rows;
}

describe('reading a CSV export', () => {
  it('gives every row with the line on which it starts', async () => {
    const rows = await read('a;b\r\n1;2\r\n"3\r\nx";4\r\n\r\n5;6\r\n');
    expect(rows.map((row) => [row.line, row.cells['a'], row.cells['b']])).toEqual([
      [2, '1', '2'],
      [3, '3\r\nx', '4'],
      [6, '5', '6'],
    ]);
  });

  it('reads the accents and the euro sign of Windows-1252', async () => {
    const [row] = await read(Buffer.from([0x61, 0x3b, 0x62, 0x0a, 0xe0, 0x3b, 0x80, 0x0a]));
    expect(row?.cells).toEqual({ a: 'à', b: '€' });
  });

  it('names the missing column', async () => {
    await expect(read('a;c\n1;2\n')).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
      message: 'missing column b',
    });
  });

  it('refuses a column that appears twice', async () => {
    await expect(read('a;b;a\n')).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('marks a row with too few or too many cells and goes on', async () => {
    const rows = await read('a;b\n1\n1;2;3\n5;6\n');
    expect(rows.map((row) => row.problem)).toEqual([
      '1 cells where the header has 2',
      '3 cells where the header has 2',
      null,
    ]);
  });

  it('refuses wrong encodings: UTF-8 for Windows-1252, Windows-1252 for UTF-8, UTF-16, an undefined byte', async () => {
    const text = 'a;b\nperché;2\n';
    await expect(read(Buffer.from(text, 'utf8'))).rejects.toMatchObject({ code: 'WRONG_ENCODING' });
    await expect(read(Buffer.from(`\uFEFFa;b\n1;2`, 'utf8'))).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
    });
    await expect(
      read(iconv.encode(text, 'windows-1252'), { encoding: 'utf8' }),
    ).rejects.toMatchObject({ code: 'WRONG_ENCODING' });
    await expect(read(Buffer.from(text, 'utf16le'))).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
    });
    await expect(read(Buffer.from([0x61, 0x3b, 0x62, 0x0a, 0x81]))).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
    });
    await expect(read('a;b\nper\uFFFD;2\n', { encoding: 'utf8' })).rejects.toMatchObject({
      code: 'WRONG_ENCODING',
    });
  });

  it('refuses a file over the limit, an empty one, and a quote that swallows the rest', async () => {
    await expect(read('a;b\n1;2\n', { maxBytes: 5 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(read('')).rejects.toMatchObject({ code: 'TRUNCATED' });
    await expect(read('a;b\n"1;2\n3;4\n')).rejects.toMatchObject({ code: 'MALFORMED' });
    await expect(read(`a;b\n"${'x'.repeat(200)}`, { maxRowCharacters: 100 })).rejects.toMatchObject(
      { code: 'MALFORMED' },
    );
  });

  it('never quotes the content in the message of a refusal', async () => {
    await expect(read('a;b\n1;"SEGRETO"x\n"SEGRETO;4\n')).rejects.toSatisfy(
      (error: Error) => !error.message.includes('SEGRETO'),
    );
  });

  it('lets the event loop turn while a long file is read', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const rows = await read(`a;b\n${'1;2\n'.repeat(50_000)}`);
    clearInterval(timer);
    expect(rows).toHaveLength(50_000);
    expect(turns).toBeGreaterThan(10);
  });

  it('reads back whatever cells were written, in any order of pieces', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'b', 'à', 'é', '€', ' ', ';', '"', '\n', ',', '1'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), async (cells) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = ['a;b', ...cells.map((row) => row.map(quoted).join(';'))].join('\n');
        const rows = await read(text);
        expect(rows.map((row) => [row.cells['a'], row.cells['b']])).toEqual(cells);
      }),
    );
  });
});
