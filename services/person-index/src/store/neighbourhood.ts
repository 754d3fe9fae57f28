import type { EnrolmentSubject } from '@tavolo/linkage';
import { sql, type Transaction } from 'kysely';
import type { Evidence, LinkableRecord } from '../match/matcher.ts';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { SectorKey } from './person-index-store.ts';

/**
 * An encoding that so many records hold says nothing about anybody (a form's sample number, a shared
 * office number): it links no one, and one bad column cannot turn a province into one person.
 */
export const COMMON_FROM_RECORDS = 51;

/** One batch can make common what was not, or the reverse: then every holder must be looked at again. */
const COMMON_BEFORE_AND_AFTER = COMMON_FROM_RECORDS + 1_000;

export interface NeighbourRecord extends LinkableRecord {
  readonly sectorKey: string;
  readonly clusterId: string;
  readonly rule: string | null;
}

/** The name of a record within its subject; sector keys are random, so the order favours nobody. */
export function refOf({ partner, sectorKey }: SectorKey): string {
  return `${partner}/${sectorKey}`;
}

/**
 * The records that `changed` can reach through shared evidence, with the evidence that still counts.
 * `macs` are the encodings that changed records hold or held.
 */
export async function readNeighbourhood(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  changed: readonly SectorKey[],
  macs: ReadonlySet<string>,
): Promise<NeighbourRecord[]> {
  const evidenceOf = new Map<string, Evidence[]>(changed.map((key) => [refOf(key), []]));
  const keys = new Map<string, SectorKey>(changed.map((key) => [refOf(key), key]));
  const visited = new Set<string>();
  const common = new Set<string>();
  let limit = COMMON_BEFORE_AND_AFTER;
  let frontier = [...macs];
  while (frontier.length > 0) {
    const counts = await countHolders(transaction, subject, frontier);
    for (const { mac, holders } of counts) if (holders >= COMMON_FROM_RECORDS) common.add(mac);
    const followed = counts.filter(({ holders }) => holders < limit).map(({ mac }) => mac);
    for (const mac of frontier) visited.add(mac);
    const rows = await readHolders(transaction, subject, followed);
    const next = new Set<string>();
    const fresh = new Map<string, Evidence[]>();
    for (const { partner, sector_key: sectorKey, kind, key_id: keyId, mac } of rows) {
      const ref = refOf({ partner, sectorKey });
      keys.set(ref, { partner, sectorKey });
      fresh.set(ref, [...(fresh.get(ref) ?? []), { kind, keyId, mac }]);
      if (!visited.has(mac)) next.add(mac);
    }
    for (const [ref, evidence] of fresh) evidenceOf.set(ref, evidence);
    frontier = [...next];
    limit = COMMON_FROM_RECORDS;
  }
  const records = await readRecords(transaction, subject, [...keys.values()]);
  return records.map((record) => ({
    ...record,
    evidence: (evidenceOf.get(record.ref) ?? []).filter(({ mac }) => !common.has(mac)),
  }));
}

async function countHolders(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  macs: readonly string[],
): Promise<{ mac: string; holders: number }[]> {
  const { rows } = await sql<{ mac: string; holders: number }>`
    SELECT mac, count(DISTINCT (partner, sector_key))::int AS holders
    FROM person_index.evidence
    WHERE mac = ANY(${macs}::text[]) AND subject = ${subject}
    GROUP BY mac`.execute(transaction);
  return rows;
}

/** All the evidence of every record that holds one of `macs`. */
async function readHolders(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  macs: readonly string[],
): Promise<{ partner: Partner; sector_key: string; kind: string; key_id: string; mac: string }[]> {
  if (macs.length === 0) return [];
  const { rows } = await sql<{
    partner: Partner;
    sector_key: string;
    kind: string;
    key_id: string;
    mac: string;
  }>`
    WITH holder AS MATERIALIZED (
      SELECT DISTINCT partner, sector_key FROM person_index.evidence
      WHERE mac = ANY(${macs}::text[]) AND subject = ${subject}
    )
    SELECT e.partner, e.sector_key, e.kind, e.key_id, e.mac
    FROM holder JOIN person_index.evidence e
      ON e.subject = ${subject} AND e.partner = holder.partner AND e.sector_key = holder.sector_key`.execute(
    transaction,
  );
  return rows;
}

async function readRecords(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  keys: readonly SectorKey[],
): Promise<NeighbourRecord[]> {
  const { rows } = await sql<{
    partner: Partner;
    sector_key: string;
    cluster_id: string;
    rule: string | null;
  }>`
    SELECT r.partner, r.sector_key, r.cluster_id, r.rule
    FROM unnest(${keys.map((key) => key.partner)}::text[], ${keys.map((key) => key.sectorKey)}::text[])
      AS k (partner, sector_key)
    JOIN person_index.record r
      ON r.subject = ${subject} AND r.partner = k.partner AND r.sector_key = k.sector_key`.execute(
    transaction,
  );
  return rows.map(({ partner, sector_key: sectorKey, cluster_id: clusterId, rule }) => ({
    ref: refOf({ partner, sectorKey }),
    partner,
    sectorKey,
    clusterId,
    rule,
    evidence: [],
  }));
}
