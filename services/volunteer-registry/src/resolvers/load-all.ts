import type DataLoader from 'dataloader';

/** Loads each key and keeps what was found, each once, in the order of the keys. */
export async function loadFound<Row>(
  loader: DataLoader<string, Row | null>,
  keys: readonly string[],
): Promise<Row[]> {
  const rows = await Promise.all([...new Set(keys)].map((key) => loader.load(key)));
  return rows.filter((row) => row !== null);
}

/** Loads the rows of each key into one list. */
export async function loadGroups<Row extends { readonly id: string }>(
  loader: DataLoader<string, Row[]>,
  keys: readonly string[],
): Promise<Row[]> {
  const groups = await Promise.all([...new Set(keys)].map((key) => loader.load(key)));
  return [...new Map(groups.flat().map((row) => [row.id, row])).values()];
}

/** Sorts rows by a day, latest first; rows of one day in order of id, rows without a day last. */
export function latestFirst<Row extends { readonly id: string }>(
  rows: readonly Row[],
  dayOf: (row: Row) => string | null,
): Row[] {
  const keyOf = (row: Row) => dayOf(row) ?? '';
  return [...rows].sort((a, b) => {
    if (keyOf(a) !== keyOf(b)) return keyOf(a) < keyOf(b) ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  });
}
