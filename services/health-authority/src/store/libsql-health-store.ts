import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import { protectedVulnerabilities } from '../protected-vulnerabilities.ts';
import type {
  EnrolledPersonRow,
  IdentifierRow,
  InfoMaterialRow,
  ServiceSiteRow,
} from './health-rows.ts';
import type { FeedDay, HealthStore, StoredRejection } from './health-store.ts';
import { createLibsqlPersonLists } from './libsql-person-lists.ts';

interface SiteColumns
  extends Omit<ServiceSiteRow, 'languages' | 'openingHours' | 'isOpenToNotEnrolled'> {
  readonly languages: string;
  readonly openingHours: string;
  readonly isOpen: number;
}

interface PersonColumns extends PersonAttributes {
  readonly localId: string;
  readonly sectorKey: string;
  readonly survivor: string;
  readonly survivorKey: string | null;
  readonly firstMomentAt: string | null;
  readonly firstValidityOn: string | null;
  readonly isRestricted: number;
}

const enrolmentPageSize = 500;
const restricting = JSON.stringify(protectedVulnerabilities);

/** The graph's side of the store, on the same file the feeds write to. */
export function createLibsqlHealthStore(database: FeedDatabase): HealthStore {
  const sql = (text: string) => prepareSql(database, text);
  const sites = sql(`
    SELECT public_id AS id, service_type AS serviceType, municipality, languages,
      is_open_to_not_enrolled AS isOpen, opening_hours AS openingHours
    FROM service_site
    WHERE public_id > ?1 AND (?2 IS NULL OR municipality IN (SELECT value FROM json_each(?2)))
      AND (?3 IS NULL OR service_type = ?3)
    ORDER BY public_id LIMIT ?4`);
  const materials = sql(`
    SELECT public_id AS id, topic, languages, version, published_at AS publishedAt
    FROM info_material
    WHERE public_id > ?1 AND (?2 IS NULL OR topic = ?2)
      AND (?3 IS NULL OR EXISTS (SELECT 1 FROM json_each(languages) WHERE value = ?3))
    ORDER BY public_id LIMIT ?4`);
  const rejections = sql(`
    SELECT CAST(id AS TEXT) AS id, source, line, field, reason, at FROM rejection
    WHERE rejection.id < ? ORDER BY rejection.id DESC LIMIT ?`);
  const days = sql(`
    SELECT coalesce(sum(received), 0) AS received, coalesce(sum(applied), 0) AS applied,
      coalesce(sum(quarantined), 0) AS quarantined, coalesce(sum(duplicates), 0) AS duplicates
    FROM feed_day WHERE day BETWEEN ? AND ?`);
  const unmapped = sql('SELECT count(*) AS count FROM event WHERE is_mapped = 0');
  const newest = sql(
    "SELECT received_at AS at FROM message WHERE state = 'APPLIED' ORDER BY id DESC LIMIT 1",
  );
  const people = sql(`
    SELECT person.local_id AS localId, person.sector_key AS sectorKey, survivor.local_id AS survivor,
      CASE WHEN person.merged_into IS NOT NULL THEN survivor.sector_key END AS survivorKey,
      name, birth_date AS birthDate, sex, citizenship,
      EXISTS (SELECT 1 FROM flag WHERE flag.local_id = survivor.local_id
        AND category IN (SELECT value FROM json_each(?2))) AS isRestricted,
      (SELECT min(at) FROM (
        SELECT min(at) AS at FROM event WHERE event.local_id = survivor.local_id
        UNION ALL SELECT min(at) FROM flag WHERE flag.local_id = survivor.local_id)) AS firstMomentAt,
      (SELECT min(day) FROM (
        SELECT min(valid_from) AS day FROM identifier WHERE identifier.local_id = survivor.local_id
        UNION ALL SELECT min(nullif(from_on, '')) FROM registration
          WHERE registration.local_id = survivor.local_id)) AS firstValidityOn
    FROM person
    JOIN person survivor ON survivor.local_id = coalesce(person.merged_into, person.local_id)
    LEFT JOIN person_attributes kept ON kept.local_id = survivor.local_id
    WHERE person.local_id > ?1 ORDER BY person.local_id LIMIT ?3`);
  const identifiers = sql(`
    SELECT local_id AS localId, kind, value, valid_from AS validFrom, valid_to AS validTo FROM identifier
    WHERE local_id IN (SELECT value FROM json_each(?))`);

  return {
    ...createLibsqlPersonLists(database),
    async listSites({ municipalities, serviceType }, { size, afterId }) {
      const within = municipalities === null ? null : JSON.stringify(municipalities);
      return (
        sites
          .all<SiteColumns>([afterId ?? '', within, serviceType, size + 1])
          // The two JSON columns are written by `apply-fact.ts` in just this shape.
          .map(({ languages, openingHours, isOpen, ...row }) => ({
            ...row,
            languages: JSON.parse(languages) as ServiceSiteRow['languages'],
            openingHours: JSON.parse(openingHours) as ServiceSiteRow['openingHours'],
            isOpenToNotEnrolled: isOpen === 1,
          }))
      );
    },
    async listMaterials({ topic, language }, { size, afterId }) {
      return materials
        .all<Omit<InfoMaterialRow, 'languages'> & { languages: string }>([
          afterId ?? '',
          topic,
          language,
          size + 1,
        ])
        .map((row) => ({ ...row, languages: JSON.parse(row.languages) as string[] }));
    },
    async listRejections({ size, afterId }) {
      return rejections.all<StoredRejection>([
        Number(afterId ?? Number.MAX_SAFE_INTEGER),
        size + 1,
      ]);
    },
    async feedDays(from, to) {
      const none = { received: 0, applied: 0, quarantined: 0, duplicates: 0 };
      return days.get<FeedDay>([from, to]) ?? none;
    },
    async countUnmappedServices() {
      return unmapped.get<{ count: number }>([])?.count ?? 0;
    },
    async lastAcceptedAt() {
      return newest.get<{ at: string }>([])?.at ?? null;
    },
    async *peopleToEnrol(): AsyncGenerator<EnrolledPersonRow> {
      let after = '';
      for (;;) {
        const page = people.all<PersonColumns>([after, restricting, enrolmentPageSize]);
        const survivors = JSON.stringify(page.map(({ survivor }) => survivor));
        const found = identifiers.all<IdentifierRow & { localId: string }>([survivors]);
        const bySurvivor = new Map<string, IdentifierRow[]>();
        for (const { localId, ...identifier } of found) {
          const known = bySurvivor.get(localId);
          if (known) known.push(identifier);
          else bySurvivor.set(localId, [identifier]);
        }
        for (const { sectorKey, survivor, isRestricted, ...row } of page) {
          const { name, birthDate, sex, citizenship } = row;
          const { survivorKey, firstMomentAt, firstValidityOn } = row;
          yield {
            sectorKey,
            identifiers: bySurvivor.get(survivor) ?? [],
            attributes: { name, birthDate, sex, citizenship },
            isRestricted: isRestricted === 1,
            survivorKey,
            firstMomentAt,
            firstValidityOn,
          };
        }
        const last = page.at(-1);
        if (last === undefined || page.length < enrolmentPageSize) return;
        after = last.localId;
      }
    },
    async isReady() {
      return unmapped.get([]) !== undefined;
    },
  };
}
