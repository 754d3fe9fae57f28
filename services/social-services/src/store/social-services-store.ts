import type { District } from '@tavolo/schemas';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import type {
  AccessChannel,
  AmountBand,
  AreaOfNeed,
  CareArea,
  CaseStatus,
  ContactChannel,
  ContactOutcome,
  DemandType,
  NetworkNode,
  ObjectiveCategory,
  PlanAreaState,
  ProfessionalRole,
  ProviderKind,
  ReferralOutcome,
  ReferralReason,
  VulnerabilityCategory,
} from '../generated/resolver-types.ts';

/**
 * An id inside the institution: `PAR:123` for a row of one social service, the registry's own id for people
 * and households. Never shown: resolvers turn it into an opaque id.
 */
export type LocalId = string;

/** A person by key, known or not: an unknown one has no local id, and empty lists. */
export interface PersonReference {
  readonly __typename?: 'Person';
  readonly socialServicesKey: string;
  readonly personId: LocalId | null;
}

/** A household by key, known or not. */
export interface HouseholdReference {
  readonly __typename?: 'Household';
  readonly socialServicesHouseholdKey: string;
  readonly householdId: LocalId | null;
}

export interface SocialCaseRow {
  readonly localId: LocalId;
  readonly personId: LocalId;
  readonly householdId: LocalId | null;
  readonly openedAt: string;
  readonly status: CaseStatus;
  readonly closedAt: string | null;
  readonly municipalityCode: string;
  readonly areaOfNeed: AreaOfNeed | null;
  readonly accessChannel: AccessChannel | null;
  readonly caseManagerRole: ProfessionalRole | null;
}

export interface DeskContactRow {
  readonly localId: LocalId;
  /** `null` for a contact that nobody's name was taken for. */
  readonly personId: LocalId | null;
  readonly desk: string;
  readonly district: District;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly channel: ContactChannel | null;
  readonly demandType: DemandType | null;
  readonly outcome: ContactOutcome | null;
  readonly mediationUsed: boolean | null;
  readonly language: string | null;
}

/** A row that belongs to another one: movements, plans … to a case, areas … to a plan. */
export interface ChildRow {
  readonly localId: LocalId;
  readonly parentId: LocalId;
}

export interface MovementRow extends ChildRow {
  readonly kind: 'OPENED' | 'CLOSED' | 'REOPENED' | 'OTHER';
  /** `null` when the source's day cannot be read. */
  readonly on: string | null;
}

export interface AssessmentRow extends ChildRow {
  readonly at: string;
  readonly assessorRole: ProfessionalRole | null;
  readonly vulnerabilityFactors: VulnerabilityCategory[];
}

/** An area as the service wrote it and as it is mapped; each may be missing. */
export interface LocalArea {
  readonly area: CareArea | null;
  readonly localCode: string | null;
}

export interface AssessedAreaRow extends ChildRow, LocalArea {
  readonly score: number | null;
}

export interface PlanRow extends ChildRow {
  readonly startedAt: string;
  readonly reviewDue: string | null;
  readonly referencePersonPresent: boolean | null;
}

export interface PlanAreaRow extends ChildRow, LocalArea {
  readonly objective: ObjectiveCategory | null;
  readonly horizonMonths: number | null;
  readonly state: PlanAreaState | null;
}

export interface TeamRoleRow extends ChildRow {
  readonly role: ProfessionalRole;
  readonly from: string | null;
}

export interface TeamMeetingRow extends ChildRow {
  readonly at: string;
  readonly level: number | null;
  readonly roles: ProfessionalRole[];
}

export interface InterventionRow extends ChildRow, LocalArea {
  readonly istatItem: string | null;
  readonly plannedAt: string | null;
  readonly deliveredAt: string | null;
  readonly amountBand: AmountBand | null;
  readonly provider: ProviderKind | null;
}

export interface ReferralRow extends ChildRow {
  readonly from: NetworkNode | null;
  readonly to: NetworkNode | null;
  readonly at: string;
  readonly reason: ReferralReason | null;
  readonly acceptedAt: string | null;
  readonly outcome: ReferralOutcome | null;
}

export interface AreaCodeUseRow extends LocalArea {
  readonly socialService: string;
  readonly rows: number;
}

export interface CaseFilter {
  readonly districts: DistrictScope;
  readonly status: CaseStatus | null;
}

export interface ContactFilter {
  readonly districts: DistrictScope;
  /** `YYYY-MM-DD`, included. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Where a list goes on: after this row, at most so many. */
export interface KeysetPage {
  readonly afterId: LocalId | null;
  readonly limit: number;
}

/**
 * What the graph needs of the *cartella sociale*. Nothing here can write. Cancelled rows, rows that cannot
 * be read and rows of a protected person (`riservato`) are never returned. Cases and contacts are those of
 * the districts given: a case's is its municipality's, a contact's its desk's. Rows below a parent come newest first, at most 100 a parent. Throws
 * `HubError` `UNAVAILABLE` while the database does not answer.
 */
export interface SocialServicesStore {
  /** In the order of their local ids, by social service. */
  listCases(filter: CaseFilter, page: KeysetPage): Promise<SocialCaseRow[]>;
  findCases(ids: readonly LocalId[], districts: DistrictScope): Promise<SocialCaseRow[]>;
  findCasesOfPeople(
    personIds: readonly LocalId[],
    districts: DistrictScope,
  ): Promise<SocialCaseRow[]>;
  findCasesOfHouseholds(
    householdIds: readonly LocalId[],
    districts: DistrictScope,
  ): Promise<SocialCaseRow[]>;
  listDeskContacts(filter: ContactFilter, page: KeysetPage): Promise<DeskContactRow[]>;
  findDeskContactsOfPeople(
    personIds: readonly LocalId[],
    districts: DistrictScope,
  ): Promise<DeskContactRow[]>;
  findMovements(caseIds: readonly LocalId[]): Promise<MovementRow[]>;
  findAssessments(caseIds: readonly LocalId[]): Promise<AssessmentRow[]>;
  findAssessedAreas(assessmentIds: readonly LocalId[]): Promise<AssessedAreaRow[]>;
  findPlans(caseIds: readonly LocalId[]): Promise<PlanRow[]>;
  findPlanAreas(planIds: readonly LocalId[]): Promise<PlanAreaRow[]>;
  findTeamRoles(planIds: readonly LocalId[]): Promise<TeamRoleRow[]>;
  findTeamMeetings(planIds: readonly LocalId[]): Promise<TeamMeetingRow[]>;
  findInterventions(caseIds: readonly LocalId[]): Promise<InterventionRow[]>;
  findReferrals(caseIds: readonly LocalId[]): Promise<ReferralRow[]>;
  /** Every area code in use, with how often, mapped or not. */
  countAreaCodes(): Promise<AreaCodeUseRow[]>;
}
