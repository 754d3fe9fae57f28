import { setImmediate } from 'node:timers/promises';
import { FeedFileError, type Sheet } from '@tavolo/feed-kit';
import { type ParsedSheet, parsePresenceSheet } from './parse-presence-sheet.ts';
import type { SheetTitle } from './read-sheet-title.ts';

/** Every tab of a workbook that holds a presence table; `day` is used where no tab states one. */
export async function parsePresenceWorkbook(
  reading: Promise<readonly Sheet[]>,
  day: string,
): Promise<ParsedSheet[]> {
  let inherited: SheetTitle = { day };
  const parsed: ParsedSheet[] = [];
  for (const sheet of await reading) {
    const result = parsePresenceSheet(sheet, inherited);
    if (result.kind === 'no table') continue;
    if (result.kind === 'sheet') {
      const { managingBody, day: stated } = result.sheet.title;
      inherited = { managingBody, day: stated };
    }
    parsed.push(result);
    // A workbook may hold a year of sheets: the graph is served between two of them.
    await setImmediate();
  }
  if (parsed.length === 0)
    throw new FeedFileError('MALFORMED', 'no presence table in the workbook');
  return parsed;
}
