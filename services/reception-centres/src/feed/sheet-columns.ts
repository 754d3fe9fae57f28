import type { CellValue } from '@tavolo/feed-kit';
import { foldText } from './facility-name.ts';

/** What a column of a presence sheet means, whatever it is called this month. */
export type SheetColumn =
  | 'guest'
  | 'name'
  | 'familyName'
  | 'givenName'
  | 'cui'
  | 'vestanet'
  | 'fiscalCode'
  | 'permit'
  | 'birth'
  | 'sex'
  | 'citizenship'
  | 'entryDay'
  | 'entryTime'
  | 'exitDay'
  | 'household'
  | 'present'
  | 'signature'
  | 'nights'
  | 'notes';

/** Names seen in sheets, folded (lower case, no accents or punctuation); add a synonym here, nowhere else. */
const synonyms: Readonly<Record<SheetColumn, readonly string[]>> = {
  guest: [
    'n',
    'nr',
    'num',
    'numero',
    'n ospite',
    'numero ospite',
    'cod ospite',
    'codice ospite',
    'id ospite',
    'progr',
    'matricola',
  ],
  name: ['cognome e nome', 'nome e cognome', 'nominativo', 'ospite', 'cognome nome'],
  familyName: ['cognome'],
  givenName: ['nome'],
  cui: ['cui', 'c u i', 'codice cui', 'codice unico identificativo'],
  vestanet: ['vestanet', 'n vestanet', 'vesta net', 'pratica vestanet', 'id vestanet'],
  fiscalCode: ['cod fisc', 'cod fiscale', 'codice fiscale', 'c f', 'cf'],
  permit: ['permesso', 'n permesso', 'pds', 'permesso di soggiorno', 'n pds'],
  birth: ['data nascita', 'data di nascita', 'nato il', 'nata o il', 'nascita'],
  sex: ['sesso', 'genere', 'm f'],
  citizenship: ['cittadinanza', 'nazionalita', 'paese', 'stato'],
  entryDay: [
    'data ingresso',
    'data di ingresso',
    'ingresso',
    'ingresso il',
    'data arrivo',
    'data di arrivo',
    'arrivo',
    'entrata',
    'data entrata',
    'presente dal',
  ],
  entryTime: ['ora', 'ora ingresso', 'ora arrivo', 'ore', 'alle ore'],
  exitDay: ['data uscita', 'uscita', 'uscita il', 'data di uscita', 'dimesso il'],
  household: ['nucleo', 'nucleo familiare', 'cod nucleo', 'codice nucleo', 'famiglia'],
  present: ['presente', 'presenza', 'pres', 'presenti', 'presente si no'],
  signature: ['firma', 'firma ospite', 'firma presenza'],
  nights: ['notti', 'notte', 'pernottamenti', 'pernotto', 'gg'],
  notes: ['note', 'annotazioni', 'osservazioni'],
};

const meaning = new Map(
  Object.entries(synonyms).flatMap(([column, names]) =>
    // Object.entries forgets that the keys are those of the record.
    names.map((name) => [name, column as SheetColumn] as const),
  ),
);

/** Where each column is; the columns a sheet cannot do without are listed by `missingColumns`. */
export type ColumnPlaces = ReadonlyMap<SheetColumn, number>;

/** The columns of a row if it is a header: three or more cells with a known meaning; otherwise null. */
export function readHeaderRow(cells: readonly (CellValue | undefined)[]): ColumnPlaces | null {
  const places = new Map<SheetColumn, number>();
  for (const [index, cell] of cells.entries()) {
    if (typeof cell !== 'string') continue;
    const column = meaning.get(foldText(cell));
    if (column !== undefined && !places.has(column)) places.set(column, index);
  }
  return places.size >= 3 ? places : null;
}

/** Columns without which a guest cannot be told apart or counted; empty when the sheet can be read. */
export function missingColumns(places: ColumnPlaces): string[] {
  const missing: string[] = [];
  if (!(['guest', 'cui', 'vestanet', 'fiscalCode'] as const).some((name) => places.has(name))) {
    missing.push('guest number');
  }
  if (!(['present', 'signature', 'nights'] as const).some((name) => places.has(name))) {
    missing.push('presence');
  }
  return missing;
}
