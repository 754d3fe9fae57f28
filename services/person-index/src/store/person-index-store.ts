import type {
  EnrolmentFigures,
  EnrolmentReceipt,
  EnrolmentSubject,
  HouseholdRecord,
  LinkageKeyMark,
  ManifestPage,
  PersonRecord,
} from '@tavolo/linkage';
import type { PairAgreement } from '../link/pair-agreement.ts';
import type { Partner } from '../partner.ts';
import type { FurtherPartner } from '../partners/further-partner.ts';

/** A person or a household as the hub knows it: its id and each institution's own key. */
export interface ClusterRow {
  readonly id: string;
  readonly sectorKeys: Readonly<Record<Partner, string>>;
  /** Probability of the weakest link that holds it together, 0 to 1; null = one institution only. */
  readonly confidence: number | null;
}

export interface SectorKey {
  readonly partner: Partner;
  readonly sectorKey: string;
}

export interface PartnerRecords {
  readonly partner: Partner;
  readonly people: number;
  readonly households: number;
  /** RFC 3339. */
  readonly lastEnrolmentAt: string | null;
}

/** A share with the interval it lies in, 19 times out of 20. */
export interface Estimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How well records are linked, as far as the index can tell without knowing anybody. */
export interface LinkageQuality {
  /** Of the links made, the share that join one person's records. */
  readonly precision: Estimate;
  /** Of the links there should be, the share that were made. */
  readonly recall: Estimate;
  readonly links: number;
  readonly reviewQueue: number;
  /** Pairs that somebody decided. */
  readonly reviewed: number;
}

/** Figures about the whole index. */
export interface IndexStatus {
  readonly people: number;
  readonly households: number;
  readonly partners: readonly PartnerRecords[];
  /** How many people are known to exactly so many institutions. */
  readonly peopleByInstitutionCount: readonly {
    readonly institutions: number;
    readonly people: number;
  }[];
  readonly conflicts: number;
  readonly linksByRule: readonly {
    readonly stage: string;
    readonly rule: string;
    readonly links: number;
  }[];
}

/** A person by what the coordination table knows them by. */
export interface ListedPerson {
  readonly ref: string;
  readonly person: ClusterRow;
}

/** A pair of records that somebody should look at, or a link that somebody may break. */
export interface ReviewItem {
  readonly a: SectorKey;
  readonly b: SectorKey;
  readonly score: number;
  readonly reason: string;
  /** RFC 3339. */
  readonly since: string;
  /** Null = the two have nothing in common any more. */
  readonly agreement: PairAgreement | null;
}

export interface ReviewDecision {
  readonly a: SectorKey;
  readonly b: SectorKey;
  readonly verdict: 'SAME_PERSON' | 'TWO_PEOPLE';
  /** Who decided: the name of the token, not of a person. */
  readonly reviewer: string;
}

/** On one day, for one purpose, the hub was asked so many times about a person. */
export interface AccessEntry {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly purpose: string;
  readonly times: number;
  /** The first of those questions, as the hub's evidence names them; at most {@link MOST_REQUEST_IDS}. */
  readonly requestIds: readonly string[];
}

/** Questions remembered by name for one person, purpose and day; further ones are only counted. */
export const MOST_REQUEST_IDS = 100;

/** What a merge or a split of people left behind. */
export interface LinkageEvent {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly kind: 'MERGED' | 'SPLIT' | 'CONFIRMED' | 'BROKEN' | 'EXPIRED';
  readonly records: number;
}

/** An institution says that its linkage key has this id, and it is not the key that others mean by it. */
export class LinkageKeyMismatchError extends Error {
  override readonly name = 'LinkageKeyMismatchError';
}

/** An institution that was removed sends something: it is not taken. */
export class PartnerRemovedError extends Error {
  override readonly name = 'PartnerRemovedError';
}

/** An institution as the operator takes it in. */
export type NewPartner = Pick<FurtherPartner, 'name' | 'label'> & { readonly tokenSha256: string };

/** `BEING_FORGOTTEN`: it was removed a moment ago and some of its records are still there. */
export type SavedPartner = 'SAVED' | 'TOO_MANY' | 'TOKEN_TAKEN' | 'BEING_FORGOTTEN';

/** What the person index needs from storage. Writes are whole batches: all of a batch, or nothing. */
export interface PersonIndexStore {
  /** Adds or replaces records of one institution and links them anew with whatever they touch. */
  enrolPeople(
    partner: Partner,
    key: LinkageKeyMark,
    records: readonly PersonRecord[],
  ): Promise<EnrolmentReceipt>;
  enrolHouseholds(
    partner: Partner,
    key: LinkageKeyMark,
    records: readonly HouseholdRecord[],
  ): Promise<EnrolmentReceipt>;
  /** Removes records of one institution; unknown keys are ignored. */
  remove(
    partner: Partner,
    subject: EnrolmentSubject,
    sectorKeys: readonly string[],
  ): Promise<EnrolmentReceipt>;
  figures(partner: Partner): Promise<EnrolmentFigures>;
  manifest(
    partner: Partner,
    subject: EnrolmentSubject,
    after: string | null,
    size: number,
  ): Promise<ManifestPage>;
  /**
   * One read, whatever the number of keys. Missing from the answer, all alike: keys nobody enrolled, people who are
   * protected or do not want to be shared, and records too new to be shared.
   */
  clustersBySectorKeys(
    subject: EnrolmentSubject,
    keys: readonly SectorKey[],
  ): Promise<(SectorKey & { readonly cluster: ClusterRow })[]>;
  clustersByIds(subject: EnrolmentSubject, ids: readonly string[]): Promise<ClusterRow[]>;
  /** Everybody who may be shown after this reference, in the order of references. */
  peopleAfter(ref: string | null, size: number): Promise<ListedPerson[]>;
  /** As `clustersBySectorKeys`, by what the coordination table knows people by. */
  clustersByRefs(refs: readonly string[]): Promise<ListedPerson[]>;
  /** The households any institution puts a person in, in order of household id. */
  householdsByPersonIds(
    personIds: readonly string[],
  ): Promise<{ readonly personId: string; readonly household: ClusterRow }[]>;
  /** The doubtful pairs, the likeliest first. */
  reviewQueue(first: number): Promise<ReviewItem[]>;
  /** Whether there are such records; the decision outlives every later calculation. */
  decide(decision: ReviewDecision): Promise<boolean>;
  /** Merges, splits and decisions after the event with this id, oldest first. */
  events(afterId: string, first: number): Promise<LinkageEvent[]>;
  noteAccesses(accesses: readonly (SectorKey & AccessEntry)[]): Promise<void>;
  /** Who asked about one of this institution's own people; empty for a key that is not its own. */
  accessesOf(key: SectorKey): Promise<AccessEntry[]>;
  /** Forgets records past their retention and old entries; answers how many records. */
  sweep(): Promise<number>;
  /** Links everybody anew. */
  relinkAll(): Promise<void>;
  /** Of these institutions, in this order. */
  status(partners: readonly Partner[]): Promise<IndexStatus>;
  quality(): Promise<LinkageQuality>;
  /** Institutions taken in while the index runs, in the order in which they came, the removed ones among them. */
  partners(): Promise<FurtherPartner[]>;
  /** Takes one in, or changes its label and token; `most` = how many there may be. */
  savePartner(partner: NewPartner, most: number): Promise<SavedPartner>;
  /** From here on nobody is found through it and it enrols nothing; false = it does not enrol. */
  removePartner(name: Partner): Promise<boolean>;
  /**
   * Forgets some records of removed partners, as if they had removed them; answers how many. Once none is left, what
   * they were called is forgotten a while later.
   */
  forgetRemoved(): Promise<number>;
  /** RFC 3339; null when nobody ever enrolled. */
  lastEnrolmentAt(): Promise<string | null>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
