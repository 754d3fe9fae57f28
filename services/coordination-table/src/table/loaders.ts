import { groupInKeyOrder, inKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type {
  AgendaItemRow,
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
} from './rows.ts';
import type { RegisterStore } from './store/register-store.ts';

type ById<Row> = DataLoader<string, Row | null>;
type PartsOf<Row> = DataLoader<string, Row[]>;

export interface RegisterLoaders {
  readonly seatById: ById<SeatRow>;
  readonly meetingById: ById<MeetingRow>;
  readonly objectiveById: ById<ObjectiveRow>;
  readonly protocolById: ById<ProtocolRow>;
  readonly criterionById: ById<CriterionRow>;
  readonly practiceById: ById<PracticeRow>;
  readonly invitationsByMeetingId: PartsOf<InvitationRow>;
  readonly agendaByMeetingId: PartsOf<AgendaItemRow>;
  readonly decisionsByMeetingId: PartsOf<DecisionRow>;
  readonly progressByObjectiveId: PartsOf<ProgressRow>;
  readonly signatoriesByProtocolId: PartsOf<SignatoryRow>;
}

/** More ids than a page has rows, and fewer than a statement may have parameters. */
const maxBatchSize = 1_000;

/** One statement for each kind of row that a request asks for; built anew for each request. */
export function createRegisterLoaders(store: RegisterStore): RegisterLoaders {
  return {
    seatById: byId((ids) => store.seatsByIds(ids)),
    meetingById: byId((ids) => store.meetingsByIds(ids)),
    objectiveById: byId((ids) => store.objectivesByIds(ids)),
    protocolById: byId((ids) => store.protocolsByIds(ids)),
    criterionById: byId((ids) => store.criteriaByIds(ids)),
    practiceById: byId((ids) => store.practicesByIds(ids)),
    invitationsByMeetingId: partsOf(
      (ids) => store.invitationsOf(ids),
      ({ meetingId }) => meetingId,
    ),
    agendaByMeetingId: partsOf(
      (ids) => store.agendaOf(ids),
      ({ meetingId }) => meetingId,
    ),
    decisionsByMeetingId: partsOf(
      (ids) => store.decisionsOf(ids),
      ({ meetingId }) => meetingId,
    ),
    progressByObjectiveId: partsOf(
      (ids) => store.progressOf(ids),
      ({ objectiveId }) => objectiveId,
    ),
    signatoriesByProtocolId: partsOf(
      (ids) => store.signatoriesOf(ids),
      ({ protocolId }) => protocolId,
    ),
  };
}

/** After a change nothing read before it is believed. */
export function forgetAll(loaders: RegisterLoaders): void {
  const all: readonly { clearAll(): unknown }[] = Object.values(loaders);
  for (const loader of all) loader.clearAll();
}

function byId<Row extends { readonly id: string }>(
  read: (ids: readonly string[]) => Promise<Row[]>,
): ById<Row> {
  return new DataLoader(async (ids) => inKeyOrder(ids, await read(ids), ({ id }) => id), {
    maxBatchSize,
  });
}

function partsOf<Row>(
  read: (ids: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): PartsOf<Row> {
  return new DataLoader(async (ids) => groupInKeyOrder(ids, await read(ids), keyOf), {
    maxBatchSize,
  });
}
