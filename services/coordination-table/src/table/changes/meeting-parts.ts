import { most } from '../inputs.ts';
import type { MeetingRow } from '../rows.ts';
import { notFound, refuse } from './refuse.ts';
import type { RegisterChange } from './register-change.ts';

/** The meeting, in a state in which `mutation` may change it. */
export async function requireMeeting(
  { transaction }: RegisterChange,
  meetingId: string,
  mutation: string,
  states: readonly MeetingRow['state'][],
) {
  const meeting = await transaction
    .selectFrom('meeting')
    .select(['state', 'planned_at'])
    .where('id', '=', meetingId)
    .executeTakeFirst();
  if (!meeting) notFound('input.meetingId', 'meeting');
  if (!states.includes(meeting.state)) {
    refuse(
      'input.meetingId',
      `names a meeting that is ${meeting.state}; ${mutation} needs one that is ${states.join(' or ')}`,
    );
  }
  return meeting;
}

/** Invites nodes that sit at the table on the meeting's day; a node invited before stays invited. */
export async function invite(
  { transaction, at }: RegisterChange,
  meetingId: string,
  day: string,
  seatIds: readonly string[],
): Promise<void> {
  if (seatIds.length === 0) return;
  const seated = await transaction
    .selectFrom('seat')
    .select('id')
    .where('id', 'in', seatIds)
    .where('from_day', '<=', day)
    .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', day)]))
    .execute();
  if (seated.length < seatIds.length) {
    refuse('input.seatIds', 'must name seats at the table on the day of the meeting');
  }
  await transaction
    .insertInto('invitation')
    .values(
      seatIds.map((seatId) => ({
        meeting_id: meetingId,
        seat_id: seatId,
        invited_at: at,
        attended: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['meeting_id', 'seat_id']).doNothing())
    .execute();
  const { invited } = await transaction
    .selectFrom('invitation')
    .select(({ fn }) => fn.countAll<string>().as('invited'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow();
  if (Number(invited) > most.invitations) {
    refuse('input.seatIds', `would invite more than ${most.invitations} nodes to one meeting`);
  }
}

/** Adds points after those that are there. */
export async function addAgenda(
  { transaction }: RegisterChange,
  meetingId: string,
  field: string,
  items: readonly string[],
): Promise<void> {
  if (items.length === 0) return;
  const { last } = await transaction
    .selectFrom('agenda_item')
    .select(({ fn }) => fn.max<number | null>('position').as('last'))
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow();
  const count = last ?? 0;
  if (count + items.length > most.agendaItems) {
    refuse(field, `would make more than ${most.agendaItems} points`);
  }
  await transaction
    .insertInto('agenda_item')
    .values(
      items.map((text, index) => ({ meeting_id: meetingId, position: count + index + 1, text })),
    )
    .execute();
}
