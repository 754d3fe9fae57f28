import type { CellValue, SheetRow } from '@tavolo/feed-kit';
import { foldText } from './facility-name.ts';
import { readDay } from './read-day.ts';

/** What the lines above the table say; undefined where a sheet does not say it. */
export interface SheetTitle {
  readonly managingBody?: string;
  readonly centre?: string;
  readonly municipality?: string;
  readonly receptionType?: string;
  readonly day?: string;
  readonly cig?: string;
  readonly openFrom?: string;
  readonly capacity?: number;
  readonly activePlaces?: number;
  readonly reserved?: number;
  readonly outOfService?: number;
}

type TitleField = keyof SheetTitle;

/** Labels seen in sheets, folded. */
const labels: Readonly<Record<TitleField, readonly string[]>> = {
  managingBody: ['ente gestore', 'gestore', 'soggetto gestore'],
  centre: ['struttura', 'centro', 'denominazione', 'denominazione struttura', 'nome struttura'],
  municipality: ['comune', 'comune di', 'sede'],
  receptionType: ['tipologia', 'tipo', 'tipo struttura'],
  day: [
    'data',
    'giorno',
    'presenze del',
    'presenze del giorno',
    'foglio presenze del',
    'alla data del',
  ],
  cig: ['cig'],
  openFrom: ['aperta dal', 'convenzione dal', 'attiva dal'],
  capacity: ['capienza', 'capienza autorizzata', 'posti autorizzati', 'posti'],
  activePlaces: ['posti attivi', 'attivi'],
  reserved: ['riservati', 'posti riservati'],
  outOfService: ['fuori servizio', 'posti fuori servizio', 'inagibili'],
};

const fieldByLabel = new Map(
  Object.entries(labels).flatMap(([field, names]) =>
    // Object.entries forgets that the keys are those of the record.
    names.map((name) => [name, field as TitleField] as const),
  ),
);

const days: ReadonlySet<TitleField> = new Set(['day', 'openFrom']);
const counts: ReadonlySet<TitleField> = new Set([
  'capacity',
  'activePlaces',
  'reserved',
  'outOfService',
]);

/** Reads `Label: value` pairs, several to a cell (`|` or `;` between) or with the value in the next cell. */
export function readSheetTitle(rows: readonly SheetRow[]): SheetTitle {
  const title: Record<string, string | number> = {};
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) {
      if (typeof cell !== 'string') continue;
      for (const piece of cell.split(/[|;\n]/u)) {
        const [label = '', ...rest] = piece.split(':');
        const field = fieldByLabel.get(foldText(label));
        if (field === undefined || title[field] !== undefined) continue;
        const text = rest.join(':').trim();
        const value = readValue(field, text === '' ? nextCell(cells, index) : text);
        if (value !== null) title[field] = value;
      }
    }
  }
  return title;
}

function readValue(field: TitleField, cell: CellValue | undefined): string | number | null {
  if (days.has(field)) return readDay(cell);
  if (counts.has(field)) {
    const found = /^\d{1,5}/u.exec(
      typeof cell === 'number' ? String(cell) : String(cell ?? '').trim(),
    );
    return found ? Number(found[0]) : null;
  }
  return typeof cell === 'string' && cell.trim() !== '' ? cell.trim() : null;
}

function nextCell(cells: readonly (CellValue | undefined)[], index: number): CellValue | undefined {
  return cells.slice(index + 1).find((cell) => cell !== undefined && cell !== null && cell !== '');
}
