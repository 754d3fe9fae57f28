import type { z } from 'zod';
import { romeDay } from '../../reference/rome-day.ts';
import {
  addAgendaItemsInput,
  cancelMeetingInput,
  holdMeetingInput,
  inviteNodesInput,
  planMeetingInput,
} from '../inputs.ts';
import { requireProvince } from '../permissions.ts';
import { readInput } from '../read-input.ts';
import { addAgenda, invite, requireMeeting } from './meeting-parts.ts';
import { refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** The life of a meeting up to the day it is held or cancelled; each gives the meeting's id. */
export function createMeetingChanges(apply: ApplyRegisterChange) {
  return {
    planMeeting(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'planMeeting');
      const input = readInput(planMeetingInput, raw);
      return apply(request, 'planMeeting', input, (change) => planMeeting(change, input));
    },
    inviteNodes(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'inviteNodes');
      const input = readInput(inviteNodesInput, raw);
      return apply(request, 'inviteNodes', input, async (change) => {
        const meeting = await requireMeeting(change, input.meetingId, 'inviteNodes', [
          'PLANNED',
          'HELD',
        ]);
        await invite(change, input.meetingId, romeDay(meeting.planned_at), input.seatIds);
        return input.meetingId;
      });
    },
    addAgendaItems(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'addAgendaItems');
      const input = readInput(addAgendaItemsInput, raw);
      return apply(request, 'addAgendaItems', input, async (change) => {
        await requireMeeting(change, input.meetingId, 'addAgendaItems', ['PLANNED']);
        await addAgenda(change, input.meetingId, 'input.items', input.items);
        return input.meetingId;
      });
    },
    holdMeeting(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'holdMeeting');
      const input = readInput(holdMeetingInput, raw);
      return apply(request, 'holdMeeting', input, (change) => holdMeeting(change, input));
    },
    cancelMeeting(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'cancelMeeting');
      const input = readInput(cancelMeetingInput, raw);
      return apply(request, 'cancelMeeting', input, (change) => cancelMeeting(change, input));
    },
  };
}

async function planMeeting(
  change: RegisterChange,
  { level, plannedAt, seatIds, agenda }: z.output<typeof planMeetingInput>,
): Promise<string> {
  const { transaction, newId } = change;
  await transaction
    .insertInto('meeting')
    .values({
      id: newId,
      position: `${plannedAt} ${newId}`,
      level,
      state: 'PLANNED',
      planned_at: plannedAt,
      held_at: null,
      cancelled_at: null,
      cancellation_reason: null,
    })
    .execute();
  await invite(change, newId, romeDay(new Date(plannedAt)), seatIds);
  await addAgenda(change, newId, 'input.agenda', agenda);
  return newId;
}

async function holdMeeting(
  change: RegisterChange,
  { meetingId, heldAt }: z.output<typeof holdMeetingInput>,
): Promise<string> {
  await requireMeeting(change, meetingId, 'holdMeeting', ['PLANNED']);
  if (new Date(heldAt) > change.at) refuse('input.heldAt', 'must not lie in the future');
  await change.transaction
    .updateTable('meeting')
    .set({ state: 'HELD', held_at: heldAt })
    .where('id', '=', meetingId)
    .execute();
  return meetingId;
}

async function cancelMeeting(
  change: RegisterChange,
  { meetingId, reason }: z.output<typeof cancelMeetingInput>,
): Promise<string> {
  await requireMeeting(change, meetingId, 'cancelMeeting', ['PLANNED']);
  await change.transaction
    .updateTable('meeting')
    .set({ state: 'CANCELLED', cancelled_at: change.at, cancellation_reason: reason })
    .where('id', '=', meetingId)
    .execute();
  return meetingId;
}
