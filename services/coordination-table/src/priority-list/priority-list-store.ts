import type { District } from '@tavolo/access-model';
import type { Contributors } from '@tavolo/disclosure';
import type {
  OutOfOrderReason,
  PriorityCriterionId,
  PriorityEntryState,
  PriorityTieBreak,
  ReceptionType,
  RequestedPlaceType,
  RestrictedPeopleRule,
} from '../generated/resolver-types.ts';

export interface WeightedCriterion {
  readonly id: PriorityCriterionId;
  readonly weight: number;
  readonly cap: number;
}

/** What a version of the criteria says; never changed once adopted. */
export interface Criteria {
  /** Days as YYYY-MM-DD. */
  readonly adoptedOn: string;
  readonly validFrom: string;
  readonly criteria: readonly WeightedCriterion[];
  readonly tieBreak: PriorityTieBreak;
  readonly restrictedPeopleRule: RestrictedPeopleRule;
  readonly reservedPlaces: number;
  readonly eligibleReceptionTypes: readonly ReceptionType[];
  readonly demandValidDays: number;
  readonly offerValidDays: number;
}

export interface CriteriaRow extends Criteria {
  readonly version: number;
}

/** All that a score is computed from; frozen with the list, and no more than that. */
export interface FrozenInputs {
  readonly waitingSince: string;
  /** Suspected or confirmed; which one is not kept. */
  readonly isVulnerable: boolean;
  readonly isInReception: boolean;
  readonly immediateReceptionSince: string | null;
  readonly placesNeeded: number;
  /** Of the four institutions, 0 to 4. */
  readonly followedByCount: number;
  readonly hasReferencePerson: boolean;
  readonly hasTutor: boolean;
}

export interface ScoreComponent {
  readonly criterion: PriorityCriterionId;
  readonly input: string;
  readonly points: number;
}

export interface ListRow {
  readonly id: string;
  readonly isoWeek: string;
  /** The week's Monday. */
  readonly weekStartsOn: string;
  readonly district: District;
  readonly criteriaVersion: number;
  /** Moments as RFC 3339. */
  readonly preparedAt: string;
  readonly publishedAt: string | null;
  readonly factsLoadedAt: string | null;
  readonly inputsHash: string;
}

/** What is kept of an offer whose term ran out stays OFFERED; `stateAt` says EXPIRED. */
export type StoredState = Exclude<PriorityEntryState, 'EXPIRED'>;

/** Without anybody's reference: those never leave the store but for federating. */
export interface EntryRow {
  readonly code: string;
  readonly listId: string;
  readonly isoWeek: string;
  readonly district: District;
  readonly rank: number;
  readonly score: number;
  readonly components: readonly ScoreComponent[];
  readonly waitingSince: string;
  readonly requestedPlaceType: RequestedPlaceType;
  readonly placesNeeded: number;
  readonly storedState: StoredState;
  readonly offeredAt: string | null;
  readonly offerExpiresAt: string | null;
  readonly outOfOrderReason: OutOfOrderReason | null;
  readonly closedAt: string | null;
}

/** One published week of one district, or of all. */
export interface WeekCounts {
  readonly isoWeek: string;
  readonly reservedPlaces: number;
  readonly listed: Contributors;
  readonly offered: Contributors;
  readonly placed: Contributors;
  readonly refused: Contributors;
}

/** What the priority lists keep; changes are made through the change log only. */
export interface PriorityListStore {
  /** Oldest first. */
  criteria(): Promise<readonly CriteriaRow[]>;
  /** Versions by which a list was made. */
  usedVersions(): Promise<ReadonlySet<number>>;
  /** `isoWeek` null = the newest published. */
  list(district: District, isoWeek: string | null): Promise<ListRow | null>;
  /** From the rank after `afterRank` on; in this state as of `now`. */
  entries(
    listId: string,
    page: {
      readonly first: number;
      readonly afterRank: number;
      readonly state: PriorityEntryState | null;
      readonly now: Date;
    },
  ): Promise<EntryRow[]>;
  /** On published lists of these districts (null = all), newest first, at most `first` a person. */
  entriesOfPeople(
    personRefs: readonly string[],
    districts: readonly District[] | null,
    first: number,
  ): Promise<readonly { readonly personRef: string; readonly entry: EntryRow }[]>;
  /** Newest first; `district` null = weeks in which every district published. */
  weeks(district: District | null, first: number): Promise<WeekCounts[]>;
}

/** The criteria in force on a day; null before the first. */
export function criteriaOn(versions: readonly CriteriaRow[], day: string): CriteriaRow | null {
  return versions.findLast(({ validFrom }) => validFrom <= day) ?? null;
}
