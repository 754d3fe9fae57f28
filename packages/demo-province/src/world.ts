/**
 * The invented province before any institution has written it down: what really happened. Each file in
 * `sources/` writes the part of it that one institution knows, in that institution's own format and with
 * that institution's own spelling and mistakes. Nobody here exists.
 */
export interface World {
  readonly seed: number;
  /** The day the province is drawn on, `YYYY-MM-DD`; nothing in the world happens after it. */
  readonly today: string;
  readonly people: readonly WorldPerson[];
  readonly households: readonly WorldHousehold[];
  readonly facilities: readonly WorldFacility[];
  readonly stays: readonly WorldStay[];
  readonly immediateReceptions: readonly WorldImmediateReception[];
  readonly asylumSteps: readonly WorldAsylumStep[];
  readonly extensions: readonly WorldExtension[];
  readonly healthEvents: readonly WorldHealthEvent[];
  readonly vulnerabilityFlags: readonly WorldVulnerabilityFlag[];
  readonly screenings: readonly WorldScreening[];
  readonly socialCases: readonly WorldSocialCase[];
  readonly deskContacts: readonly WorldDeskContact[];
  readonly volunteers: readonly WorldVolunteer[];
  readonly organisations: readonly WorldOrganisation[];
  readonly tutorMatches: readonly WorldTutorMatch[];
  readonly trainings: readonly WorldTraining[];
  readonly supervisions: readonly WorldSupervision[];
  readonly publicUtilityActivities: readonly WorldPublicUtilityActivity[];
}

export type Institution =
  | 'social-services'
  | 'health-authority'
  | 'reception-centres'
  | 'volunteer-registry';

export type WorldDistrict = 'PARMA' | 'FIDENZA' | 'SUD_EST' | 'VALLI_TARO_CENO';

export interface WorldPerson {
  /** Truth id, `P000001`; appears in the ground truth only, never in a source. */
  readonly id: string;
  readonly householdId: string;
  readonly sex: 'F' | 'M';
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  /** ISO 3166-1 alpha-2. */
  readonly citizenship: string;
  /** Under eighteen on the world's `today`. */
  readonly isMinor: boolean;
  /** What each institution wrote down about this person; an institution that is missing does not know them. */
  readonly records: Readonly<Partial<Record<Institution, WorldRecord>>>;
}

/** One institution's own spelling of a person and the identifiers it happens to know. */
export interface WorldRecord {
  /** The institution's own local id, stable: case number, patient id, guest number. */
  readonly localId: string;
  readonly givenName: string;
  readonly familyName: string;
  /** As this institution wrote it; may differ from the true one. */
  readonly birthDate: string;
  /** Where the institution wrote another sex than the true one. */
  readonly sex?: 'F' | 'M';
  /** Where the institution wrote another citizenship than the true one. */
  readonly citizenship?: string;
  readonly identifiers: readonly WorldIdentifier[];
  /** Social services only: the person's own word on being shared; absent = never asked. */
  readonly sharing?: 'ALLOWED' | 'EXCLUDED';
  /** Social services only: a protected person, whom the hub must not list nor find. */
  readonly isRestricted?: true;
}

/** `CF_PROVISIONAL` is the 11-digit codice fiscale; STP and ENI are renewed every six months. */
export type WorldIdentifierKind =
  | 'CF'
  | 'CF_PROVISIONAL'
  | 'CUI'
  | 'VESTANET'
  | 'STP'
  | 'ENI'
  | 'PERMIT';

export interface WorldIdentifier {
  readonly kind: WorldIdentifierKind;
  readonly value: string;
  /** `YYYY-MM-DD`, inclusive. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface WorldHousehold {
  readonly id: string;
  readonly memberIds: readonly string[];
  /** The code each institution gives the household; the volunteer registry writes down another's code. */
  readonly codes: Readonly<Partial<Record<Institution, string>>>;
  /** Another institution's code for the household that this one wrote down beside its own. */
  readonly copiedCodes?: Readonly<Partial<Record<Institution, string>>>;
}

export type WorldReceptionType = 'CAS' | 'SAI' | 'IMMEDIATE_RECEPTION' | 'CPA_HUB';

export interface WorldFacility {
  readonly id: string;
  /** As the institution writes it; deliberately not unique nor stable over the months: see `nameVariants`. */
  readonly name: string;
  readonly nameVariants: readonly string[];
  readonly receptionType: WorldReceptionType;
  readonly managingBody: string;
  /** Titular body of a SAI project (ente titolare). */
  readonly titularBody?: string;
  /** ISTAT code. */
  readonly municipality: string;
  readonly district: WorldDistrict;
  readonly authorisedPlaces: number;
  readonly activePlaces: number;
  readonly targetCategory: 'ORDINARI' | 'MSNA' | 'DM_DS';
  /** `PROG-<n>-PR-<phase>`, SAI only. */
  readonly projectCode?: string;
  readonly cig?: string;
  readonly openFrom: string;
  readonly openTo?: string;
}

export type WorldExitReason =
  | 'INTEGRATION'
  | 'SPONTANEOUS_ABANDONMENT'
  | 'TERM_EXPIRY'
  | 'REMOVAL'
  | 'TRANSFER';

export interface WorldStay {
  readonly id: string;
  readonly personId: string;
  readonly facilityId: string;
  /** RFC 3339, UTC. */
  readonly entryAt: string;
  readonly exitAt?: string;
  readonly exitReason?: WorldExitReason;
  /** The SAI data bank's registration date of the entry (`YYYY-MM-DD`), for the 3-working-day term. */
  readonly entryRegisteredOn?: string;
  readonly exitRegisteredOn?: string;
}

export type WorldVulnerabilityCategory =
  | 'MINOR'
  | 'UNACCOMPANIED_MINOR'
  | 'DISABLED'
  | 'ELDERLY'
  | 'PREGNANT'
  | 'SINGLE_PARENT'
  | 'TRAFFICKING_VICTIM'
  | 'SERIOUS_ILLNESS_OR_MENTAL_DISORDER'
  | 'TORTURE_RAPE_SERIOUS_VIOLENCE'
  | 'FGM_VICTIM';

/** Protocol P1, territorial immediate reception (pronta accoglienza territoriale). Times RFC 3339, UTC. */
export interface WorldImmediateReception {
  readonly id: string;
  readonly personId: string;
  readonly facilityId: string;
  /** One of the six desks, `D1` … `D6`. */
  readonly deskId: string;
  readonly district: WorldDistrict;
  readonly referrerType: string;
  readonly requestedAt: string;
  readonly acceptedAt: string;
  readonly startedAt: string;
  readonly firstSocialAt?: string;
  readonly firstHealthAt?: string;
  readonly vulnerabilityCategory: WorldVulnerabilityCategory;
  readonly permitStatusAtEntry: 'NONE' | 'ASYLUM_REQUEST';
  /** `YYYY-MM-DD`. */
  readonly plannedEnd: string;
  readonly endedAt?: string;
  readonly exitDestination?:
    | 'SAI_IN_PROVINCE'
    | 'SAI_ELSEWHERE'
    | 'CAS'
    | 'AUTONOMY'
    | 'ABANDONED'
    | 'OTHER';
  readonly householdSize: number;
}

export interface WorldAsylumStep {
  readonly personId: string;
  readonly kind: 'C3_LODGED' | 'HEARING' | 'DECISION' | 'APPEAL' | 'PERMIT_ISSUED';
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** The day the data bank was told (`YYYY-MM-DD`), for the 5-working-day term. */
  readonly registeredOn: string;
  readonly decision?: 'REFUGEE' | 'SUBSIDIARY' | 'SPECIAL_PROTECTION' | 'REJECTED';
  readonly permitGround?: string;
  readonly permitValidTo?: string;
}

export interface WorldExtension {
  readonly personId: string;
  readonly requestedOn: string;
  readonly decidedOn?: string;
  readonly reason:
    | 'VULNERABILITY'
    | 'HEALTH'
    | 'STUDY_OR_TRAINING'
    | 'WORK_START'
    | 'HOUSING_SEARCH';
}

export type WorldHealthService =
  | 'FIRST_SCREENING'
  | 'GENERAL_PRACTICE'
  | 'PAEDIATRICS'
  | 'FAMILY_COUNSELLING'
  | 'MENTAL_HEALTH'
  | 'EMERGENCY';

export interface WorldHealthEvent {
  readonly id: string;
  readonly personId: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly service: WorldHealthService;
  readonly languageMediation: boolean;
  /** A diagnosis the hospital writes in its own message and that must never leave the feed. */
  readonly diagnosisText: string;
}

export interface WorldVulnerabilityFlag {
  readonly id: string;
  readonly personId: string;
  readonly category: WorldVulnerabilityCategory;
  readonly level: 'SUSPECTED' | 'CONFIRMED';
  readonly at: string;
  readonly sourceService: WorldHealthService;
}

export interface WorldScreening {
  readonly id: string;
  readonly personId: string;
  readonly programme: 'TUBERCULOSIS' | 'HEPATITIS' | 'VACCINATION' | 'MATERNITY';
  readonly offeredOn: string;
  readonly acceptedOn?: string;
}

export type WorldCareArea = 'LEGAL' | 'SOCIAL' | 'HEALTH' | 'HOUSING' | 'WORK_TRAINING';

export interface WorldSocialCase {
  readonly id: string;
  readonly personId: string;
  readonly householdId: string;
  readonly municipality: string;
  readonly district: WorldDistrict;
  /** `YYYY-MM-DD`. */
  readonly openedOn: string;
  readonly closedOn?: string;
  readonly reopenings: readonly { readonly closedOn: string; readonly reopenedOn: string }[];
  readonly areaOfNeed:
    | 'FAMILY_AND_MINORS'
    | 'YOUNG_PEOPLE'
    | 'ADULTS'
    | 'ELDERLY'
    | 'DISABILITY'
    | 'IMMIGRATION';
  readonly accessChannel:
    | 'ASYLUM_DESK'
    | 'SOCIAL_DESK'
    | 'RECEPTION_CENTRE'
    | 'HOSPITAL'
    | 'SCHOOL'
    | 'SELF';
  readonly assessments: readonly {
    readonly on: string;
    /** 0 (no need) to 4 (urgent) for each of the five areas. */
    readonly scores: Readonly<Record<WorldCareArea, number>>;
    readonly vulnerabilityFactors: readonly string[];
  }[];
  readonly plan?: {
    readonly startedOn: string;
    readonly reviewDueOn: string;
    readonly referencePersonPresent: boolean;
    readonly areas: readonly {
      readonly area: WorldCareArea;
      readonly objective: string;
      readonly horizonMonths: number;
      readonly state: 'PLANNED' | 'IN_PROGRESS' | 'ACHIEVED' | 'ABANDONED';
    }[];
    readonly team: readonly { readonly role: string; readonly from: string }[];
    readonly meetings: readonly {
      readonly on: string;
      readonly level: 1 | 2;
      readonly roles: readonly string[];
    }[];
  };
  readonly interventions: readonly {
    /** Item of the ISTAT classification of municipal social services. */
    readonly istatItem: string;
    readonly area: WorldCareArea;
    readonly plannedOn: string;
    readonly deliveredOn?: string;
    readonly amountEuro?: number;
    readonly provider: string;
  }[];
  readonly referrals: readonly {
    readonly from: string;
    readonly to: string;
    readonly on: string;
    readonly reason: string;
    readonly acceptedOn?: string;
    readonly outcome?: string;
  }[];
}

export interface WorldDeskContact {
  readonly id: string;
  readonly personId: string;
  readonly deskId: string;
  readonly at: string;
  readonly channel: 'IN_PERSON' | 'PHONE' | 'MESSAGE' | 'BY_OTHER_SERVICE';
  readonly demand:
    | 'ASYLUM_PROCEDURE'
    | 'RECEPTION'
    | 'DOMICILE'
    | 'HEALTH'
    | 'WORK'
    | 'HOUSING'
    | 'FAMILY';
  readonly outcome: 'INFORMATION' | 'REFERRAL' | 'INTAKE';
  readonly mediationUsed: boolean;
  /** ISO 639-1. */
  readonly language: string;
}

/** A citizen who volunteers; not a person of the asylum system. */
export interface WorldVolunteer {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly codiceFiscale: string;
  readonly municipality: string;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly availability: readonly string[];
  /** The same citizen may be in the registers of two bodies. */
  readonly organisationIds: readonly string[];
  readonly startedOn: string;
  readonly endedOn?: string;
  readonly occasional: boolean;
}

export interface WorldOrganisation {
  readonly id: string;
  readonly name: string;
  readonly runtsNumber: string;
  readonly runtsSection: string;
  readonly municipality: string;
  readonly agreementFrom?: string;
  readonly agreementTo?: string;
}

export interface WorldTutorMatch {
  readonly id: string;
  readonly householdId: string;
  readonly organisationId: string;
  readonly volunteerIds: readonly string[];
  readonly from: string;
  readonly to?: string;
  readonly endReason?:
    | 'COMPLETED'
    | 'NOT_ACCEPTED_BY_HOUSEHOLD'
    | 'VOLUNTEER_LEFT'
    | 'HOUSEHOLD_MOVED';
  readonly activityTypes: readonly string[];
}

export interface WorldTraining {
  readonly id: string;
  readonly volunteerId: string;
  readonly course: string;
  readonly provider: string;
  readonly hours: number;
  readonly sessions: number;
  readonly completedOn?: string;
}

export interface WorldSupervision {
  readonly id: string;
  readonly organisationId: string;
  readonly on: string;
  readonly participantRoles: readonly string[];
  readonly matchIds: readonly string[];
}

/** Asylum seekers who volunteer themselves; kept apart from the tutors. */
export interface WorldPublicUtilityActivity {
  readonly id: string;
  readonly personId: string;
  readonly organisationId: string;
  readonly activity: string;
  readonly from: string;
  readonly to?: string;
  readonly weeklyHours: number;
}
