import type { WorldDeskContact, WorldSocialCase } from '../../world.ts';

type Plan = NonNullable<WorldSocialCase['plan']>;

export const areaOfNeedCodes: Readonly<Record<WorldSocialCase['areaOfNeed'], string>> = {
  FAMILY_AND_MINORS: 'FAM',
  YOUNG_PEOPLE: 'GIO',
  ADULTS: 'ADU',
  ELDERLY: 'ANZ',
  DISABILITY: 'DIS',
  IMMIGRATION: 'IMM',
};

export const accessChannelCodes: Readonly<Record<WorldSocialCase['accessChannel'], string>> = {
  ASYLUM_DESK: 'SPORT_ASILO',
  SOCIAL_DESK: 'SPORT_SOC',
  RECEPTION_CENTRE: 'CENTRO_ACC',
  HOSPITAL: 'OSPEDALE',
  SCHOOL: 'SCUOLA',
  SELF: 'SPONTANEO',
};

export const contactChannelCodes: Readonly<Record<WorldDeskContact['channel'], string>> = {
  IN_PERSON: 'PRESENZA',
  PHONE: 'TELEFONO',
  MESSAGE: 'MESSAGGIO',
  BY_OTHER_SERVICE: 'ALTRO_SERV',
};

export const demandCodes: Readonly<Record<WorldDeskContact['demand'], string>> = {
  ASYLUM_PROCEDURE: 'ASILO',
  RECEPTION: 'ACCOGLIENZA',
  DOMICILE: 'DOMICILIO',
  HEALTH: 'SALUTE',
  WORK: 'LAVORO',
  HOUSING: 'CASA',
  FAMILY: 'FAMIGLIA',
};

export const contactOutcomeCodes: Readonly<Record<WorldDeskContact['outcome'], string>> = {
  INFORMATION: 'INFO',
  REFERRAL: 'INVIO',
  INTAKE: 'PIC',
};

export const planAreaStateCodes: Readonly<Record<Plan['areas'][number]['state'], string>> = {
  PLANNED: 'PIANIFICATO',
  IN_PROGRESS: 'IN_CORSO',
  ACHIEVED: 'RAGGIUNTO',
  ABANDONED: 'ABBANDONATO',
};

const roles: Readonly<Record<string, string>> = {
  CASE_MANAGER: 'CASEMAN',
  ASSISTENTE_SOCIALE: 'ASSOC',
  OPERATORE_ACCOGLIENZA: 'OPACC',
  OPERATORE_LEGALE: 'OPLEG',
  MEDIATORE: 'MEDLC',
  PSICOLOGA: 'PSICO',
  EDUCATORE: 'EDUC',
};

/** The code of a role in a team. */
export function roleCode(role: string): string {
  return roles[role] ?? 'ALTRO';
}

const factors: Readonly<Record<string, string>> = {
  TRATTA: 'TRATTA',
  TORTURA_VIOLENZA: 'TORT',
  MALATTIA: 'MALATT',
  GRAVIDANZA: 'GRAV',
  GENITORE_SOLO: 'MONOGEN',
};

/** The code of a vulnerability factor; the service has some of its own that the law does not name. */
export function factorCode(factor: string): string {
  return factors[factor] ?? factor.slice(0, 12);
}

const objectives: Readonly<Record<string, string>> = {
  'Rinnovo del permesso di soggiorno': 'OB-DOC',
  'Preparazione all’audizione': 'OB-DOC',
  'Ricongiungimento familiare': 'OB-FAM',
  'Iscrizione scolastica dei minori': 'OB-SCU',
  'Corso di italiano': 'OB-ITA',
  'Rete di vicinanza solidale': 'OB-SER',
  'Scelta del medico di base': 'OB-CUR',
  'Percorso al consultorio': 'OB-CUR',
  'Sostegno psicologico': 'OB-PSI',
  'Ricerca di un alloggio in affitto': 'OB-CAS',
  'Contributo per il canone': 'OB-CAS',
  'Mediazione con il proprietario': 'OB-CAS',
  'Bilancio di competenze': 'OB-FOR',
  'Tirocinio formativo': 'OB-FOR',
  'Esame per la patente': 'OB-FOR',
};

/** The code of an objective, beside its text. */
export function objectiveCode(objective: string): string {
  return objectives[objective] ?? 'OB-ALT';
}

const nodes: Readonly<Record<string, string>> = {
  SPORTELLO_ASILO: 'SPORT_ASILO',
  SERVIZIO_SOCIALE: 'SERV_SOC',
  CONSULTORIO: 'CENTRO_FAM',
  SALUTE_MENTALE: 'AUSL',
  SAI: 'CENTRO_ACC',
  SCUOLA: 'SCUOLA',
  CENTRO_DI_ASCOLTO: 'ETS',
};

/** The code of who sends or receives a referral. */
export function nodeCode(node: string): string {
  return nodes[node] ?? 'ALTRO';
}

const reasons: Readonly<Record<string, string>> = {
  VULNERABILITA: 'VULNERAB',
  ALLOGGIO: 'CASA',
  MINORI: 'MINORI',
  SALUTE: 'SALUTE',
  LAVORO: 'LAVORO',
};

/** The code of why somebody was sent on. */
export function reasonCode(reason: string): string {
  return reasons[reason] ?? 'ALTRO';
}

const outcomes: Readonly<Record<string, string>> = {
  PRESA_IN_CARICO: 'PIC',
  ORIENTAMENTO: 'ALTRO',
  RINVIO: 'INVIO',
};

/** The code of what became of a referral; `null` when nothing was written yet. */
export function outcomeCode(outcome: string | undefined): string | null {
  return outcome === undefined ? null : (outcomes[outcome] ?? 'ALTRO');
}

/** The code of the kind of body that provides an intervention. */
export function providerCode(provider: string): string {
  if (provider === 'Servizio sociale') return 'COMUNE';
  return provider.startsWith('Cooperativa') ? 'ENTE_GEST' : 'ETS';
}
