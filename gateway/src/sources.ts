import { z } from 'zod';

/** From best to worst: several calls to one subgraph add up to the worst of theirs. */
const statuses = ['OK', 'STALE', 'DENIED', 'UNAVAILABLE'] as const;

export type SourceStatusName = (typeof statuses)[number];

/** Why a subgraph gave no usable answer. */
export type UnavailableReason =
  | 'ADDRESS_REFUSED'
  | 'CONNECTION_FAILED'
  | 'TIMEOUT'
  | 'CIRCUIT_OPEN'
  | 'BUSY'
  | 'BAD_STATUS'
  | 'REDIRECTED'
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'INVALID_ANSWER'
  | 'CANCELLED'
  | 'REPORTED_BY_SOURCE'
  | 'SCHEMA_MISMATCH'
  | 'SUSPENDED';

/** One subgraph's part in an answer, as `extensions.sources` shows it. */
export interface SourceEntry {
  readonly name: string;
  readonly status: SourceStatusName;
  /** RFC 3339; of several calls the oldest. */
  readonly asOf: string | null;
  /** 0–1 in hundredths, rounded down; of several calls the lowest. */
  readonly completeness: number | null;
  /** How well people were joined, when this source joined them; of several calls the latest. */
  readonly linkage?: AnnouncedLinkage;
  readonly reason?: UnavailableReason;
  readonly retryAfterSeconds?: number;
  /** What of it was kept from earlier answers; of several calls the sum and the oldest. */
  readonly cache?: CachedPart;
}

/** Entities that the gateway had kept, of data that their owner declares cacheable. */
interface CachedPart {
  readonly entities: number;
  /** Whole seconds since the oldest of them was asked for. */
  readonly oldestAgeSeconds: number;
}

const share = z.number().min(0).max(1);
/** Whole hundredths, rounded down: the exact share of small numbers tells both of them, and each change by one. */
const roughShare = share.transform((exact) => Math.floor(exact * 100 + 1e-9) / 100);
const estimate = z.object({ estimate: share, low: share, high: share });
const announcedLinkage = z.object({ precision: estimate, recall: estimate });
export type AnnouncedLinkage = z.infer<typeof announcedLinkage>;

const announcedSource = z.object({
  asOf: z.iso.datetime({ offset: true }).nullable().catch(null),
  completeness: roughShare.nullable().catch(null),
  stale: z.boolean().catch(false),
  linkage: announcedLinkage.optional().catch(undefined),
});

/** Reads a subgraph's `extensions.source`; one that says nothing usable counts as fresh with unknown age. */
export function readAnnouncedSource(name: string, extensions: unknown): SourceEntry {
  const source =
    typeof extensions === 'object' && extensions !== null && 'source' in extensions
      ? announcedSource.safeParse(extensions.source).data
      : undefined;
  return {
    name,
    status: source?.stale === true ? 'STALE' : 'OK',
    asOf: source?.asOf ?? null,
    completeness: source?.completeness ?? null,
    ...(source?.linkage === undefined ? {} : { linkage: source.linkage }),
  };
}

/** Gathers what every call of one operation learnt about its subgraph. */
export class SourceReport {
  readonly #entries = new Map<string, SourceEntry>();

  add(entry: SourceEntry): void {
    const earlier = this.#entries.get(entry.name);
    this.#entries.set(entry.name, earlier ? worseOf(earlier, entry) : entry);
  }

  /** How a subgraph that was asked is by now. */
  statusOf(name: string): SourceStatusName {
    return this.#entries.get(name)?.status ?? 'UNAVAILABLE';
  }

  /** One entry per subgraph asked, in order of name. */
  list(): SourceEntry[] {
    return [...this.#entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function worseOf(a: SourceEntry, b: SourceEntry): SourceEntry {
  const worst = statuses.indexOf(b.status) > statuses.indexOf(a.status) ? b : a;
  const linkage = b.linkage ?? a.linkage;
  // A source that answered with values of other types is as well as its last answer, and still to be told.
  const reason = worst.reason ?? a.reason ?? b.reason;
  const cache = togetherOf(a.cache, b.cache);
  return {
    ...worst,
    ...(reason === undefined ? {} : { reason }),
    ...(linkage === undefined ? {} : { linkage }),
    ...(cache === undefined ? {} : { cache }),
    asOf: least(a.asOf, b.asOf, instant),
    completeness: least(a.completeness, b.completeness, Number),
  };
}

function togetherOf(a: CachedPart | undefined, b: CachedPart | undefined): CachedPart | undefined {
  if (!a || !b) return a ?? b;
  return {
    entities: a.entities + b.entities,
    oldestAgeSeconds: Math.max(a.oldestAgeSeconds, b.oldestAgeSeconds),
  };
}

function least<T>(a: T | null, b: T | null, order: (value: T) => number): T | null {
  if (a === null) return b;
  if (b === null) return a;
  return order(b) < order(a) ? b : a;
}

function instant(value: string): number {
  return Date.parse(value);
}
