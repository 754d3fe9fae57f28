import type {
  EnrolmentFigures,
  EnrolmentReceipt,
  EnrolmentSubject,
  ManifestPage,
} from '@tavolo/linkage';
import type { Evidence } from '../match/matcher.ts';
import type { Partner } from '../partner.ts';

/** One record of one institution: opaque throughout. */
export interface EnrolledRecord {
  readonly sectorKey: string;
  /** The institution's digest of the record; the same version is not written twice. */
  readonly version: string;
  readonly evidence: readonly DatedEvidence[];
  /** Households only: the sector keys of their members at the same institution. */
  readonly memberSectorKeys: readonly string[];
}

export interface DatedEvidence extends Evidence {
  /** `YYYY-MM-DD`, inclusive. */
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}

/** A person or a household as the hub knows it: its id and each institution's own key. */
export interface ClusterRow {
  readonly id: string;
  readonly sectorKeys: Readonly<Partial<Record<Partner, string>>>;
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
}

/** What the person index needs from storage. Writes are whole batches: all of a batch, or nothing. */
export interface PersonIndexStore {
  /** Adds or replaces records of one institution and links them anew with whatever they touch. */
  enrol(
    partner: Partner,
    subject: EnrolmentSubject,
    records: readonly EnrolledRecord[],
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
  /** One read, whatever the number of keys; keys nobody enrolled are missing from the answer. */
  clustersBySectorKeys(
    subject: EnrolmentSubject,
    keys: readonly SectorKey[],
  ): Promise<(SectorKey & { readonly cluster: ClusterRow })[]>;
  clustersByIds(subject: EnrolmentSubject, ids: readonly string[]): Promise<ClusterRow[]>;
  /** The households any institution puts a person in, in order of household id. */
  householdsByPersonIds(
    personIds: readonly string[],
  ): Promise<{ readonly personId: string; readonly household: ClusterRow }[]>;
  status(): Promise<IndexStatus>;
  /** RFC 3339; null when nobody ever enrolled. */
  lastEnrolmentAt(): Promise<string | null>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
