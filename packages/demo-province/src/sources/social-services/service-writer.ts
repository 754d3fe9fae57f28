import type { WorldDeskContact, WorldPerson, WorldSocialCase } from '../../world.ts';
import type { DumpFile, SqlRow, SqlValue } from './dump-file.ts';
import {
  accessChannelCodes,
  areaOfNeedCodes,
  contactChannelCodes,
  contactOutcomeCodes,
  demandCodes,
  factorCode,
  nodeCode,
  objectiveCode,
  outcomeCode,
  planAreaStateCodes,
  providerCode,
  reasonCode,
  roleCode,
} from './local-codes.ts';
import type { LocalConventions } from './local-conventions.ts';
import { municipalityCode } from './municipality-code.ts';
import { romeClock } from './rome-clock.ts';

type TableName =
  | 'fascicolo'
  | 'movimento_fascicolo'
  | 'accesso_sportello'
  | 'valutazione'
  | 'valutazione_area'
  | 'progetto_pai'
  | 'area_progetto'
  | 'equipe_membro'
  | 'riunione_equipe'
  | 'intervento'
  | 'segnalazione';

export interface ServiceWriter {
  readonly conventions: LocalConventions;
  /** A case with everything below it; returns its number. */
  writeCase(socialCase: WorldSocialCase, person: WorldPerson, householdId: string | null): number;
  writeContact(contact: WorldDeskContact, person: WorldPerson): void;
  /** One row as it is, broken or not, in the service's own columns; returns its number. */
  readonly insert: (table: TableName, row: SqlRow, isCancelled?: boolean) => number;
  caseRow(socialCase: WorldSocialCase, personId: string, householdId: string | null): SqlRow;
  contactRow(contact: WorldDeskContact, personId: string): SqlRow;
  day(isoDay: string | undefined): SqlValue;
}

const idColumns: Readonly<Record<TableName, string>> = {
  fascicolo: 'id_fascicolo',
  movimento_fascicolo: 'id_movimento',
  accesso_sportello: 'id_accesso',
  valutazione: 'id_valutazione',
  valutazione_area: 'id_valutazione_area',
  progetto_pai: 'id_progetto',
  area_progetto: 'id_area_progetto',
  equipe_membro: 'id_membro',
  riunione_equipe: 'id_riunione',
  intervento: 'id_intervento',
  segnalazione: 'id_segnalazione',
};

/** Writes what one social service knows, in its own conventions. */
export function createServiceWriter(file: DumpFile, conventions: LocalConventions): ServiceWriter {
  const lastIds = new Map<TableName, number>();
  const isText = conventions.dates === 'text';

  const day = (isoDay: string | undefined): SqlValue => {
    if (isoDay === undefined) return null;
    return isText ? isoDay.split('-').toReversed().join('/') : isoDay;
  };
  const insert = (table: TableName, row: SqlRow, isCancelled = false): number => {
    const id = (lastIds.get(table) ?? 0) + 1;
    lastIds.set(table, id);
    const mark: SqlRow =
      conventions.cancelled === 'cancellato_il'
        ? { cancellato_il: isCancelled ? '2025-03-01 10:00:00' : null }
        : { flag_annullato: isCancelled ? 'S' : 'N' };
    file.insert(`${conventions.schema}.${table}`, { [idColumns[table]]: id, ...row, ...mark });
    return id;
  };
  const amount = (euro: number | undefined): SqlValue => {
    if (euro === undefined) return null;
    if (!isText) return euro;
    const [whole = '', cents = ''] = euro.toFixed(2).split('.');
    return `${whole.replaceAll(/\B(?=(\d{3})+$)/gu, '.')},${cents}`;
  };

  const caseRow: ServiceWriter['caseRow'] = (socialCase, personId, householdId) => ({
    numero_fascicolo: `${socialCase.openedOn.slice(0, 4)}/${(lastIds.get('fascicolo') ?? 0) + 1}`,
    id_utente: personId,
    id_nucleo: householdId,
    comune: municipalityCode(conventions, socialCase.municipality),
    data_apertura: day(socialCase.openedOn),
    area_utenza: areaOfNeedCodes[socialCase.areaOfNeed],
    canale_accesso: accessChannelCodes[socialCase.accessChannel],
    ruolo_responsabile: 'ASSOC',
    operatore_responsabile: 'Operatrice Inventata',
    note: null,
  });
  const contactRow: ServiceWriter['contactRow'] = (contact, personId) => {
    const { isoDay, time } = romeClock(contact.at);
    return {
      id_sportello: contact.deskId,
      id_utente: personId,
      data_accesso: day(isoDay),
      ora_accesso: time,
      canale: contactChannelCodes[contact.channel],
      domanda: demandCodes[contact.demand],
      esito: contactOutcomeCodes[contact.outcome],
      mediazione: contact.mediationUsed ? 'S' : 'N',
      lingua: contact.language,
      operatore: 'Operatore Inventato',
      note: null,
    };
  };

  const writeMovements = (caseId: number, { openedOn, reopenings, closedOn }: WorldSocialCase) => {
    const movements: (readonly [string, string])[] = [
      ['APERTURA', openedOn],
      ...reopenings.flatMap(
        (each) =>
          [
            ['CHIUSURA', each.closedOn],
            ['RIAPERTURA', each.reopenedOn],
          ] as const,
      ),
      ...(closedOn === undefined ? [] : [['CHIUSURA', closedOn] as const]),
    ];
    for (const [tipo_movimento, on] of movements) {
      insert('movimento_fascicolo', {
        id_fascicolo: caseId,
        tipo_movimento,
        data_movimento: day(on),
        operatore: 'Operatrice Inventata',
        note: null,
      });
    }
  };
  const writeAssessments = (caseId: number, { assessments }: WorldSocialCase) => {
    for (const { on, scores, vulnerabilityFactors } of assessments) {
      const id = insert('valutazione', {
        id_fascicolo: caseId,
        data_valutazione: day(on),
        ruolo_valutatore: 'ASSOC',
        valutatore: 'Operatrice Inventata',
        fattori_vulnerabilita: vulnerabilityFactors.map(factorCode).join(';'),
        relazione: 'Testo libero che resta nella cartella.',
      });
      for (const area of ['LEGAL', 'SOCIAL', 'HEALTH', 'HOUSING', 'WORK_TRAINING'] as const) {
        insert('valutazione_area', {
          id_valutazione: id,
          cod_area: conventions.areaCodes[area],
          punteggio: String(scores[area]),
        });
      }
    }
  };
  const writePlan = (caseId: number, { plan }: WorldSocialCase) => {
    if (plan === undefined) return;
    const id = insert('progetto_pai', {
      id_fascicolo: caseId,
      data_avvio: day(plan.startedOn),
      data_verifica: day(plan.reviewDueOn),
      figura_riferimento: plan.referencePersonPresent ? 'S' : 'N',
      nome_figura_riferimento: plan.referencePersonPresent ? 'Figura Inventata' : null,
      note: null,
    });
    for (const { area, objective, horizonMonths, state } of plan.areas) {
      insert('area_progetto', {
        id_progetto: id,
        cod_area: conventions.areaCodes[area],
        cod_obiettivo: objectiveCode(objective),
        obiettivo: objective,
        orizzonte_mesi: String(horizonMonths),
        stato: planAreaStateCodes[state],
      });
    }
    for (const { role, from } of plan.team) {
      insert('equipe_membro', {
        id_progetto: id,
        cod_ruolo: roleCode(role),
        nominativo: 'Professionista Inventata',
        dal: day(from),
      });
    }
    for (const { on, level, roles } of plan.meetings) {
      insert('riunione_equipe', {
        id_progetto: id,
        data_riunione: day(on),
        livello: String(level),
        ruoli_presenti: roles.map(roleCode).join(';'),
        verbale: 'Verbale che resta nella cartella.',
      });
    }
  };

  return {
    conventions,
    insert,
    day,
    caseRow,
    contactRow,
    writeCase(socialCase, person, householdId) {
      const record = person.records['social-services'];
      if (record === undefined) throw new Error('a case of somebody the service does not know');
      const caseId = insert('fascicolo', {
        ...caseRow(socialCase, record.localId, householdId),
        note: `Colloquio con ${record.givenName} ${record.familyName}.`,
      });
      writeMovements(caseId, socialCase);
      writeAssessments(caseId, socialCase);
      writePlan(caseId, socialCase);
      for (const each of socialCase.interventions) {
        insert('intervento', {
          id_fascicolo: caseId,
          voce_istat: each.istatItem,
          cod_area: conventions.areaCodes[each.area],
          data_prevista: day(each.plannedOn),
          data_erogazione: day(each.deliveredOn),
          importo: amount(each.amountEuro),
          tipo_ente: providerCode(each.provider),
          ente_erogatore: each.provider,
          note: null,
        });
      }
      for (const each of socialCase.referrals) {
        insert('segnalazione', {
          id_fascicolo: caseId,
          mittente: nodeCode(each.from),
          destinatario: nodeCode(each.to),
          data_segnalazione: day(each.on),
          motivo: reasonCode(each.reason),
          testo: `Si segnala ${record.familyName} ${record.givenName}.`,
          data_accettazione: day(each.acceptedOn),
          esito: outcomeCode(each.outcome),
        });
      }
      return caseId;
    },
    writeContact(contact, person) {
      const localId = person.records['social-services']?.localId;
      if (localId === undefined) throw new Error('a contact of somebody the service does not know');
      insert('accesso_sportello', contactRow(contact, localId));
    },
  };
}
