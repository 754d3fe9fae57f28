import type { PersonAttributes } from '@tavolo/linkage';
import type { z } from 'zod';
import type { DropTransaction } from '../store/reception-feed-store.ts';
import type { ExportKind } from './ingest-export.ts';
import { municipalityByName } from './municipality-by-name.ts';
import { type IdentifierCells, readCode, readIdentifiers } from './person-record.ts';
import { romeDay, romeInstant } from './rome-instant.ts';
import type {
  extensionRecord,
  guestRecord,
  immediateReceptionRecord,
  serviceRecord,
  stepRecord,
  structureRecord,
} from './sai-records.ts';

export type RowResult =
  | { readonly kind: 'written'; readonly identifiersIgnored: number }
  | { readonly kind: 'refused'; readonly field: string | null; readonly reason: string };

export interface RowPlace {
  readonly exportDay: string;
  readonly transaction: DropTransaction;
  /** What the row says of the person besides numbers; nothing for a row about a structure. */
  readonly attributes: PersonAttributes;
}

export type RowWriter<Row> = (row: Row, place: RowPlace) => RowResult;

const writeStructure: RowWriter<z.infer<typeof structureRecord>> = (row, place) => {
  const municipality = municipalityByName(row.COMUNE);
  if (municipality === undefined) {
    return { kind: 'refused', field: 'COMUNE', reason: 'not in the province' };
  }
  place.transaction.facilities.identify({
    receptionType: 'SAI',
    code: `SAI|${row.ID_STRUTTURA}`,
    managingBody: row.ENTE_GESTORE,
    titularBody: row.ENTE_TITOLARE,
    name: row.DENOMINAZIONE,
    municipality,
    describedOn: place.exportDay,
    authorisedPlaces: row.POSTI_AUTORIZZATI,
    activePlaces: row.POSTI_ATTIVI,
    targetCategory: row.CATEGORIA,
    projectCode: row.CODICE_PROGETTO,
    cig: row.CIG,
    openFrom: row.DATA_APERTURA,
    openTo: row.DATA_CHIUSURA,
  });
  return { kind: 'written', identifiersIgnored: 0 };
};

const writeGuest: RowWriter<z.infer<typeof guestRecord>> = (row, place) => {
  const facilityId = place.transaction.facilities.byCode(`SAI|${row.ID_STRUTTURA}`);
  if (facilityId === undefined) {
    return { kind: 'refused', field: 'ID_STRUTTURA', reason: 'structure never described' };
  }
  const { person, identifiersIgnored } = resolve(row, row.DATA_INGRESSO, place);
  place.transaction.exports.writeStay({
    source: 'SAI',
    externalId: row.ID_ACCOGLIENZA,
    facilityId,
    person,
    receptionType: 'SAI',
    entryOn: row.DATA_INGRESSO,
    entryAt: row.ORA_INGRESSO === null ? null : romeInstant(row.DATA_INGRESSO, row.ORA_INGRESSO),
    exitOn: row.DATA_USCITA,
    exitReason: row.MOTIVO_USCITA,
    entryRegisteredOn: row.DATA_REG_INGRESSO,
    exitRegisteredOn: row.DATA_REG_USCITA,
    exportDay: place.exportDay,
  });
  return { kind: 'written', identifiersIgnored };
};

const writeStep: RowWriter<z.infer<typeof stepRecord>> = (row, place) => {
  const { person, identifiersIgnored } = resolve(row, row.DATA_PASSAGGIO, place);
  place.transaction.exports.write('asylum_step', {
    external_id: row.ID_PASSAGGIO,
    person_id: person,
    kind: row.TIPO_PASSAGGIO,
    happened_on: row.DATA_PASSAGGIO,
    registered_on: row.DATA_REGISTRAZIONE,
    decision: row.ESITO,
    permit_ground: row.MOTIVO_PERMESSO,
    permit_valid_to: row.SCADENZA_PERMESSO,
    export_day: place.exportDay,
  });
  return { kind: 'written', identifiersIgnored };
};

const writeExtension: RowWriter<z.infer<typeof extensionRecord>> = (row, place) => {
  const { person, identifiersIgnored } = resolve(row, row.DATA_RICHIESTA, place);
  place.transaction.exports.write('extension', {
    external_id: row.ID_PROROGA,
    person_id: person,
    requested_on: row.DATA_RICHIESTA,
    decided_on: row.DATA_DECISIONE,
    reason: row.MOTIVO,
    export_day: place.exportDay,
  });
  return { kind: 'written', identifiersIgnored };
};

const writeService: RowWriter<z.infer<typeof serviceRecord>> = (row, place) => {
  const { person, identifiersIgnored } = resolve(row, row.DATA_INIZIO, place);
  place.transaction.exports.write('service_delivered', {
    external_id: row.ID_SERVIZIO,
    person_id: person,
    area: row.AREA,
    hours: row.ORE,
    course_level: row.LIVELLO_CORSO,
    from_day: row.DATA_INIZIO,
    to_day: row.DATA_FINE,
    export_day: place.exportDay,
  });
  return { kind: 'written', identifiersIgnored };
};

const writeImmediateReception: RowWriter<z.infer<typeof immediateReceptionRecord>> = (
  row,
  place,
) => {
  const municipality = municipalityByName(row.COMUNE);
  if (municipality === undefined) {
    return { kind: 'refused', field: 'COMUNE', reason: 'not in the province' };
  }
  const { facilities, exports } = place.transaction;
  const facilityId = facilities.identify({
    receptionType: 'IMMEDIATE_RECEPTION',
    managingBody: row.ENTE_GESTORE,
    name: row.STRUTTURA,
    municipality,
    describedOn: place.exportDay,
    authorisedPlaces: row.POSTI,
    activePlaces: row.POSTI_ATTIVI,
  });
  const entryOn = romeDay(new Date(row.INIZIO_IL));
  const { person, identifiersIgnored } = resolve(row, entryOn, place);
  const exitOn = row.FINE_IL === null ? null : romeDay(new Date(row.FINE_IL));
  exports.writeImmediateReception(row.ID_PRATICA, {
    external_id: row.ID_PRATICA,
    person_id: person,
    facility_id: facilityId,
    desk_id: row.SPORTELLO,
    district: row.DISTRETTO,
    referrer_type: row.SEGNALANTE,
    requested_at: row.RICHIESTA_IL,
    accepted_at: row.ACCETTATA_IL,
    started_at: row.INIZIO_IL,
    first_social_at: row.PRIMO_INTERVENTO_SOCIALE,
    first_health_at: row.PRIMO_INTERVENTO_SANITARIO,
    vulnerability_category: row.CATEGORIA_VULNERABILITA,
    permit_status: row.PERMESSO_INGRESSO,
    planned_end_on: row.FINE_PREVISTA,
    ended_at: row.FINE_IL,
    exit_destination: row.DESTINAZIONE,
    household_size: row.COMPONENTI,
    export_day: place.exportDay,
  });
  exports.writeStay({
    source: 'IMMEDIATE',
    externalId: row.ID_PRATICA,
    facilityId,
    person,
    receptionType: 'IMMEDIATE_RECEPTION',
    entryOn,
    entryAt: row.INIZIO_IL,
    exitOn,
    exitReason: null,
    entryRegisteredOn: null,
    exitRegisteredOn: null,
    exportDay: place.exportDay,
  });
  return { kind: 'written', identifiersIgnored };
};

/** Pairs each export with what its rows mean. */
export const writers = {
  STRUTTURE: writeStructure,
  ACCOGLIENZE: writeGuest,
  ITER: writeStep,
  PROROGHE: writeExtension,
  SERVIZI: writeService,
  PRONTA_ACCOGLIENZA: writeImmediateReception,
} satisfies Record<ExportKind, unknown>;

interface PersonCells {
  readonly ID_BENEFICIARIO: string;
  readonly CUI: string;
  readonly VESTANET: string;
  readonly CODICE_FISCALE: string;
  readonly NUMERO_PERMESSO?: string;
  readonly NUCLEO?: string | null;
}

function resolve(
  row: PersonCells,
  seenOn: string,
  { transaction, attributes, exportDay }: RowPlace,
): { person: number; identifiersIgnored: number } {
  const cells: IdentifierCells = {
    cui: row.CUI,
    vestanet: row.VESTANET,
    fiscalCode: row.CODICE_FISCALE,
    permit: row.NUMERO_PERMESSO,
  };
  const { identifiers, ignored } = readIdentifiers(cells);
  const person = transaction.people.resolve({
    identifiers: [...identifiers, { kind: 'SAI_GUEST', value: row.ID_BENEFICIARIO }],
    household: readCode(row.NUCLEO ?? null),
    seenOn,
  });
  transaction.attributes.learn(person, attributes, exportDay);
  return { person, identifiersIgnored: ignored };
}
