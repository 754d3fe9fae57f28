import type { CellValue } from '@tavolo/feed-kit';
import { type IdentifierKind, normaliseIdentifier } from '@tavolo/linkage';

/** What tells one person from another inside this institution; the last two are its own numbers. */
export type LocalIdentifierKind = IdentifierKind | 'SAI_GUEST' | 'CENTRE_GUEST';

/** In the order of trust in which a person is looked up; a permit is kept and enrolled but never decides. */
export const resolvingKinds: readonly LocalIdentifierKind[] = [
  'CUI',
  'VESTANET',
  'CODICE_FISCALE',
  'CODICE_FISCALE_PROVISIONAL',
  'SAI_GUEST',
  'CENTRE_GUEST',
];

export interface LocalIdentifier {
  readonly kind: LocalIdentifierKind;
  readonly value: string;
}

/** The identifiers of one row, and how many cells held something that is no identifier (`0000000`, `in attesa`). */
export interface RowIdentifiers {
  readonly identifiers: readonly LocalIdentifier[];
  readonly ignored: number;
}

/** Cells as the feeds have them; a fiscal code's column may hold the definitive or the provisional one. */
export interface IdentifierCells {
  readonly cui?: CellValue | undefined;
  readonly vestanet?: CellValue | undefined;
  readonly fiscalCode?: CellValue | undefined;
  readonly permit?: CellValue | undefined;
}

/** Reads what identifies a person; a cell that holds no identifier is left out and counted. */
export function readIdentifiers(cells: IdentifierCells): RowIdentifiers {
  const identifiers: LocalIdentifier[] = [];
  let ignored = 0;
  const read = (cell: CellValue | undefined, kinds: readonly IdentifierKind[]) => {
    const text = readCode(cell);
    if (text === null) return;
    for (const kind of kinds) {
      const found = normaliseIdentifier(kind, text);
      if (found === null) continue;
      identifiers.push({ kind, value: found.canonical });
      return;
    }
    ignored += 1;
  };
  read(cells.cui, ['CUI']);
  read(cells.vestanet, ['VESTANET']);
  read(cells.fiscalCode, ['CODICE_FISCALE', 'CODICE_FISCALE_PROVISIONAL']);
  read(cells.permit, ['PERMIT']);
  return { identifiers, ignored };
}

/** Upper case without spaces; null for an empty cell or a dash. */
export function readCode(cell: CellValue | undefined): string | null {
  if (typeof cell !== 'string' && typeof cell !== 'number') return null;
  const code = String(cell).toUpperCase().replace(/\s+/gu, '');
  return code === '' || code === '-' ? null : code;
}
