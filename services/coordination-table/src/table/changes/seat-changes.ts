import type { z } from 'zod';
import { addSeatInput, endSeatInput, setCadenceRuleInput } from '../inputs.ts';
import { requireProvince } from '../permissions.ts';
import { readInput } from '../read-input.ts';
import { notFound, refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** Changes of who sits at the table, and how often it meets; each gives the id of what it changed. */
export function createSeatChanges(apply: ApplyRegisterChange) {
  return {
    addSeat(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'addSeat');
      const input = readInput(addSeatInput, raw);
      return apply(request, 'addSeat', input, (change) => addSeat(change, input));
    },
    endSeat(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'endSeat');
      const input = readInput(endSeatInput, raw);
      return apply(request, 'endSeat', input, (change) => endSeat(change, input));
    },
    setCadenceRule(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'setCadenceRule');
      const input = readInput(setCadenceRuleInput, raw);
      return apply(request, 'setCadenceRule', input, (change) => setCadenceRule(change, input));
    },
  };
}

async function addSeat(
  { transaction, newId }: RegisterChange,
  { municipality, from, ...seat }: z.output<typeof addSeatInput>,
): Promise<string> {
  const taken = await transaction
    .selectFrom('seat')
    .select('id')
    .where('organisation', '=', seat.organisation)
    .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', from)]))
    .executeTakeFirst();
  if (taken) {
    refuse('input.organisation', 'has a seat on that day or after it; end that one first');
  }
  await transaction
    .insertInto('seat')
    .values({
      ...seat,
      id: newId,
      position: `${seat.organisation} ${from} ${newId}`,
      municipality_code: municipality,
      from_day: from,
      to_day: null,
    })
    .execute();
  return newId;
}

async function endSeat(
  { transaction }: RegisterChange,
  { seatId, to }: z.output<typeof endSeatInput>,
): Promise<string> {
  const seat = await transaction
    .selectFrom('seat')
    .select(['from_day', 'to_day'])
    .where('id', '=', seatId)
    .executeTakeFirst();
  if (!seat) notFound('input.seatId', 'seat');
  if (seat.to_day !== null) refuse('input.seatId', 'names a seat that was ended already');
  if (to < seat.from_day) refuse('input.to', "must not come before the seat's first day");
  await transaction.updateTable('seat').set({ to_day: to }).where('id', '=', seatId).execute();
  return seatId;
}

async function setCadenceRule(
  { transaction, newId }: RegisterChange,
  { validFrom, ...rule }: z.output<typeof setCadenceRuleInput>,
): Promise<string> {
  const last = await transaction
    .selectFrom('cadence_rule')
    .select(['id', 'valid_from'])
    .where('level', '=', rule.level)
    .orderBy('valid_from', 'desc')
    .executeTakeFirst();
  if (last && validFrom <= last.valid_from) {
    refuse('input.validFrom', "must come after the first day of the level's last rule");
  }
  if (last) {
    await transaction
      .updateTable('cadence_rule')
      .set({ valid_to: validFrom })
      .where('id', '=', last.id)
      .execute();
  }
  await transaction
    .insertInto('cadence_rule')
    .values({ ...rule, id: newId, valid_from: validFrom, valid_to: null })
    .execute();
  return newId;
}
