import type { z } from 'zod';
import { most, recordAttendanceInput, recordDecisionInput } from '../inputs.ts';
import { requireProvince } from '../permissions.ts';
import { readInput } from '../read-input.ts';
import { requireMeeting } from './meeting-parts.ts';
import { notFound, refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** What is kept of a meeting that was held; each gives the meeting's id. */
export function createMinutesChanges(apply: ApplyRegisterChange) {
  return {
    recordAttendance(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'recordAttendance');
      const input = readInput(recordAttendanceInput, raw);
      return apply(request, 'recordAttendance', input, (change) => recordAttendance(change, input));
    },
    recordDecision(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'recordDecision');
      const input = readInput(recordDecisionInput, raw);
      return apply(request, 'recordDecision', input, (change) => recordDecision(change, input));
    },
  };
}

async function recordAttendance(
  change: RegisterChange,
  { meetingId, attendance }: z.output<typeof recordAttendanceInput>,
): Promise<string> {
  await requireMeeting(change, meetingId, 'recordAttendance', ['HELD']);
  for (const attended of [true, false]) {
    const seatIds = attendance.filter((node) => node.attended === attended);
    if (seatIds.length === 0) continue;
    const noted = await change.transaction
      .updateTable('invitation')
      .set({ attended })
      .where('meeting_id', '=', meetingId)
      .where(
        'seat_id',
        'in',
        seatIds.map(({ seatId }) => seatId),
      )
      .executeTakeFirstOrThrow();
    if (Number(noted.numUpdatedRows) < seatIds.length) {
      refuse('input.attendance', 'must name nodes that were invited; invite the others first');
    }
  }
  return meetingId;
}

async function recordDecision(
  change: RegisterChange,
  { meetingId, text, protocolId }: z.output<typeof recordDecisionInput>,
): Promise<string> {
  const { transaction, newId, at } = change;
  await requireMeeting(change, meetingId, 'recordDecision', ['HELD']);
  if (protocolId !== null) {
    const protocol = await transaction
      .selectFrom('protocol')
      .select('id')
      .where('id', '=', protocolId)
      .executeTakeFirst();
    if (!protocol) notFound('input.protocolId', 'protocol');
  }
  const { last } = await transaction
    .selectFrom('decision')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow();
  const number = (last ?? 0) + 1;
  if (number > most.decisions) {
    refuse(
      'input.meetingId',
      `names a meeting with ${most.decisions} decisions, which is the most`,
    );
  }
  await transaction
    .insertInto('decision')
    .values({
      id: newId,
      meeting_id: meetingId,
      number,
      text,
      protocol_id: protocolId,
      recorded_at: at,
    })
    .execute();
  return meetingId;
}
