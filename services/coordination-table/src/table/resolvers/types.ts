import type {
  DecisionResolvers,
  GoodPracticeResolvers,
  MeetingInvitationResolvers,
  MeetingResolvers,
  NodeParticipationResolvers,
  ObjectiveResolvers,
  ProtocolResolvers,
  ProtocolSignatoryResolvers,
  SeatResolvers,
  TableActivityResolvers,
} from '../../generated/resolver-types.ts';
import { romeDay } from '../../reference/rome-day.ts';
import { protocolStatusOn } from '../protocol-status.ts';
import { goodPracticeFields } from '../rows.ts';

const Seat: SeatResolvers = {
  municipality: ({ municipalityCode }, _arguments, { reference }) =>
    municipalityCode === null ? null : reference.municipalities.byCode(municipalityCode),
};

const Meeting: MeetingResolvers = {
  invitations: ({ id }, _arguments, { register }) =>
    register.loaders.invitationsByMeetingId.load(id),
  agenda: ({ id }, _arguments, { register }) => register.loaders.agendaByMeetingId.load(id),
  decisions: ({ id }, _arguments, { register }) => register.loaders.decisionsByMeetingId.load(id),
};

const MeetingInvitation: MeetingInvitationResolvers = {
  seat: ({ seatId }, _arguments, { register }) => register.loaders.seatById.load(seatId),
};

const Decision: DecisionResolvers = {
  protocol: ({ protocolId }, _arguments, { register }) =>
    protocolId === null ? null : register.loaders.protocolById.load(protocolId),
};

const Objective: ObjectiveResolvers = {
  progress: ({ id }, _arguments, { register }) => register.loaders.progressByObjectiveId.load(id),
};

const Protocol: ProtocolResolvers = {
  owner: ({ ownerSeatId }, _arguments, { register }) => register.loaders.seatById.load(ownerSeatId),
  status: (protocol, { on }, { now }) => protocolStatusOn(protocol, on ?? romeDay(now())),
  signatories: ({ id }, _arguments, { register }) =>
    register.loaders.signatoriesByProtocolId.load(id),
};

const ProtocolSignatory: ProtocolSignatoryResolvers = {
  seat: ({ seatId }, _arguments, { register }) =>
    seatId === null ? null : register.loaders.seatById.load(seatId),
  municipality: ({ municipalityCode }, _arguments, { reference }) =>
    municipalityCode === null ? null : reference.municipalities.byCode(municipalityCode),
};

const GoodPractice: GoodPracticeResolvers = {
  fieldNumber: ({ field }) => goodPracticeFields.indexOf(field) + 1,
  transferability: ({ transferability }) => [...transferability],
  protocol: ({ protocolId }, _arguments, { register }) =>
    protocolId === null ? null : register.loaders.protocolById.load(protocolId),
  seat: ({ seatId }, _arguments, { register }) => register.loaders.seatById.load(seatId),
};

const TableActivity: TableActivityResolvers = {
  meetings: ({ meetings }) => [...meetings],
  participation: ({ participation }) => [...participation],
  criteriaAdopted: ({ criteriaAdopted }) => [...criteriaAdopted],
  municipalitiesWithProtocol: ({ municipalitiesWithProtocol }, _arguments, { reference }) =>
    municipalitiesWithProtocol.flatMap((code) => reference.municipalities.byCode(code) ?? []),
};

const NodeParticipation: NodeParticipationResolvers = {
  seat: ({ seatId }, _arguments, { register }) => register.loaders.seatById.load(seatId),
};

/** Every type of the register, as the resolvers' map names it. */
export const registerTypes = {
  Seat,
  Meeting,
  MeetingInvitation,
  Decision,
  Objective,
  Protocol,
  ProtocolSignatory,
  GoodPractice,
  TableActivity,
  NodeParticipation,
};
