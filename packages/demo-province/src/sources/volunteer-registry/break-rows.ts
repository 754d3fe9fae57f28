import type { RegisterLine } from './register-file.ts';

export interface DirtyOptions {
  /** Broken rows beside the good ones, 0 to 1. */
  readonly dirtyShare: number;
  readonly random: () => number;
}

interface Mistake {
  readonly kind: string;
  /** The cells to change, by any of the headings the associations use; a function sees the old cell. */
  readonly cells: Readonly<Record<string, string>>;
  /** Also keep the row's own number, so that it appears twice. */
  readonly keepsNumber?: true;
  readonly dropsLastCells?: true;
}

/** Household codes of this form are given to nobody. */
const nobodysHousehold = 'NR999999';
const day = (text: string) => ({
  'Data inizio': text,
  'Inizio attività': text,
  Dal: text,
  Inizio: text,
});

const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  volontari: [
    { kind: 'bad-date', cells: day('31/02/2024') },
    { kind: 'duplicate-number', cells: {}, keepsNumber: true },
    {
      kind: 'bad-identifier',
      cells: { 'Codice fiscale': 'NON NOTO', 'C.F.': 'NON NOTO', CF: 'NON NOTO' },
    },
    { kind: 'short-row', cells: {}, dropsLastCells: true },
  ],
  formazione: [
    { kind: 'bad-quantity', cells: { Ore: 'dodici', 'Durata (ore)': 'dodici' } },
    { kind: 'bad-date', cells: { 'Completato il': '2024', 'Data attestato': '2024' } },
  ],
  abbinamenti: [
    {
      kind: 'single-volunteer',
      cells: {
        Volontari: '1',
        Tutor: '1',
        'Codice nucleo': nobodysHousehold,
        Nucleo: nobodysHousehold,
      },
    },
    { kind: 'too-many-volunteers', cells: { Volontari: '1, 2, 3, 4', Tutor: '1, 2, 3, 4' } },
    { kind: 'no-volunteer', cells: { Volontari: '', Tutor: '' } },
    {
      kind: 'unknown-household',
      cells: { 'Codice nucleo': nobodysHousehold, Nucleo: nobodysHousehold },
    },
    { kind: 'bad-household', cells: { 'Codice nucleo': 'da chiedere', Nucleo: 'da chiedere' } },
    { kind: 'bad-date', cells: day('30/02/2024') },
  ],
  supervisioni: [
    { kind: 'bad-date', cells: { Data: '00/00/2024', 'Data incontro': '00/00/2024' } },
  ],
  attivita: [
    { kind: 'bad-quantity', cells: { 'Ore settimanali': 'tante', 'Ore/sett.': 'tante' } },
    { kind: 'bad-date', cells: day('99/99/2024') },
  ],
};

/** Adds broken copies of rows at the end of a register; each register with rows gets one at least. */
export function breakRows(
  register: string,
  heading: readonly string[],
  lines: readonly RegisterLine[],
  { dirtyShare, random }: DirtyOptions,
): RegisterLine[] {
  const kinds = mistakes[register] ?? [];
  if (dirtyShare <= 0 || lines.length === 0 || kinds.length === 0) return [...lines];
  const count = Math.max(1, Math.round(lines.length * dirtyShare));
  const from = Math.floor(random() * kinds.length);
  const broken = Array.from({ length: count }, (_, index): RegisterLine => {
    const line = lines[Math.floor(random() * lines.length)] ?? { cells: [] };
    const mistake = kinds[(from + index) % kinds.length];
    if (!mistake) return line;
    const cells = line.cells.map((cell, column) => mistake.cells[heading[column] ?? ''] ?? cell);
    // Numbers from 9001 are given to nobody; a supervision has no number of its own.
    if (!mistake.keepsNumber && register !== 'supervisioni') cells[0] = String(9001 + index);
    return { cells: mistake.dropsLastCells ? cells.slice(0, -2) : cells, dirty: mistake.kind };
  });
  return [...lines, ...broken];
}
