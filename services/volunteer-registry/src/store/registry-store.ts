import type { FeedRejection } from '@tavolo/feed-kit';
import type {
  ActivityRow,
  MembershipRow,
  OrganisationRow,
  RegisterContents,
  RegisterKind,
  SupervisionRow,
  TrainingRow,
  TutorMatchRow,
} from './registry-records.ts';

/** One accepted row of a register, ready to be kept. */
export interface RegisterRecord<Kind extends RegisterKind> {
  /** Derived from the body and the row's own number, so that the same row always lands in the same place. */
  readonly id: string;
  readonly content: RegisterContents[Kind];
}

/** A file that was taken in; written last, so that its presence says that everything before it is there. */
export interface Drop {
  readonly sha256: string;
  readonly source: string;
  readonly kind: RegisterKind;
  /** Kind and body: what a newer file of the same slice replaces. */
  readonly slice: string;
  /** Day of the extraction, from the file's name. */
  readonly extractedOn: string;
  /** When the file was written; RFC 3339, UTC. */
  readonly modifiedAt: string;
  /** When it was taken in; RFC 3339, UTC. */
  readonly takenAt: string;
  readonly rows: number;
  readonly rejectedRows: number;
}

export interface StoredRejection extends FeedRejection {
  readonly id: string;
}

/** Which matches a page is drawn from. */
export interface MatchSelection {
  /** Null = whatever the body. */
  readonly organisationIds: readonly string[] | null;
  /** Null = open or not. */
  readonly openOn: string | null;
}

/** What the graph reads. Rows come in any order unless said; withdrawn rows are left out except where said. */
export interface RegistryReader {
  /** Withdrawn ones too: a match may outlive the agreement. */
  organisationsByIds(ids: readonly string[]): Promise<OrganisationRow[]>;
  /** In order of id. */
  organisationsPage(afterId: string | undefined, limit: number): Promise<OrganisationRow[]>;
  organisationIdsInMunicipalities(istatCodes: readonly string[]): Promise<string[]>;
  /** Withdrawn ones too: who left keeps a history. */
  membershipsByIds(ids: readonly string[]): Promise<MembershipRow[]>;
  /** Withdrawn ones too. */
  membershipsByVolunteerRefs(refs: readonly string[]): Promise<MembershipRow[]>;
  trainingsByMembershipIds(ids: readonly string[]): Promise<TrainingRow[]>;
  matchesByIds(ids: readonly string[]): Promise<TutorMatchRow[]>;
  matchesByHouseholdKeys(keys: readonly string[]): Promise<TutorMatchRow[]>;
  matchesByMembershipIds(ids: readonly string[]): Promise<TutorMatchRow[]>;
  /** In order of id. */
  matchesPage(
    selection: MatchSelection,
    afterId: string | undefined,
    limit: number,
  ): Promise<TutorMatchRow[]>;
  supervisionsByMatchIds(ids: readonly string[]): Promise<SupervisionRow[]>;
  activitiesByIds(ids: readonly string[]): Promise<ActivityRow[]>;
  activitiesByPersonKeys(keys: readonly string[]): Promise<ActivityRow[]>;
  /** In order of id. */
  rejectionsPage(afterId: string | undefined, limit: number): Promise<StoredRejection[]>;
  /** The newest drop of each slice. */
  newestDrops(): Promise<Drop[]>;
  /** Every activity and every match, for the enrolment. */
  allActivities(): AsyncIterable<ActivityRow>;
  allMatches(): AsyncIterable<TutorMatchRow>;
  isReachable(): Promise<boolean>;
}

/** What the feed writes. Every call may be repeated after a crash and then changes nothing. */
export interface RegistryWriter {
  hasDrop(sha256: string): Promise<boolean>;
  newestDrop(slice: string): Promise<Drop | null>;
  /** Adds or changes; a changed record keeps what it said before, with the drop that changed it. */
  putRecords<Kind extends RegisterKind>(
    kind: Kind,
    drop: Drop,
    records: readonly RegisterRecord<Kind>[],
  ): Promise<void>;
  /** Marks the slice's records that are not among `keptIds` as withdrawn; they stay in the store. */
  withdrawOthers(kind: RegisterKind, drop: Drop, keptIds: ReadonlySet<string>): Promise<void>;
  /** Every entry of every register, withdrawn ones too. */
  allMemberships(): Promise<MembershipRow[]>;
  setVolunteerRefs(refs: ReadonlyMap<string, string>): Promise<void>;
  putRejections(rejections: readonly StoredRejection[]): Promise<void>;
  putDrop(drop: Drop): Promise<void>;
}

export interface RegistryStore extends RegistryReader, RegistryWriter {
  close(): Promise<void>;
}
