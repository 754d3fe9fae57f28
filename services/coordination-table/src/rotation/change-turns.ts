import { randomUUID } from 'node:crypto';
import { HubError } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type {
  DomicileTurnState,
  OfferDomicileTurnInput,
  RecordDomicileUseInput,
  SkipDomicileTurnInput,
} from '../generated/resolver-types.ts';
import { romeDay } from '../reference/rome-day.ts';
import { nextMunicipality } from './next-turn.ts';
import {
  readCounts,
  readOpenPosition,
  readRules,
  toTurn,
  turnRows,
} from './postgres-rotation-store.ts';
import { deficitsOf, readRota } from './rota.ts';
import type { TurnRow } from './rotation-store.ts';
import type { RotationTables } from './rotation-tables.ts';

type Change = Transaction<RotationTables>;

/** Whether the caller may give turns to this municipality, or change those it has. */
export type MayChange = (istatCode: string) => boolean;

/** Offers the open position to the municipality it falls to; everything is read within the change. */
export async function offerTurn(
  transaction: Change,
  { year, position, requestCode }: OfferDomicileTurnInput,
  at: Date,
  mayChange: MayChange,
): Promise<TurnRow> {
  if (requestCode != null && !/^[\w-]{4,64}$/u.test(requestCode)) {
    refuse('requestCode must have 4 to 64 letters, digits, - or _');
  }
  const today = romeDay(at);
  if (String(year) !== today.slice(0, 4)) {
    refuse('year must be the running one: turns are offered in the year they count for');
  }
  const rota = await readRota(
    { rules: () => readRules(transaction), counts: (of) => readCounts(transaction, of) },
    year,
    today,
  );
  if (rota === null) return refuse('year has no rota: adopt a rule of the rotation first');
  const open = await readOpenPosition(transaction, year);
  if (position !== open.position) {
    refuse('position was given meanwhile or is not the next one; read the rota again');
  }
  if (requestCode != null && open.requestCode !== null && requestCode !== open.requestCode) {
    refuse('position still waits for another request; offer it without a requestCode first');
  }
  const code = requestCode ?? open.requestCode;
  if (code !== null) await refuseSecondTurn(transaction, code);
  const { rule } = rota;
  const istatCode = nextMunicipality(rule.municipalities, deficitsOf(rota), open.passedBy);
  if (!mayChange(istatCode)) refuseDistrict();
  const id = randomUUID();
  await transaction
    .insertInto('domicile_turn')
    .values({
      id,
      year,
      position,
      istat_code: istatCode,
      state: 'OFFERED',
      skip_reason: null,
      request_code: code,
      rule_version: rule.version,
      offered_at: at,
      due_on: Temporal.PlainDate.from(today).add({ days: rule.answerDays }).toString(),
      accepted_at: null,
      skipped_at: null,
      used_from: null,
      used_to: null,
    })
    .execute();
  return readTurn(transaction, id);
}

export async function acceptTurn(
  transaction: Change,
  turnId: string,
  at: Date,
  mayChange: MayChange,
): Promise<TurnRow> {
  await turnIn(transaction, turnId, ['OFFERED'], mayChange);
  await transaction
    .updateTable('domicile_turn')
    .set({ state: 'ACCEPTED', accepted_at: at })
    .where('id', '=', turnId)
    .execute();
  return readTurn(transaction, turnId);
}

export async function skipTurn(
  transaction: Change,
  { turnId, reason }: SkipDomicileTurnInput,
  at: Date,
  mayChange: MayChange,
): Promise<TurnRow> {
  await turnIn(transaction, turnId, ['OFFERED', 'ACCEPTED'], mayChange);
  await transaction
    .updateTable('domicile_turn')
    .set({ state: 'SKIPPED', skip_reason: reason, skipped_at: at })
    .where('id', '=', turnId)
    .execute();
  return readTurn(transaction, turnId);
}

/** The municipality and the days are kept; where somebody lives is not. */
export async function recordUse(
  transaction: Change,
  { turnId, from, to }: RecordDomicileUseInput,
  mayChange: MayChange,
): Promise<TurnRow> {
  await turnIn(transaction, turnId, ['ACCEPTED', 'USED'], mayChange);
  if (to != null && to < from) refuse('to must not be before from');
  await transaction
    .updateTable('domicile_turn')
    .set({ state: 'USED', used_from: from, used_to: to ?? null })
    .where('id', '=', turnId)
    .execute();
  return readTurn(transaction, turnId);
}

async function refuseSecondTurn(transaction: Change, requestCode: string): Promise<void> {
  const other = await transaction
    .selectFrom('domicile_turn')
    .select('id')
    .where('request_code', '=', requestCode)
    .where('state', '<>', 'SKIPPED')
    .executeTakeFirst();
  if (other) refuse('requestCode has a turn already: one request is served by one turn');
}

/** The turn, if the caller may change it and it is in one of these states; another district's is as one of nobody's. */
async function turnIn(
  transaction: Change,
  turnId: string,
  states: readonly DomicileTurnState[],
  mayChange: MayChange,
): Promise<void> {
  const turn = await transaction
    .selectFrom('domicile_turn')
    .select(['istat_code', 'state'])
    .where('id', '=', turnId)
    .executeTakeFirst();
  if (turn === undefined || !mayChange(turn.istat_code)) {
    throw new HubError('NOT_FOUND', 'turnId is of no turn that you may change');
  }
  if (!states.includes(turn.state)) {
    refuse(`turnId is of a turn that is ${turn.state}; it must be ${states.join(' or ')}`);
  }
}

async function readTurn(transaction: Change, id: string): Promise<TurnRow> {
  return toTurn(await turnRows(transaction).where('id', '=', id).executeTakeFirstOrThrow());
}

function refuseDistrict(): never {
  throw new HubError(
    'FORBIDDEN',
    'The next turn falls to a municipality outside your districts; its coordinator offers it',
  );
}

function refuse(reason: string): never {
  throw new HubError('BAD_USER_INPUT', reason);
}
