import { randomUUID } from 'node:crypto';
import type { District } from '@tavolo/access-model';
import { recordKey } from '@tavolo/disclosure';
import { HubError } from '@tavolo/subgraph-kit';
import { sql, type Transaction } from 'kysely';
import type { TableSecrets } from '../module.ts';
import { romeDay } from '../reference/rome-day.ts';
import { daysBefore, type IsoWeek } from './iso-week.ts';
import { readList } from './postgres-priority-list-store.ts';
import type { CriteriaRow, ListRow } from './priority-list-store.ts';
import type { PriorityListTables } from './priority-list-tables.ts';
import { pseudonymOf } from './pseudonym-of.ts';
import { hashOfInputs, rankEntries } from './rank-entries.ts';
import type { WaitingUnit } from './waiting-people.ts';

type Change = Transaction<PriorityListTables>;

/** What a list is made of. */
export interface ListMaterial {
  readonly district: District;
  readonly week: IsoWeek;
  readonly criteria: CriteriaRow;
  readonly waiting: readonly WaitingUnit[];
  readonly factsLoadedAt: string | null;
}

/** Rows of one statement; PostgreSQL takes 65,535 values. */
const rowsAtOnce = 1_000;

/** Makes the draft of a list, within a change; a draft made before is replaced, a published list never. */
export async function prepareList(
  transaction: Change,
  material: ListMaterial,
  at: Date,
  secrets: TableSecrets,
): Promise<ListRow> {
  const { district, week, criteria, factsLoadedAt } = material;
  const before = await readList(transaction, district, week.name);
  if (before !== null && before.publishedAt !== null) {
    throw new HubError(
      'BAD_USER_INPUT',
      'isoWeek has a published list in this district; a published list is never made again',
    );
  }
  if (before !== null) {
    await transaction.deleteFrom('priority_list').where('id', '=', before.id).execute();
  }
  const waiting = await withWhatListsKnow(transaction, material, at);
  const id = randomUUID();
  const unitOf = new Map(
    waiting.map((each) => [pseudonymOf(secrets.priorityList, id, each.unit), each]),
  );
  const frozen = [...unitOf].map(([code, { inputs }]) => ({ code, inputs }));
  const ranked = rankEntries(frozen, criteria, week.monday);
  await transaction
    .insertInto('priority_list')
    .values({
      id,
      iso_week: week.name,
      week_starts_on: week.monday,
      district,
      criteria_version: criteria.version,
      prepared_at: at,
      published_at: null,
      facts_loaded_at: factsLoadedAt,
      inputs_hash: hashOfInputs(frozen, criteria.version, week.monday),
    })
    .execute();
  const entries = ranked.map(({ code, rank, score, inputs, components }) => ({
    code,
    list_id: id,
    unit: unitOf.get(code)?.unit ?? '',
    rank,
    score,
    inputs: JSON.stringify(inputs),
    components: JSON.stringify(components),
    state: 'WAITING' as const,
  }));
  for (const rows of inBatches(entries)) {
    await transaction.insertInto('priority_entry').values(rows).execute();
  }
  const people = [...unitOf].flatMap(([code, unit]) =>
    unit.people.map((person_ref) => ({
      code,
      list_id: id,
      person_ref,
      record_key: recordKey(secrets.disclosure, 'PERSON', person_ref).toString(),
    })),
  );
  for (const rows of inBatches(people)) {
    await transaction.insertInto('priority_entry_person').values(rows).execute();
  }
  const made = await readList(transaction, district, week.name);
  if (made === null) throw new Error('a list that was just made is not there');
  return made;
}

/**
 * What only the lists know: who holds an open offer, took a place or was withdrawn since asking is left out, and who
 * waited on the list before keeps the day.
 */
async function withWhatListsKnow(
  transaction: Change,
  { district, week, criteria, waiting }: ListMaterial,
  at: Date,
): Promise<readonly WaitingUnit[]> {
  const earlier = await transaction
    .selectFrom('priority_entry')
    .innerJoin('priority_list', 'priority_list.id', 'priority_entry.list_id')
    .select([
      'unit',
      'state',
      'offer_expires_at',
      'closed_at',
      sql<string>`inputs->>'waitingSince'`.as('since'),
    ])
    .where('district', '=', district)
    .where('published_at', 'is not', null)
    .where('week_starts_on', '<', week.monday)
    .where('week_starts_on', '>=', daysBefore(week.monday, criteria.demandValidDays))
    // The newest last, so that it is the one remembered.
    .orderBy('week_starts_on')
    .execute();
  const lastClosed = new Map<string, string>();
  const holdsOffer = new Set<string>();
  const waitedSince = new Map<string, string>();
  for (const { unit, state, offer_expires_at, closed_at, since } of earlier) {
    waitedSince.set(unit, since);
    if (state === 'OFFERED' && offer_expires_at !== null && offer_expires_at > at) {
      holdsOffer.add(unit);
    }
    if ((state === 'PLACED' || state === 'WITHDRAWN') && closed_at !== null) {
      lastClosed.set(unit, romeDay(closed_at));
      waitedSince.delete(unit);
    }
  }
  return waiting
    .filter(({ unit, inputs }) => {
      const closedOn = lastClosed.get(unit);
      return !holdsOffer.has(unit) && (closedOn === undefined || inputs.waitingSince > closedOn);
    })
    .map((each) => {
      const since = waitedSince.get(each.unit);
      if (since === undefined || since >= each.inputs.waitingSince) return each;
      return { ...each, inputs: { ...each.inputs, waitingSince: since } };
    });
}

function inBatches<Row>(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    batches.push(rows.slice(from, from + rowsAtOnce));
  }
  return batches;
}
