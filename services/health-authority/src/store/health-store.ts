import type { FeedRejection } from '@tavolo/feed-kit';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import type {
  EnrolledPersonRow,
  HealthEventRow,
  HealthServiceType,
  InfoMaterialRow,
  InfoTopic,
  OfPerson,
  RegistrationRow,
  ScreeningRow,
  ServiceSiteRow,
  VulnerabilityFlagRow,
} from './health-rows.ts';

/** The first contact is looked for from `notBefore` on (RFC 3339, UTC, seconds), or from the beginning. */
export interface FirstEventRequest {
  readonly personKey: string;
  readonly notBefore: string | null;
}

export interface FeedDay {
  readonly received: number;
  readonly applied: number;
  readonly quarantined: number;
  readonly duplicates: number;
}

export interface StoredRejection extends FeedRejection {
  readonly id: string;
}

/** A page is asked for by the last id of the one before; one row more than `size` may be returned. */
export interface PageOf {
  readonly size: number;
  readonly afterId: string | undefined;
}

/**
 * What the graph needs from storage. A person merged into another answers with the survivor's rows; an
 * unknown key has none, nor has one who was never registered in the districts given. Lists come newest first, at
 * most `first` rows a person.
 */
export interface HealthStore {
  eventsOf(
    personKeys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<OfPerson<HealthEventRow>[]>;
  /** In the order asked; null where there is none. */
  firstEvents(
    requests: readonly FirstEventRequest[],
    districts: DistrictScope,
  ): Promise<(HealthEventRow | null)[]>;
  registrationsOf(
    personKeys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<OfPerson<RegistrationRow>[]>;
  flagsOf(
    personKeys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<OfPerson<VulnerabilityFlagRow>[]>;
  screeningsOf(
    personKeys: readonly string[],
    first: number,
    districts: DistrictScope,
  ): Promise<OfPerson<ScreeningRow>[]>;
  /** `municipalities` null means all. */
  listSites(
    filter: {
      readonly municipalities: readonly string[] | null;
      readonly serviceType: HealthServiceType | null;
    },
    page: PageOf,
  ): Promise<ServiceSiteRow[]>;
  listMaterials(
    filter: { readonly topic: InfoTopic | null; readonly language: string | null },
    page: PageOf,
  ): Promise<InfoMaterialRow[]>;
  /** Newest first. */
  listRejections(page: PageOf): Promise<StoredRejection[]>;
  /** Sums of the days in [from, to], `YYYY-MM-DD`. */
  feedDays(from: string, to: string): Promise<FeedDay>;
  countUnmappedServices(): Promise<number>;
  lastAcceptedAt(): Promise<string | null>;
  /** Every local person with identifiers, attributes and first days of its survivor, for the encoder alone. */
  peopleToEnrol(): AsyncIterable<EnrolledPersonRow>;
  isReady(): Promise<boolean>;
}
