import type { District } from '@tavolo/access-model';
import type { MeetingLevel } from './table-activity.ts';

export const nodeKinds = [
  'LEAD_MUNICIPALITY',
  'HEALTH_AUTHORITY',
  'SAI_PROJECT',
  'SOCIAL_SERVICE',
  'POLICE_HEADQUARTERS',
  'PREFECTURE',
  'COORDINATING_BODY',
  'OTHER',
] as const;
export const meetingLevels = ['POLITICAL', 'ORGANISATIONAL', 'TECHNICAL_OPERATIONAL'] as const;
export const cadenceUnits = ['DAY', 'WEEK', 'MONTH'] as const;
export const objectiveAims = [
  'FAIR_STANDARDS',
  'FAIR_ACCESS',
  'NETWORK_TOOLS',
  'MONITORING',
  'DISTRICT_TABLES',
] as const;
export const criterionServices = [
  'DOMICILE',
  'RESIDENCE',
  'ASYLUM_APPLICATION',
  'RECEPTION',
  'IMMEDIATE_RECEPTION',
  'PRIORITY_LIST',
  'HEALTH',
  'SOCIAL',
  'HOUSING',
  'WORK_TRAINING',
  'OTHER',
] as const;
/** In the order of the numbers on the ministry's form, from 1. */
export const goodPracticeFields = [
  'NETWORKS',
  'INSTITUTIONAL_SKILLS',
  'INNOVATIVE_RECEPTION',
  'ACCESS_TO_SERVICES',
  'ITALIAN_LANGUAGE',
  'WORK_AND_SOCIAL_INCLUSION',
  'VOLUNTARY_INVOLVEMENT',
  'INCLUSION_IN_TERRITORIES',
  'ACTIVE_CITIZENSHIP',
  'VULNERABLE_SUPPORT',
  'OTHER',
] as const;
export const formalisations = [
  'NONE',
  'PROTOCOL',
  'MEMORANDUM',
  'OPERATIONAL_AGREEMENT',
  'OTHER_AGREEMENT',
] as const;
export const transferabilityFactors = [
  'POLITICAL_WILL',
  'EXISTING_RELATIONS',
  'KNOWLEDGE_OF_CONTEXT',
  'MULTIPROFESSIONAL_INTEGRATION',
  'OPENNESS_TO_VOLUNTEERS',
  'SHARED_METHODS',
  'SKILLED_STAFF',
  'CONTINUOUS_STAFF',
  'LEAN_PROCEDURES',
] as const;

/** A row that lists put in an order of their own; `position` is its place. */
export interface Placed {
  readonly id: string;
  readonly position: string;
}

export interface SeatRow extends Placed {
  readonly organisation: string;
  readonly name: string;
  readonly kind: (typeof nodeKinds)[number];
  readonly district: District | null;
  readonly municipalityCode: string | null;
  readonly from: string;
  readonly to: string | null;
}

export interface CadenceRuleRow {
  readonly id: string;
  readonly level: MeetingLevel;
  readonly every: number;
  readonly unit: (typeof cadenceUnits)[number];
  readonly reading: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface MeetingRow extends Placed {
  readonly level: MeetingLevel;
  readonly state: 'PLANNED' | 'HELD' | 'CANCELLED';
  readonly plannedAt: string;
  readonly heldAt: string | null;
  readonly cancelledAt: string | null;
  readonly cancellationReason: string | null;
}

export interface InvitationRow {
  readonly meetingId: string;
  readonly seatId: string;
  readonly invitedAt: string;
  readonly attended: boolean | null;
}

export interface AgendaItemRow {
  readonly meetingId: string;
  readonly position: number;
  readonly text: string;
}

export interface DecisionRow {
  readonly id: string;
  readonly meetingId: string;
  readonly number: number;
  readonly text: string;
  readonly protocolId: string | null;
  readonly recordedAt: string;
}

export interface ObjectiveRow extends Placed {
  readonly year: number;
  readonly district: District | null;
  readonly aim: (typeof objectiveAims)[number];
  readonly title: string;
  readonly indicatorId: string;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly dueOn: string;
  readonly state: 'OPEN' | 'REACHED' | 'NOT_REACHED' | 'DROPPED';
  readonly closedOn: string | null;
}

export interface ProgressRow {
  readonly objectiveId: string;
  readonly on: string;
  readonly value: number;
  readonly note: string | null;
}

/** A protocol's state on a day follows from its days alone: see `protocolStatusOn`. */
export interface ProtocolDays {
  readonly signedOn: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly withdrawnOn: string | null;
}

export interface ProtocolRow extends Placed, ProtocolDays {
  readonly code: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly ownerSeatId: string;
  readonly withdrawalReason: string | null;
}

export interface SignatoryRow {
  readonly protocolId: string;
  readonly seatId: string | null;
  readonly municipalityCode: string | null;
}

export interface CriterionRow extends Placed {
  readonly code: string;
  readonly version: number;
  readonly service: (typeof criterionServices)[number];
  readonly text: string;
  readonly adoptedOn: string;
  readonly reviewOn: string | null;
}

export interface PracticeRow extends Placed {
  readonly title: string;
  readonly field: (typeof goodPracticeFields)[number];
  readonly description: string;
  readonly formalisation: (typeof formalisations)[number];
  readonly protocolId: string | null;
  readonly seatId: string;
  readonly transferability: readonly (typeof transferabilityFactors)[number][];
  readonly publishedOn: string;
}
