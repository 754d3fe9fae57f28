import type { Caller } from '@tavolo/subgraph-kit';
import type { Transaction } from 'kysely';
import { romeDay } from '../../reference/rome-day.ts';
import type { ChangeLog } from '../../store/change-log.ts';
import { idOfChange } from '../id-of-change.ts';
import type { RegisterTables } from '../store/register-tables.ts';

/** One change of the register, in its transaction: nobody else changes anything meanwhile. */
export interface RegisterChange {
  readonly transaction: Transaction<RegisterTables>;
  readonly caller: Caller;
  readonly at: Date;
  /** The day it is in Italy. */
  readonly today: string;
  /** The id for what this change makes. */
  readonly newId: string;
}

/** Who asks for a change, and under which key. */
export interface ChangeRequest {
  readonly caller: Caller;
  readonly clientKey: string;
}

/** Runs `work` as the change `mutation`, once; gives back the id of what it made or changed. */
export type ApplyRegisterChange = (
  request: ChangeRequest,
  mutation: string,
  input: unknown,
  work: (change: RegisterChange) => Promise<string>,
) => Promise<string>;

export function createApplyRegisterChange(changes: ChangeLog): ApplyRegisterChange {
  return async ({ caller, clientKey }, mutation, input, work) => {
    const { id } = await changes.apply<RegisterTables, { id: string }>(
      { caller, mutation, clientKey, input },
      async (transaction, at) => ({
        id: await work({
          transaction,
          caller,
          at,
          today: romeDay(at),
          newId: idOfChange(mutation, caller, clientKey),
        }),
      }),
    );
    return id;
  };
}
