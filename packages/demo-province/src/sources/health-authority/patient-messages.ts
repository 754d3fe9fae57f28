import type {
  WorldHealthEvent,
  WorldHealthService,
  WorldIdentifier,
  WorldIdentifierKind,
  WorldPerson,
  WorldRecord,
  WorldScreening,
  WorldVulnerabilityFlag,
} from '../../world.ts';
import { characterSetPlace, escapeHl7, hl7Day, hl7Time, type Segments } from './hl7-text.ts';

/** All that the health authority knows of one person. */
export interface PatientHistory {
  readonly person: WorldPerson;
  readonly record: WorldRecord;
  readonly events: readonly WorldHealthEvent[];
  readonly flags: readonly WorldVulnerabilityFlag[];
  readonly screenings: readonly WorldScreening[];
  readonly district: string | undefined;
}

/** A message before it is given a control id and a character set. */
export interface DraftMessage {
  /** When it is sent, RFC 3339. */
  readonly at: string;
  readonly trigger: 'A01' | 'A04' | 'A08' | 'A40';
  readonly body: Segments;
}

const serviceCodes: Readonly<Record<WorldHealthService, string>> = {
  FIRST_SCREENING: 'SCR',
  GENERAL_PRACTICE: 'MMG',
  PAEDIATRICS: 'PED',
  FAMILY_COUNSELLING: 'CONS',
  MENTAL_HEALTH: 'CSM',
  EMERGENCY: 'PS',
};
const programmeCodes = {
  TUBERCULOSIS: 'TBC',
  HEPATITIS: 'EPA',
  VACCINATION: 'VAC',
  MATERNITY: 'NAS',
};

/** CX-4 and CX-5 of each identifier; half of the systems write OIDs, the others short names. */
const authorities: Readonly<Record<WorldIdentifierKind, readonly [byOid: string, byName: string]>> =
  {
    CF: ['&2.16.840.1.113883.2.9.4.3.2&ISO^NN', 'MEF^NNITA'],
    CF_PROVISIONAL: ['&2.16.840.1.113883.2.9.4.3.2&ISO^NN', 'MEF^NNITA'],
    STP: ['&2.16.840.1.113883.2.9.4.3.17&ISO^NI', 'AUSLPR^STP'],
    ENI: ['&2.16.840.1.113883.2.9.4.3.18&ISO^NI', 'AUSLPR^ENI'],
    CUI: ['CUI^NI', 'CUI^NI'],
    VESTANET: ['VESTANET^NI', 'VESTANET^NI'],
    PERMIT: ['PERM^PRC', 'PERM^PRC'],
  };

/**
 * A patient's messages in the order they are sent: a visit each, an update for each renewed STP or ENI and
 * for what was noted between visits. Diagnoses stand where hospitals write them, in DG1 and OBX.
 */
export function patientMessages(
  history: PatientHistory,
  options: { readonly localId: string; readonly usesOids: boolean },
): DraftMessage[] {
  const { record, events, flags, screenings } = history;
  const draft = (at: string, trigger: DraftMessage['trigger'], body: Segments): DraftMessage => ({
    at,
    trigger,
    body: [['EVN', trigger, hl7Time(at)], patientSegment(history, at, options), ...body],
  });
  const visits = events.map((event) =>
    draft(event.at, event.service === 'EMERGENCY' ? 'A01' : 'A04', visitSegments(event)),
  );
  const renewals = record.identifiers
    .filter(({ kind, validFrom }) => (kind === 'STP' || kind === 'ENI') && validFrom !== undefined)
    .map(({ validFrom }) => draft(`${validFrom ?? ''}T08:00:00Z`, 'A08', []));
  const notes = flags.map((flag) =>
    draft(flag.at, 'A08', [
      [
        'ZVU',
        flag.id,
        flag.category,
        flag.level === 'CONFIRMED' ? 'C' : 'S',
        hl7Time(flag.at),
        serviceCodes[flag.sourceService],
      ],
    ]),
  );
  const known = [...visits, ...renewals, ...notes].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
  // The last message knows every identifier, also one given after the last visit.
  const newestDay = [...record.identifiers.map(({ validFrom }) => validFrom ?? ''), '2011-01-01']
    .sort()
    .at(-1);
  const lastAt = [known.at(-1)?.at ?? '', `${newestDay ?? ''}T09:00:00Z`].sort().at(-1) ?? '';
  const closing = draft(lastAt, 'A08', [
    ...screenings.map(({ programme, offeredOn, acceptedOn }) => [
      'ZSC',
      programmeCodes[programme],
      hl7Day(offeredOn),
      hl7Day(acceptedOn ?? ''),
    ]),
    ...enrolment(history),
  ]);
  return [...known, closing];
}

/** The merge of a patient number that was given twice. */
export function mergeMessage(history: PatientHistory, mergedId: string, at: string): DraftMessage {
  const patient = patientSegment(history, at, { localId: history.record.localId, usesOids: true });
  return {
    at,
    trigger: 'A40',
    body: [['EVN', 'A40', hl7Time(at)], patient, ['MRG', `${mergedId}^^^AUSLPR^PI`]],
  };
}

export function messageSegments(
  draft: DraftMessage,
  controlId: string,
  facility: string,
): Segments {
  const header = [
    'MSH',
    '^~\\&',
    'ADT',
    facility,
    'TAVOLO',
    'AUSLPR',
    hl7Time(draft.at),
    '',
    `ADT^${draft.trigger}^${draft.trigger === 'A40' ? 'ADT_A39' : 'ADT_A01'}`,
    controlId,
    'P',
    '2.5',
    '',
    '',
    '',
    '',
    'ITA',
    characterSetPlace,
  ];
  return [header, ...draft.body];
}

function patientSegment(
  { person, record }: PatientHistory,
  at: string,
  { localId, usesOids }: { localId: string; usesOids: boolean },
): string[] {
  const known = record.identifiers.filter(({ validFrom }) => (validFrom ?? '') <= at.slice(0, 10));
  const ids = [`${localId}^^^AUSLPR^PI`, ...known.map((identifier) => toCx(identifier, usesOids))];
  const name = `${escapeHl7(record.familyName)}^${escapeHl7(record.givenName)}`;
  const patient: string[] = Array.from({ length: 27 }, () => '');
  patient[0] = 'PID';
  patient[1] = '1';
  patient[3] = ids.join('~');
  patient[5] = name;
  patient[7] = hl7Day(record.birthDate);
  patient[8] = person.sex;
  patient[26] = `${person.citizenship}^^ISO3166`;
  return patient;
}

function toCx({ kind, value, validFrom, validTo }: WorldIdentifier, usesOids: boolean): string {
  const cx = `${value}^^^${authorities[kind][usesOids ? 0 : 1]}`;
  return validFrom === undefined ? cx : `${cx}^^${hl7Day(validFrom)}^${hl7Day(validTo ?? '')}`;
}

function visitSegments(event: WorldHealthEvent): Segments {
  const visit: string[] = Array.from({ length: 45 }, () => '');
  visit[0] = 'PV1';
  visit[1] = '1';
  visit[2] = event.service === 'EMERGENCY' ? 'E' : 'O';
  visit[10] = serviceCodes[event.service];
  visit[19] = event.id;
  visit[44] = hl7Time(event.at);
  return [
    visit,
    ['DG1', '1', '', `^${escapeHl7(event.diagnosisText)}`, '', hl7Time(event.at), 'A'],
    ['OBX', '1', 'TX', 'NOTE', '', escapeHl7(event.diagnosisText)],
    ['ZME', event.languageMediation ? 'Y' : 'N'],
  ];
}

/** Who holds a codice fiscale is enrolled from the first contact on. */
function enrolment({ record, events, district }: PatientHistory): Segments {
  const first = events[0];
  if (!first || !record.identifiers.some(({ kind }) => kind === 'CF')) return [];
  return [['ZIS', 'SSN', hl7Day(first.at.slice(0, 10)), '', district ?? '']];
}
