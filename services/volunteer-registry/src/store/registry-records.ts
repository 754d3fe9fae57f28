import type {
  AvailabilitySlot,
  ConsentScope,
  MatchEndReason,
  PublicUtilityKind,
  RuntsSection,
  SupervisionRole,
  TrainingCourse,
  TrainingProvider,
  TutorActivity,
} from '../generated/resolver-types.ts';

export type { Municipality as MunicipalityRow } from '@tavolo/schemas';

/** The kinds of register a body hands in; each is a file of its own and a collection of its own. */
export type RegisterKind =
  | 'organisations'
  | 'memberships'
  | 'trainings'
  | 'matches'
  | 'supervisions'
  | 'activities';

export interface OrganisationContent {
  readonly runtsNumber: string;
  readonly name: string;
  readonly runtsSection: RuntsSection;
  /** ISTAT code; null when the seat is outside the province. */
  readonly municipality: string | null;
  readonly agreementFrom: string | null;
  readonly agreementTo: string | null;
}

/** One citizen's entry in one body's register. Names and codice fiscale are kept only as keyed hashes. */
export interface MembershipContent {
  readonly organisationId: string;
  readonly fiscalKey: string | null;
  /** Keyed hash of name and birth date; null when one of them is missing. */
  readonly nameKey: string | null;
  readonly birthDate: string | null;
  readonly municipality: string | null;
  readonly languages: readonly string[];
  readonly skills: readonly TutorActivity[];
  readonly availability: readonly AvailabilitySlot[];
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly isOccasional: boolean;
  readonly consentScope: ConsentScope | null;
}

export interface TrainingContent {
  readonly membershipId: string;
  readonly course: TrainingCourse;
  readonly provider: TrainingProvider;
  readonly hours: number | null;
  readonly sessions: number | null;
  readonly completedOn: string | null;
}

export interface TutorMatchContent {
  readonly organisationId: string;
  readonly householdKey: string;
  /** `issuer:code`, as enrolled in the person index; never shown. */
  readonly householdCode: string;
  readonly membershipIds: readonly string[];
  readonly from: string;
  readonly to: string | null;
  readonly endReason: MatchEndReason | null;
  readonly activityTypes: readonly TutorActivity[];
}

export interface SupervisionContent {
  readonly organisationId: string;
  readonly on: string;
  readonly participantRoles: readonly SupervisionRole[];
  readonly matchIds: readonly string[];
}

/** Work of an asylum seeker; name, birth date and codice fiscale are kept in clear only because the enrolment encodes them. */
export interface ActivityContent {
  readonly organisationId: string;
  readonly personKey: string;
  /** Absent in what was kept before names were; null when the register has none. */
  readonly name?: string | null;
  /** `YYYY-MM-DD`; absent in what was kept before birth dates were, null when the register has none that can be read. */
  readonly birthDate?: string | null;
  readonly codiceFiscale: string | null;
  readonly kind: PublicUtilityKind;
  readonly from: string;
  readonly to: string | null;
  readonly weeklyHours: number | null;
}

/** What each kind of register records. */
export interface RegisterContents {
  readonly organisations: OrganisationContent;
  readonly memberships: MembershipContent;
  readonly trainings: TrainingContent;
  readonly matches: TutorMatchContent;
  readonly supervisions: SupervisionContent;
  readonly activities: ActivityContent;
}

export type OrganisationRow = OrganisationContent & { readonly id: string };
export type TrainingRow = TrainingContent & { readonly id: string };
export type TutorMatchRow = TutorMatchContent & { readonly id: string };
export type SupervisionRow = SupervisionContent & { readonly id: string };
export type ActivityRow = ActivityContent & { readonly id: string };

/** An entry, the citizen it was found to be about, and whether a later register no longer has it. */
export type MembershipRow = MembershipContent & {
  readonly id: string;
  readonly volunteerRef: string;
  readonly isWithdrawn: boolean;
};

/** One citizen: every entry the bodies have of them. */
export interface VolunteerRow {
  readonly ref: string;
  readonly memberships: readonly MembershipRow[];
}

export interface PersonReference {
  readonly volunteerRegistryKey: string;
}

export interface HouseholdReference {
  readonly volunteerRegistryHouseholdKey: string;
}
