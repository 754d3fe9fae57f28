import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSnapshot } from '../snapshot.fixture.ts';
import { figureColumns } from './figure-columns.ts';
import { renderCsv, renderDataDictionary } from './render-csv.ts';

/** RFC 4180, read without the library that wrote it. */
function readCsv(text: string): string[][] {
  const cells = text.replace(/^\uFEFF/u, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/gu);
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the report as CSV', () => {
  it('has one row a figure, with bounds, status and lineage; nothing where a figure is withheld', () => {
    const report = sampleSnapshot();
    const [head = [], ...rows] = readCsv(renderCsv(report));
    expect(rows).toHaveLength(report.values.length);
    const read = rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
    expect(read[0]).toMatchObject({
      indicator: 'immediate-receptions-in-year',
      area: 'PROVINCE',
      value: '41',
      lower: '39',
      upper: '43',
      status: 'PERTURBED',
      computed_from: 'immediateReceptions',
    });
    expect(read[3]).toMatchObject({
      value: '',
      status: 'SUPPRESSED_PRIMARY',
      trend: 'NOT_COMPARABLE',
    });
  });

  it('has a line in the data dictionary for each of its columns, in both languages', () => {
    const [head = []] = readCsv(renderCsv(sampleSnapshot()));
    const [, ...lines] = readCsv(renderDataDictionary());
    expect(lines.map(([name]) => name)).toEqual(head);
    expect(lines.every(([, type, it, en]) => Boolean(type && it && en))).toBe(true);
    expect(figureColumns).toHaveLength(head.length);
  });

  it('holds no text that a spreadsheet would run, and loses none of it', () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' });
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '');
    const { indicators } = sampleSnapshot();
    fc.assert(
      fc.property(start, text, (first, rest) => {
        const title = first + rest;
        const renamed = indicators.map((each) => ({ ...each, title: { it: title, en: title } }));
        const [, row = []] = readCsv(renderCsv(sampleSnapshot({ indicators: renamed })));
        expect(row[4]?.replace(/^'/u, '')).toBe(title.replace(/^'/u, ''));
        expect(row.some((cell) => /^[=+@\t\r＝＋－＠]|^-(?!\d)/u.test(cell))).toBe(false);
      }),
    );
  });

  it('keeps numbers below nothing numbers', () => {
    const { values } = sampleSnapshot();
    const below = values.map((value) => ({
      ...value,
      cell: { ...value.cell, value: -0.125, status: 'PERTURBED' as const },
    }));
    const [head = [], row = []] = readCsv(renderCsv(sampleSnapshot({ values: below })));
    expect(row[head.indexOf('value')]).toBe('-0.125');
  });
});
