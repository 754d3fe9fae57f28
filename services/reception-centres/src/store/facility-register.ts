import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';
import type { Municipality } from '@tavolo/schemas';
import {
  foldText,
  nameSimilarity,
  normaliseFacilityName,
  sameFacilitySimilarity,
} from '../feed/facility-name.ts';

/** How a feed describes a facility on one day; absent facts leave what is known. */
export interface FacilityDescription {
  readonly receptionType: string;
  readonly managingBody: string;
  readonly name: string;
  readonly municipality: Municipality;
  readonly describedOn: string;
  readonly titularBody?: string | null;
  readonly authorisedPlaces?: number | null;
  readonly activePlaces?: number | null;
  readonly targetCategory?: string | null;
  readonly openFrom?: string | null;
  readonly openTo?: string | null;
  readonly projectCode?: string | null;
  readonly cig?: string | null;
  /** A code the source gives the structure; found by it, whatever the name. */
  readonly code?: string;
}

export interface FacilityRegister {
  /** Finds the facility by code, by a spelling seen before, or by a similar one; mints an id when there is none. */
  identify(description: FacilityDescription): string;
  /** The facility with this code of its source, if it has been described. */
  byCode(code: string): string | undefined;
}

/** Official data have no stable id for a centre, so ours are minted here and every spelling met is kept. */
export function createFacilityRegister(
  database: FeedDatabase,
  sectorKeySecret: string,
): FacilityRegister {
  const codeFound = prepareSql(database, 'SELECT facility_id FROM facility_code WHERE code = ?');
  const aliases = prepareSql(
    database,
    'SELECT name, facility_id FROM facility_alias WHERE managing_body = ? AND municipality = ?',
  );
  const addAlias = prepareSql(
    database,
    'INSERT INTO facility_alias VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const addCode = prepareSql(
    database,
    'INSERT INTO facility_code VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const describe = prepareSql(
    database,
    `
    INSERT INTO facility (id, reception_type, managing_body, titular_body, municipality, district,
      authorised_places, active_places, target_category, open_from, open_to, project_code, cig, described_on)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      reception_type = excluded.reception_type,
      managing_body = excluded.managing_body,
      titular_body = coalesce(excluded.titular_body, titular_body),
      municipality = excluded.municipality, district = excluded.district,
      authorised_places = coalesce(excluded.authorised_places, authorised_places),
      active_places = coalesce(excluded.active_places, active_places),
      target_category = coalesce(excluded.target_category, target_category),
      open_from = coalesce(excluded.open_from, open_from),
      open_to = coalesce(excluded.open_to, open_to),
      project_code = coalesce(excluded.project_code, project_code),
      cig = coalesce(excluded.cig, cig),
      described_on = excluded.described_on
    WHERE excluded.described_on >= described_on`,
  );

  function byCode(code: string): string | undefined {
    return codeFound.tuple<[string]>([code])?.[0];
  }

  function byName(body: string, istatCode: string, name: string): string | undefined {
    const known = aliases.tuples<[string, string]>([body, istatCode]);
    const same = known.find(([alias]) => alias === name);
    if (same) return same[1];
    const similar = new Set(
      known
        .filter(([alias]) => nameSimilarity(alias, name) >= sameFacilitySimilarity)
        .map(([, id]) => id),
    );
    // Two candidates are none: a wrong match would mix two centres' guests.
    return similar.size === 1 ? similar.values().next().value : undefined;
  }

  return {
    byCode,
    identify(facility) {
      const body = foldText(facility.managingBody);
      const name = normaliseFacilityName(facility.name);
      const { istatCode, district } = facility.municipality;
      const id =
        (facility.code === undefined ? undefined : byCode(facility.code)) ??
        (facility.code === undefined ? byName(body, istatCode, name) : undefined) ??
        deriveSectorKey(
          sectorKeySecret,
          'facility',
          facility.code ?? `${body}|${istatCode}|${name}`,
        );
      describe.run([
        id,
        facility.receptionType,
        facility.managingBody,
        facility.titularBody ?? null,
        istatCode,
        district,
        facility.authorisedPlaces ?? null,
        facility.activePlaces ?? null,
        facility.targetCategory ?? null,
        facility.openFrom ?? null,
        facility.openTo ?? null,
        facility.projectCode ?? null,
        facility.cig ?? null,
        facility.describedOn,
      ]);
      addAlias.run([body, istatCode, name, id, facility.describedOn]);
      if (facility.code !== undefined) addCode.run([facility.code, id]);
      return id;
    },
  };
}
