import type { ColumnType } from 'kysely';
import type {
  CadenceRuleRow,
  CriterionRow,
  MeetingRow,
  ObjectiveRow,
  PracticeRow,
  SeatRow,
} from '../rows.ts';

type Moment = ColumnType<Date, Date | string, Date | string>;
type NullableMoment = ColumnType<Date | null, Date | string | null, Date | string | null>;

/** The tables of `migrations.ts`. */
export interface RegisterTables {
  seat: {
    id: string;
    position: string;
    organisation: string;
    name: string;
    kind: SeatRow['kind'];
    district: SeatRow['district'];
    municipality_code: string | null;
    from_day: string;
    to_day: string | null;
  };
  cadence_rule: {
    id: string;
    level: CadenceRuleRow['level'];
    every: number;
    unit: CadenceRuleRow['unit'];
    reading: string;
    valid_from: string;
    valid_to: string | null;
  };
  meeting: {
    id: string;
    position: string;
    level: MeetingRow['level'];
    state: MeetingRow['state'];
    planned_at: Moment;
    held_at: NullableMoment;
    cancelled_at: NullableMoment;
    cancellation_reason: string | null;
  };
  invitation: { meeting_id: string; seat_id: string; invited_at: Moment; attended: boolean | null };
  agenda_item: { meeting_id: string; position: number; text: string };
  protocol: {
    id: string;
    position: string;
    code: string;
    version: number;
    title: string;
    summary: string;
    owner_seat_id: string;
    signed_on: string | null;
    valid_from: string | null;
    valid_to: string | null;
    withdrawn_on: string | null;
    withdrawal_reason: string | null;
  };
  signatory: {
    protocol_id: string;
    position: number;
    seat_id: string | null;
    municipality_code: string | null;
  };
  decision: {
    id: string;
    meeting_id: string;
    number: number;
    text: string;
    protocol_id: string | null;
    recorded_at: Moment;
  };
  objective: {
    id: string;
    position: string;
    year: number;
    district: ObjectiveRow['district'];
    aim: ObjectiveRow['aim'];
    title: string;
    indicator_id: string;
    baseline: number | null;
    target: number | null;
    due_on: string;
    state: ObjectiveRow['state'];
    closed_on: string | null;
  };
  objective_progress: { objective_id: string; on_day: string; value: number; note: string | null };
  criterion: {
    id: string;
    position: string;
    code: string;
    version: number;
    service: CriterionRow['service'];
    text: string;
    adopted_on: string;
    review_on: string | null;
  };
  good_practice: {
    id: string;
    position: string;
    title: string;
    field: PracticeRow['field'];
    description: string;
    formalisation: PracticeRow['formalisation'];
    protocol_id: string | null;
    seat_id: string;
    transferability: ColumnType<
      PracticeRow['transferability'],
      readonly string[],
      readonly string[]
    >;
    published_on: string;
  };
}
