import { FeedFileError } from '../feed-file-error.ts';
import { inflateWorkbook } from './inflate-workbook.ts';
import { readDateStyles } from './read-date-styles.ts';
import { readSharedStrings } from './read-shared-strings.ts';
import { readWorksheet } from './read-worksheet.ts';
import { readXml } from './read-xml.ts';
import type { Sheet, WorkbookLimits } from './sheet.ts';

/** Reads every visible worksheet of an XLSX, in the order of its tabs; runs wherever it is called. */
export async function readWorkbook(bytes: Buffer, limits: WorkbookLimits): Promise<Sheet[]> {
  const parts = await inflateWorkbook(bytes, limits);
  const workbook = parts.get('xl/workbook.xml');
  if (workbook === undefined) throw new FeedFileError('MALFORMED', 'the archive is not a workbook');
  const { tabs, startsIn1904 } = readTabs(workbook);
  const targets = readTargets(parts.get('xl/_rels/workbook.xml.rels') ?? '');
  const strings = readSharedStrings(parts.get('xl/sharedStrings.xml'));
  const dateStyles = readDateStyles(parts.get('xl/styles.xml'));
  const book = { strings, dateStyles, startsIn1904, cellsLeft: limits.maxCells };
  const sheets: Sheet[] = [];
  for (const { name, relation } of tabs) {
    const xml = parts.get(targets.get(relation) ?? '');
    if (xml === undefined) {
      throw new FeedFileError('MALFORMED', 'a worksheet named in the workbook is not in the file');
    }
    sheets.push({ name, rows: readWorksheet(xml, book) });
  }
  return sheets;
}

interface Tab {
  readonly name: string;
  readonly relation: string;
}

function readTabs(xml: string): { tabs: readonly Tab[]; startsIn1904: boolean } {
  const tabs: Tab[] = [];
  let startsIn1904 = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') {
        startsIn1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      }
      if (name === 'sheet' && (attributes['state'] ?? 'visible') === 'visible') {
        tabs.push({ name: attributes['name'] ?? '', relation: attributes['r:id'] ?? '' });
      }
    },
  });
  return { tabs, startsIn1904 };
}

function readTargets(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  if (xml === '') return targets;
  readXml(xml, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = attributes['Target'] ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      targets.set(attributes['Id'] ?? '', path);
    },
  });
  return targets;
}
