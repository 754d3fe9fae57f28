import type { District } from '@tavolo/access-model';
import type { PageRequest } from '@tavolo/subgraph-kit';
import type {
  AgendaItemRow,
  CadenceRuleRow,
  CriterionRow,
  DecisionRow,
  InvitationRow,
  MeetingRow,
  ObjectiveRow,
  PracticeRow,
  ProgressRow,
  ProtocolRow,
  SeatRow,
  SignatoryRow,
} from '../rows.ts';

export interface SeatFilter {
  readonly on: string | null;
  readonly kind: SeatRow['kind'] | null;
}

export interface MeetingFilter {
  readonly level: MeetingRow['level'] | null;
  readonly state: MeetingRow['state'] | null;
  /** Moments. */
  readonly from: Date | null;
  readonly before: Date | null;
}

export interface ObjectiveFilter {
  readonly year: number | null;
  readonly district: District | null;
  readonly state: ObjectiveRow['state'] | null;
}

export interface ProtocolFilter {
  readonly code: string | null;
  readonly inForceOn: string | null;
}

export interface CriterionFilter {
  readonly service: CriterionRow['service'] | null;
  /** Only the version that held on this day. */
  readonly on: string | null;
}

/**
 * What is read of the table's register. Pages have one row more than asked for when another page follows;
 * `afterId` is the `position` of the last row before.
 */
export interface RegisterStore {
  seats(filter: SeatFilter, page: PageRequest): Promise<SeatRow[]>;
  meetings(filter: MeetingFilter, page: PageRequest): Promise<MeetingRow[]>;
  objectives(filter: ObjectiveFilter, page: PageRequest): Promise<ObjectiveRow[]>;
  protocols(filter: ProtocolFilter, page: PageRequest): Promise<ProtocolRow[]>;
  criteria(filter: CriterionFilter, page: PageRequest): Promise<CriterionRow[]>;
  practices(field: PracticeRow['field'] | null, page: PageRequest): Promise<PracticeRow[]>;
  /** By level and first day. */
  cadenceRules(): Promise<CadenceRuleRow[]>;
  seatsByKind(on: string): Promise<ReadonlyMap<SeatRow['kind'], number>>;
  /** Those that exist among `ids`, in any order. */
  seatsByIds(ids: readonly string[]): Promise<SeatRow[]>;
  meetingsByIds(ids: readonly string[]): Promise<MeetingRow[]>;
  objectivesByIds(ids: readonly string[]): Promise<ObjectiveRow[]>;
  protocolsByIds(ids: readonly string[]): Promise<ProtocolRow[]>;
  criteriaByIds(ids: readonly string[]): Promise<CriterionRow[]>;
  practicesByIds(ids: readonly string[]): Promise<PracticeRow[]>;
  /** In the order of their organisations. */
  invitationsOf(meetingIds: readonly string[]): Promise<InvitationRow[]>;
  agendaOf(meetingIds: readonly string[]): Promise<AgendaItemRow[]>;
  decisionsOf(meetingIds: readonly string[]): Promise<DecisionRow[]>;
  progressOf(objectiveIds: readonly string[]): Promise<ProgressRow[]>;
  signatoriesOf(protocolIds: readonly string[]): Promise<SignatoryRow[]>;
}
