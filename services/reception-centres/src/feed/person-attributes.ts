import type { CellValue } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import { readCitizenship } from './citizenship-code.ts';
import { foldText } from './facility-name.ts';
import { readBirthDate } from './read-birth-date.ts';

/** Cells as the feeds have them; the name is in one column or in two. */
export interface AttributeCells {
  readonly name?: CellValue | undefined;
  readonly familyName?: CellValue | undefined;
  readonly givenName?: CellValue | undefined;
  readonly birth?: CellValue | undefined;
  readonly sex?: CellValue | undefined;
  readonly citizenship?: CellValue | undefined;
}

/** Longer than any name: a remark that slipped into the column, or an attack. */
const longestName = 200;

const sexByWord: ReadonlyMap<string, 'F' | 'M'> = new Map([
  ['f', 'F'],
  ['femmina', 'F'],
  ['femminile', 'F'],
  ['donna', 'F'],
  ['m', 'M'],
  ['maschio', 'M'],
  ['maschile', 'M'],
  ['uomo', 'M'],
]);

/**
 * What a row says of the person besides numbers, for the encoder and nobody else. A cell that cannot be
 * understood is null: nothing here refuses a row. `day` is the day the row speaks of.
 */
export function readPersonAttributes(cells: AttributeCells, day: string): PersonAttributes {
  return {
    name: readName([cells.name, cells.familyName, cells.givenName]),
    birthDate: readBirthDate(cells.birth, day),
    sex: typeof cells.sex === 'string' ? (sexByWord.get(foldText(cells.sex)) ?? null) : null,
    citizenship: readCitizenship(cells.citizenship),
  };
}

function readName(parts: readonly (CellValue | undefined)[]): string | null {
  const name = parts
    .filter((part) => typeof part === 'string')
    .join(' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return name.length <= longestName && /\p{L}/u.test(name) ? name : null;
}
