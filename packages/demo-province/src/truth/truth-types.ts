import type { FoundingFigures } from '../founding-figures.ts';
import type {
  Institution,
  WorldCareArea,
  WorldDistrict,
  WorldHealthService,
  WorldReceptionType,
} from '../world.ts';

/** What really happened, as the table's question asks it. */
export interface GroundTruth {
  readonly seed: number;
  readonly today: string;
  readonly figures: FoundingFigures;
  /** Computed one at a time, so that a large province need not be held twice. */
  facilities(): Iterable<FacilityTruth>;
  people(): Iterable<PersonTruth>;
}

export interface FacilityTruth {
  readonly id: string;
  readonly name: string;
  readonly receptionType: WorldReceptionType;
  readonly district: WorldDistrict;
  readonly municipality: string;
  /** People whose stay here is open. */
  readonly guests: readonly GuestTruth[];
}

export interface GuestTruth {
  readonly personId: string;
  readonly stayId: string;
  /** The reception centres' own id of the person, from which a test derives the sector key. */
  readonly receptionLocalId: string;
  readonly entryAt: string;
  readonly entryOn: string;
  /** First at or after the entry of the open stay; null also when the health authority does not know the person. */
  readonly firstHealthEvent: HealthEventTruth | null;
  /** First ever; what remains to be said when the hour of entry is not known. */
  readonly firstKnownHealthEvent: HealthEventTruth | null;
  readonly openSocialCases: readonly {
    readonly id: string;
    readonly openedOn: string;
    readonly planAreas: readonly WorldCareArea[];
  }[];
  readonly tutorMatches: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string | null;
    readonly volunteerIds: readonly string[];
  }[];
  /** The hub must not join or show this person: protected, or against being shared, at any institution. */
  readonly isWithheld: boolean;
}

export interface HealthEventTruth {
  readonly id: string;
  readonly at: string;
  readonly service: WorldHealthService;
  /** From the entry of the open stay; negative before it. */
  readonly hours: number;
}

export interface PersonTruth {
  readonly id: string;
  readonly householdId: string;
  readonly localIds: Readonly<Partial<Record<Institution, string>>>;
  readonly householdCodes: Readonly<Partial<Record<Institution, string>>>;
}
