import type { District } from '@tavolo/schemas';
import type { DistrictScope, PageRequest } from '@tavolo/subgraph-kit';
import type {
  AsylumDecision,
  AsylumStepKind,
  CareArea,
  CourseLevel,
  ExitReason,
  ExtensionReason,
  ImmediateReceptionExit,
  PermitGround,
  PermitStatusAtEntry,
  PresenceAlarmKind,
  ReceptionType,
  TargetCategory,
  VulnerabilityCategory,
} from '../generated/resolver-types.ts';

export interface FacilityRow {
  readonly id: string;
  readonly receptionType: ReceptionType;
  readonly managingBody: string;
  readonly titularBody: string | null;
  /** ISTAT code. */
  readonly municipalityCode: string;
  readonly authorisedPlaces: number | null;
  readonly activePlaces: number | null;
  readonly targetCategory: TargetCategory | null;
  readonly openFrom: string | null;
  readonly openTo: string | null;
  readonly projectCode: string | null;
  readonly cig: string | null;
}

export interface StayRow {
  readonly id: string;
  readonly facilityId: string;
  readonly personKey: string;
  readonly householdKey: string | null;
  /** The data bank's terms bind SAI stays only. */
  readonly source: 'SHEET' | 'SAI' | 'IMMEDIATE';
  readonly receptionType: ReceptionType;
  readonly entryOn: string;
  readonly entryAt: string | null;
  readonly exitOn: string | null;
  readonly exitReason: ExitReason | null;
  readonly entryRegisteredOn: string | null;
  readonly exitRegisteredOn: string | null;
  readonly extensionCount: number;
  /** 1 when the person was ever in an immediate reception, else 0. */
  readonly passedImmediateReception: number;
}

export interface OccupancyRow {
  readonly facilityId: string;
  readonly day: string;
  readonly occupied: number;
  readonly free: number | null;
  readonly reserved: number | null;
  readonly outOfService: number | null;
}

export interface DailyPresenceRow {
  readonly facilityId: string;
  readonly day: string;
  readonly count: number;
  readonly version: number;
  readonly correctedAt: string | null;
}

export interface ImmediateReceptionRow {
  readonly id: string;
  /** Null where rows are counted and nobody is told. */
  readonly personKey: string | null;
  readonly facilityId: string | null;
  readonly deskId: string | null;
  readonly district: District;
  readonly referrerType: string | null;
  readonly requestedAt: string | null;
  readonly acceptedAt: string | null;
  readonly startedAt: string;
  readonly firstSocialAt: string | null;
  readonly firstHealthAt: string | null;
  readonly vulnerabilityCategory: VulnerabilityCategory | null;
  readonly permitStatusAtEntry: PermitStatusAtEntry | null;
  readonly plannedEndOn: string | null;
  readonly endedAt: string | null;
  readonly exitDestination: ImmediateReceptionExit | null;
  readonly householdSize: number | null;
}

export interface AsylumStepRow {
  readonly personKey: string;
  readonly kind: AsylumStepKind;
  readonly on: string;
  readonly registeredOn: string | null;
  readonly decision: AsylumDecision | null;
  readonly permitGround: PermitGround | null;
  readonly permitValidTo: string | null;
}

export interface ExtensionRow {
  readonly personKey: string;
  readonly requestedOn: string;
  readonly decidedOn: string | null;
  readonly reason: ExtensionReason;
}

export interface ServiceDeliveredRow {
  readonly personKey: string;
  readonly area: CareArea;
  readonly hours: number | null;
  readonly courseLevel: CourseLevel | null;
  readonly from: string;
  readonly to: string | null;
}

export interface PresenceAlarmRow {
  readonly id: string;
  readonly kind: PresenceAlarmKind;
  readonly day: string;
  readonly detectedAt: string;
  readonly expected: number | null;
  readonly observed: number | null;
  readonly facilityId: string;
  readonly otherFacilityId: string | null;
}

export interface RejectionRow {
  readonly id: string;
  readonly source: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
  readonly at: string;
}

export interface ReceptionEntryRow {
  readonly personKey: string;
  readonly entryAt: string | null;
}

/** Days are inclusive, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/**
 * What the graph needs from storage. Methods that take several keys answer all of them in one round trip. Rows are
 * of the districts given, the facility's or the desk's; nobody protected is in any of them.
 */
export interface ReceptionStore {
  facilities(
    filter: { readonly districts: DistrictScope; readonly receptionType: ReceptionType | null },
    page: PageRequest,
  ): Promise<FacilityRow[]>;
  facilitiesById(ids: readonly string[], districts: DistrictScope): Promise<FacilityRow[]>;
  /** People present now, at most `first` for each facility. */
  guestsByFacility(ids: readonly string[], first: number): Promise<StayRow[]>;
  staysByFacility(ids: readonly string[], page: PageRequest): Promise<StayRow[]>;
  staysById(ids: readonly string[], districts: DistrictScope): Promise<StayRow[]>;
  staysByPerson(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<StayRow[]>;
  staysByHousehold(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<StayRow[]>;
  /** Of the present stay, or of the latest. */
  receptionEntryByPerson(
    keys: readonly string[],
    districts: DistrictScope,
  ): Promise<ReceptionEntryRow[]>;
  asylumStepsByPerson(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<AsylumStepRow[]>;
  extensionsByPerson(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<ExtensionRow[]>;
  servicesByPerson(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<ServiceDeliveredRow[]>;
  immediateReceptionsByPerson(
    keys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<ImmediateReceptionRow[]>;
  immediateReceptionsById(
    ids: readonly string[],
    districts: DistrictScope,
  ): Promise<ImmediateReceptionRow[]>;
  occupancyByFacility(ids: readonly string[], range: DayRange): Promise<OccupancyRow[]>;
  dailyPresencesByFacility(ids: readonly string[], range: DayRange): Promise<DailyPresenceRow[]>;
  /** Everybody's, whether anybody may find them or not: to be counted, and nothing else. */
  everyStay(page: PageRequest): Promise<StayRow[]>;
  immediateReceptions(
    filter: {
      readonly districts: DistrictScope;
      readonly from: string | null;
      readonly to: string | null;
      /** Counted with everybody else, those whom nobody may find as well; then no row tells of whom it is. */
      readonly isForFigures: boolean;
    },
    page: PageRequest,
  ): Promise<ImmediateReceptionRow[]>;
  /** Silent centres are those without a sheet for two days before `today`. */
  presenceAlarms(
    filter: {
      readonly districts: DistrictScope;
      readonly kind: PresenceAlarmKind | null;
      readonly since: string | null;
    },
    today: string,
    page: PageRequest,
  ): Promise<PresenceAlarmRow[]>;
  rejections(page: PageRequest): Promise<RejectionRow[]>;
}
