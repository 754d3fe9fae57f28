import { type RawBuilder, sql } from 'kysely';
import type { SocialService } from '../social-service.ts';
import {
  column,
  type Fragment,
  isActive,
  isActiveInRegistry,
  selection,
  tableOf,
  unionAll,
} from './legacy-sql.ts';
import type { LegacyTable, SelectedRow } from './legacy-table.ts';
import type { LocalId } from './social-services-store.ts';

/** What the rows of one service have to keep, on top of being served. */
export type Condition = (service: SocialService) => Fragment;

const everyRow: Condition = () => sql`true`;

/** Rows of one parent beyond this are not served; no real file has so many. */
const mostRowsOfParent = 100;

/** Rows that belong to any of these parents, newest first; one statement over every social service concerned. */
export function rowsOfParents<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  parentIds: readonly LocalId[],
  condition: Condition = everyRow,
): RawBuilder<SelectedRow> | null {
  const { column: columnName, isInRegistry } = table.parent;
  return rowsOf(table, services, parentIds, { columnName, isInRegistry, condition });
}

/** As `rowsOfParents`, by another column that holds an id of the shared registry. */
export function rowsOfRegistryIds<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  ids: readonly LocalId[],
  columnName: string,
  condition: Condition,
): RawBuilder<SelectedRow> | null {
  return rowsOf(table, services, ids, { columnName, isInRegistry: true, condition });
}

function rowsOf<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  parentIds: readonly LocalId[],
  by: {
    readonly columnName: string;
    readonly isInRegistry: boolean;
    readonly condition: Condition;
  },
): RawBuilder<SelectedRow> | null {
  const { columnName, isInRegistry: isRegistryId, condition } = by;
  const branches = services.flatMap((service) => {
    const ids = isRegistryId ? parentIds : idsWithin(service, parentIds);
    if (ids.length === 0) return [];
    const belongs = sql`${column(columnName)} = any(${ids}::${isRegistryId ? sql`text` : sql`bigint`}[])`;
    return [sql`${selectServed(table, service)} and ${belongs} and ${condition(service)}`];
  });
  if (branches.length === 0) return null;
  const grouping = isRegistryId ? sql.id(columnName) : sql`service, parent_id`;
  return sql<SelectedRow>`select * from (
    select u.*, row_number() over (
      partition by ${grouping}
      order by ${sql.id(table.newestBy)} desc nulls last, service, sequence desc
    ) as place from (${unionAll(branches)}) u
  ) ranked where place <= ${mostRowsOfParent} order by ${grouping}, place`;
}

/** The rows with these ids. */
export function rowsById<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  localIds: readonly LocalId[],
  condition: Condition,
): RawBuilder<SelectedRow> | null {
  const branches = services.flatMap((service) => {
    const ids = idsWithin(service, localIds);
    if (ids.length === 0) return [];
    return [
      sql`${selectServed(table, service)} and ${column(table.id)} = any(${ids}::bigint[])
      and ${condition(service)}`,
    ];
  });
  return branches.length === 0 ? null : sql<SelectedRow>`${unionAll(branches)}`;
}

/**
 * The next rows of a list, by social service and key. Each branch stops at the limit, so a page costs the
 * same wherever it is.
 */
export function rowsAfter<Row>(
  table: LegacyTable<Row>,
  services: readonly SocialService[],
  page: { readonly afterId: LocalId | null; readonly limit: number },
  condition: Condition,
): RawBuilder<SelectedRow> | null {
  const [afterService = '', afterKey = '0'] = page.afterId?.split(':') ?? [];
  const branches = services
    .filter(({ code }) => code >= afterService)
    .map((service) => {
      const after = service.code === afterService ? afterKey : null;
      return sql`${selectServed(table, service)} and ${condition(service)}
        and (${after}::bigint is null or ${column(table.id)} > ${after}::bigint)
        order by ${column(table.id)} limit ${page.limit}`;
    });
  if (branches.length === 0) return null;
  return sql<SelectedRow>`select * from (${unionAll(branches)}) u
    order by service collate "C", sequence limit ${page.limit}`;
}

/** The rows of one table of one service, served or not, with what became of the row each belongs to. */
export function rowsToScan<Row>(
  table: LegacyTable<Row>,
  service: SocialService,
  afterSequence: string,
  limit: number,
): RawBuilder<SelectedRow & { readonly sequence: string; readonly parent_state: string | null }> {
  return sql`${selectRows(table, service, { parent_state: parentState(table, service) })}
    where ${isActive(service)} and ${column(table.id)} > ${afterSequence}::bigint
    order by ${column(table.id)} limit ${limit}`;
}

/**
 * Rows in force; where the parent is a person of the registry, only if that person is there and in force too,
 * and not protected: whoever looks for a protected person (`riservato`) must not find a row, a gap or a mask.
 */
function selectServed<Row>(table: LegacyTable<Row>, service: SocialService): Fragment {
  const { parent } = table;
  const parentIsServed = sql`exists (select from ${sql.id('anagrafe', parent.table)} p
    where ${column(parent.id, 'p')} = ${column(parent.column)} and ${isActiveInRegistry('p')}
      and ${column('riservato', 'p')} is not true)`;
  const served = !parent.isInRegistry
    ? sql`true`
    : parent.isOptional
      ? sql`(${column(parent.column)} is null or ${parentIsServed})`
      : parentIsServed;
  return sql`${selectRows(table, service, {})} where ${isActive(service)} and ${served}`;
}

function selectRows<Row>(
  table: LegacyTable<Row>,
  service: SocialService,
  more: Readonly<Record<string, Fragment>>,
): Fragment {
  const columns = selection({
    service: sql`${service.code}::text`,
    sequence: sql`${column(table.id)}::bigint`,
    local_id: sql`${column(table.id)}::text`,
    parent_id: sql`${column(table.parent.column)}::text`,
    ...table.columns(service),
    ...more,
  });
  return sql`select ${columns} from ${tableOf(service, table.name)} t ${table.joins?.(service) ?? sql``}`;
}

/** `active`, `cancelled`, or null when there is no such row. */
function parentState<Row>({ parent }: LegacyTable<Row>, service: SocialService): Fragment {
  const from = parent.isInRegistry
    ? sql`${sql.id('anagrafe', parent.table)}`
    : tableOf(service, parent.table);
  const active = parent.isInRegistry ? isActiveInRegistry('p') : isActive(service, 'p');
  return sql`(select case when ${active} then 'active' else 'cancelled' end
    from ${from} p where ${column(parent.id, 'p')} = ${column(parent.column)})`;
}

function idsWithin(service: SocialService, localIds: readonly LocalId[]): string[] {
  const prefix = `${service.code}:`;
  return localIds.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
}
