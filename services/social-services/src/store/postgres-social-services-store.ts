import { municipalities } from '@tavolo/schemas';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { SocialService } from '../social-service.ts';
import type { LegacyDatabase } from './legacy-database.ts';
import { column, type Fragment, isActive, isoDay, tableOf, text, unionAll } from './legacy-sql.ts';
import { type LegacyTable, readRows, type SelectedRow } from './legacy-table.ts';
import { localIdOf, readArea } from './record-fields.ts';
import {
  type Condition,
  rowsAfter,
  rowsById,
  rowsOfParents,
  rowsOfRegistryIds,
} from './select-rows.ts';
import type {
  AreaCodeUseRow,
  CaseFilter,
  ContactFilter,
  KeysetPage,
  LocalId,
  SocialServicesStore,
} from './social-services-store.ts';
import { accessoSportello } from './tables/accesso-sportello.ts';
import { equipeMembro, riunioneEquipe } from './tables/equipe.ts';
import { fascicolo, municipalityCodeOf } from './tables/fascicolo.ts';
import { intervento } from './tables/intervento.ts';
import { movimentoFascicolo } from './tables/movimento-fascicolo.ts';
import { areaProgetto, progettoPai } from './tables/progetto-pai.ts';
import { segnalazione } from './tables/segnalazione.ts';
import { valutazione, valutazioneArea } from './tables/valutazione.ts';

/** Tables whose rows carry an area code. */
const tablesWithArea = ['area_progetto', 'valutazione_area', 'intervento'];

/** The store over the institution's own database, through one statement a relation. */
export function createPostgresSocialServicesStore(
  database: LegacyDatabase,
  services: readonly SocialService[],
): SocialServicesStore {
  const find = async <Row>(
    table: LegacyTable<Row>,
    query: RawBuilder<SelectedRow> | null,
  ): Promise<Row[]> =>
    query === null ? [] : readRows(table, services, await database.read(query));
  const children = <Row>(table: LegacyTable<Row>) => {
    return (parentIds: readonly LocalId[]) =>
      find(table, rowsOfParents(table, services, parentIds));
  };
  /** Reads on until the page is full: rows that cannot be read must not make a page look like the last. */
  const list = async <Row>(
    table: LegacyTable<Row>,
    { afterId, limit }: KeysetPage,
    condition: (service: SocialService) => Fragment,
  ): Promise<Row[]> => {
    const rows: Row[] = [];
    let next = afterId;
    for (;;) {
      const query = rowsAfter(table, services, { afterId: next, limit }, condition);
      const selected = query === null ? [] : await database.read(query);
      rows.push(...readRows(table, services, selected));
      const last = selected.at(-1);
      if (rows.length >= limit || selected.length < limit || last === undefined) {
        return rows.slice(0, limit);
      }
      next = `${last.service}:${last.local_id}`;
    }
  };

  return {
    listCases: (filter, page) => list(fascicolo, page, (service) => caseCondition(service, filter)),
    findCases: (ids, districts) =>
      find(fascicolo, rowsById(fascicolo, services, ids, followedIn(districts))),
    findCasesOfPeople: (ids, districts) =>
      find(fascicolo, rowsOfParents(fascicolo, services, ids, followedIn(districts))),
    findCasesOfHouseholds: (ids, districts) =>
      find(
        fascicolo,
        rowsOfRegistryIds(fascicolo, services, ids, 'id_nucleo', followedIn(districts)),
      ),
    listDeskContacts: (filter, page) =>
      list(accessoSportello, page, (service) => contactCondition(service, filter)),
    findDeskContactsOfPeople: (ids, districts) =>
      find(accessoSportello, rowsOfParents(accessoSportello, services, ids, atDeskIn(districts))),
    findMovements: children(movimentoFascicolo),
    findAssessments: children(valutazione),
    findAssessedAreas: children(valutazioneArea),
    findPlans: children(progettoPai),
    findPlanAreas: children(areaProgetto),
    findTeamRoles: children(equipeMembro),
    findTeamMeetings: children(riunioneEquipe),
    findInterventions: children(intervento),
    findReferrals: children(segnalazione),
    countAreaCodes: async () =>
      countByArea(services, await database.read(areaCodeCounts(services))),
  };
}

/** Cases that a municipality of these districts follows. */
function followedIn(districts: DistrictScope): Condition {
  return (service) => inDistricts(service, districts, 't');
}

/** Contacts with a desk in these districts. */
function atDeskIn(districts: DistrictScope): Condition {
  return (service) => inDistricts(service, districts, 's');
}

function caseCondition(service: SocialService, { districts, status }: CaseFilter): Fragment {
  const isClosed = sql`coalesce(m.tipo, '') = 'CHIUSURA'`;
  const inStatus =
    status === null ? sql`true` : status === 'CLOSED' ? isClosed : sql`not ${isClosed}`;
  return sql`${inDistricts(service, districts, 't')} and ${inStatus}`;
}

function contactCondition(
  service: SocialService,
  { districts, from, to }: ContactFilter,
): Fragment {
  // Byte order: digits and hyphens compare as days do, whatever the database's own collation.
  const onDay = sql`(${isoDay(service, 'data_accesso')}) collate "C"`;
  return sql`${inDistricts(service, districts, 's')}
    and (${from}::text is null or ${onDay} >= ${from}::text)
    and (${to}::text is null or ${onDay} <= ${to}::text)`;
}

function inDistricts(service: SocialService, districts: DistrictScope, alias: string): Fragment {
  if (districts === null) return sql`true`;
  const codes = municipalities
    .filter((municipality) => districts.includes(municipality.district))
    .map((municipality) => municipalityCodeOf(service, municipality));
  return sql`${text('comune', alias)} = any(${codes}::text[])`;
}

const areaCodeCount = z.object({
  service: z.string(),
  cod_area: z.string().nullable(),
  cod_area_in_tabella: z.boolean(),
  righe: z.coerce.number(),
});

function areaCodeCounts(services: readonly SocialService[]): RawBuilder<unknown> {
  const branches = services.flatMap((service) =>
    tablesWithArea.map(
      (table) => sql`select ${service.code}::text as service, ${text('cod_area')} as cod_area,
        exists (select from ${tableOf(service, 'cod_area')} c where c.codice = t.cod_area) as cod_area_in_tabella
        from ${tableOf(service, table)} t where ${isActive(service)} and ${column('cod_area')} is not null`,
    ),
  );
  return sql`select service, cod_area, cod_area_in_tabella, count(*)::int as righe
    from (${unionAll(branches)}) u group by 1, 2, 3`;
}

/** Different spellings of one code are one code; codes that are in no table are one line without a code. */
function countByArea(
  services: readonly SocialService[],
  selected: readonly unknown[],
): AreaCodeUseRow[] {
  const uses = new Map<string, AreaCodeUseRow>();
  for (const row of selected.map((each) => areaCodeCount.parse(each))) {
    const service = services.find(({ code }) => code === row.service);
    if (service === undefined) continue;
    const area = readArea(service, row.cod_area, row.cod_area_in_tabella);
    const key = localIdOf(service, area.localCode ?? '');
    const rows = (uses.get(key)?.rows ?? 0) + row.righe;
    uses.set(key, { socialService: service.code, ...area, rows });
  }
  return [...uses.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, use]) => use);
}
