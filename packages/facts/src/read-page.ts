import type { Fact, FactRow, ListOnPath, OnlyItems, PathStart } from './fact.ts';

/** One page of an answer, as rows. */
export interface FactPage {
  readonly rows: readonly FactRow[];
  /** Rows about somebody who has no reference: protected, unwilling or too new. */
  readonly withoutUnit: number;
  /** Lists of rows that were null: their institution does not know the person, or did not answer. */
  readonly missingLists: number;
  /** Lists of rows as long as they were asked for: they may go on, and what follows is not loaded. */
  readonly fullLists: number;
  /** Null when the answer has no page at all. */
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } | null;
}

type Value = string | number | boolean | null;

/** The items above a row, from the page's item to the row itself. */
type Items = readonly unknown[];

/** Reads one page of an answer's `data`; whatever is null in it gives nulls or no rows, never an error. */
export function readPage(fact: Fact, data: unknown): FactPage {
  const rows: FactRow[] = [];
  const tally = { withoutUnit: 0, missingLists: 0, fullLists: 0 };
  const inGraph = fact.columns.flatMap(({ name, from }) =>
    from.kind === 'EXPRESSION' ? [] : [{ name, from }],
  );
  const page = at(data, fact.pagePath);
  if (!Array.isArray(page)) tally.missingLists += 1;
  else for (const node of page) addRows([node], 0);
  return { rows, ...tally, pageInfo: readPageInfo(at(data, fact.pageInfoPath)) };

  function addRows(items: Items, from: number): void {
    const here = items.at(-1);
    if (here === null || here === undefined) {
      tally.withoutUnit += 1;
      return;
    }
    if (from >= fact.rowPath.length) {
      addRow(items);
      return;
    }
    const lists = fact.listsInRowPath ?? [fact.rowPath.length - 1];
    const end = lists.find((place) => place >= from) ?? fact.rowPath.length - 1;
    const list = at(here, fact.rowPath.slice(from, end + 1));
    if (!Array.isArray(list)) {
      tally.missingLists += 1;
      return;
    }
    const limit = fact.rowLimits?.[lists.indexOf(end)] ?? null;
    if (limit !== null && list.length >= limit) tally.fullLists += 1;
    for (const item of list) addRows([...items, item], end + 1);
  }

  function addRow(items: Items): void {
    const unitRef = valueAt(items, fact.unitPath);
    if (typeof unitRef !== 'string' || unitRef === '') {
      tally.withoutUnit += 1;
      return;
    }
    const values: Record<string, Value> = {};
    for (const { name, from } of inGraph) {
      values[name] = from.kind === 'COUNT' ? countAt(items, from) : valueAt(items, from);
    }
    rows.push({ unitRef, values });
  }
}

/** The rows of one page of an answer's `data`. */
export function flattenPage(fact: Fact, data: unknown): readonly FactRow[] {
  return readPage(fact, data).rows;
}

/** Whether another page follows one and where it begins; null when the answer has no page. */
export function pageInfoOf(fact: Fact, data: unknown): FactPage['pageInfo'] {
  return readPageInfo(at(data, fact.pageInfoPath));
}

interface Place {
  readonly path: readonly string[];
  readonly lists?: readonly ListOnPath[];
  readonly only?: OnlyItems | null;
}

function startAt(items: Items, start: PathStart): unknown {
  switch (start.each) {
    case 'ROW':
      return items.at(-1);
    case 'PAGE_NODE':
      return items[0];
    case 'BETWEEN':
      return items[start.listsDeep];
  }
}

function valueAt(items: Items, place: PathStart & Place): Value {
  const value = follow(startAt(items, place), place);
  return isValue(value) ? value : null;
}

function countAt(items: Items, place: PathStart & Place): number | null {
  const list = follow(startAt(items, place), place);
  return Array.isArray(list) ? narrowed(list, place.only ?? null).length : null;
}

function follow(from: unknown, { path, lists = [] }: Place): unknown {
  return path.reduce((value, key, index) => {
    const below = property(value, key);
    const list = lists.find((each) => each.at === index);
    if (!list) return below;
    if (!Array.isArray(below)) return null;
    return narrowed(below, list.only).at(list.take === 'FIRST' ? 0 : -1);
  }, from);
}

function narrowed(list: readonly unknown[], only: OnlyItems | null): readonly unknown[] {
  if (!only) return list.filter((item) => item !== null);
  return list.filter((item) => {
    const value = property(item, only.key);
    return only.is === null ? value === null : isValue(value) && String(value) === only.is;
  });
}

function isValue(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function at(from: unknown, path: readonly string[]): unknown {
  return path.reduce(property, from);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key] // just told to have it
    : undefined;
}

function readPageInfo(value: unknown): FactPage['pageInfo'] {
  const hasNextPage = property(value, 'hasNextPage');
  const endCursor = property(value, 'endCursor');
  if (typeof hasNextPage !== 'boolean') return null;
  return { hasNextPage, endCursor: typeof endCursor === 'string' ? endCursor : null };
}
