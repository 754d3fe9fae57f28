import type { Selectable } from 'kysely';
import type {
  CadenceRuleRow,
  CriterionRow,
  DecisionRow,
  InvitationRow,
  MeetingRow,
  ObjectiveRow,
  PracticeRow,
  ProtocolRow,
  SeatRow,
} from '../rows.ts';
import type { RegisterTables } from './register-tables.ts';

type Stored<Table extends keyof RegisterTables> = Selectable<RegisterTables[Table]>;

export function toSeat(row: Stored<'seat'>): SeatRow {
  const { id, position, organisation, name, kind, district } = row;
  return {
    id,
    position,
    organisation,
    name,
    kind,
    district,
    municipalityCode: row.municipality_code,
    from: row.from_day,
    to: row.to_day,
  };
}

export function toCadenceRule(row: Stored<'cadence_rule'>): CadenceRuleRow {
  const { id, level, every, unit, reading } = row;
  return { id, level, every, unit, reading, validFrom: row.valid_from, validTo: row.valid_to };
}

export function toMeeting(row: Stored<'meeting'>): MeetingRow {
  const { id, position, level, state } = row;
  return {
    id,
    position,
    level,
    state,
    plannedAt: row.planned_at.toISOString(),
    heldAt: row.held_at?.toISOString() ?? null,
    cancelledAt: row.cancelled_at?.toISOString() ?? null,
    cancellationReason: row.cancellation_reason,
  };
}

export function toInvitation(row: Stored<'invitation'>): InvitationRow {
  return {
    meetingId: row.meeting_id,
    seatId: row.seat_id,
    invitedAt: row.invited_at.toISOString(),
    attended: row.attended,
  };
}

export function toDecision(row: Stored<'decision'>): DecisionRow {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    number: row.number,
    text: row.text,
    protocolId: row.protocol_id,
    recordedAt: row.recorded_at.toISOString(),
  };
}

export function toObjective(row: Stored<'objective'>): ObjectiveRow {
  const { id, position, year, district, aim, title, baseline, target, state } = row;
  return {
    id,
    position,
    year,
    district,
    aim,
    title,
    indicatorId: row.indicator_id,
    baseline,
    target,
    dueOn: row.due_on,
    state,
    closedOn: row.closed_on,
  };
}

export function toProtocol(row: Stored<'protocol'>): ProtocolRow {
  const { id, position, code, version, title, summary } = row;
  return {
    id,
    position,
    code,
    version,
    title,
    summary,
    ownerSeatId: row.owner_seat_id,
    signedOn: row.signed_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    withdrawnOn: row.withdrawn_on,
    withdrawalReason: row.withdrawal_reason,
  };
}

export function toCriterion(row: Stored<'criterion'>): CriterionRow {
  const { id, position, code, version, service, text } = row;
  return {
    id,
    position,
    code,
    version,
    service,
    text,
    adoptedOn: row.adopted_on,
    reviewOn: row.review_on,
  };
}

export function toPractice(row: Stored<'good_practice'>): PracticeRow {
  const { id, position, title, field, description, formalisation, transferability } = row;
  return {
    id,
    position,
    title,
    field,
    description,
    formalisation,
    protocolId: row.protocol_id,
    seatId: row.seat_id,
    transferability,
    publishedOn: row.published_on,
  };
}
