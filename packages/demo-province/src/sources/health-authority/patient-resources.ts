import type { WorldHealthService, WorldIdentifierKind } from '../../world.ts';
import type { PatientHistory } from './patient-messages.ts';

/** Old and new names of the same systems: the register of the health authority is half migrated. */
const systems: Readonly<Record<WorldIdentifierKind, readonly [byOid: string, byUrl: string]>> = {
  CF: ['urn:oid:2.16.840.1.113883.2.9.4.3.2', 'http://hl7.it/sid/codiceFiscale'],
  CF_PROVISIONAL: ['urn:oid:2.16.840.1.113883.2.9.4.3.2', 'http://hl7.it/sid/codiceFiscale'],
  STP: ['urn:oid:2.16.840.1.113883.2.9.4.3.17', 'http://hl7.it/sid/stp'],
  ENI: ['urn:oid:2.16.840.1.113883.2.9.4.3.18', 'http://hl7.it/sid/eni'],
  CUI: ['http://hl7.it/sid/cui', 'http://hl7.it/sid/cui'],
  VESTANET: ['http://hl7.it/sid/vestanet', 'http://hl7.it/sid/vestanet'],
  PERMIT: ['http://hl7.it/sid/permessoSoggiorno', 'http://hl7.it/sid/permessoSoggiorno'],
};
const serviceCodes: Readonly<Record<WorldHealthService, string>> = {
  FIRST_SCREENING: 'SCREENING',
  GENERAL_PRACTICE: 'MED',
  PAEDIATRICS: 'PLS',
  FAMILY_COUNSELLING: 'CF',
  MENTAL_HEALTH: 'PSI',
  EMERGENCY: 'DEA',
};

/** A patient's FHIR R4 resources, patient first; reasons and conditions stand where clinicians write them. */
export function patientResources(history: PatientHistory, usesOids: boolean): object[] {
  const { person, record, events, flags, screenings, district } = history;
  const id = `pat-${record.localId}`.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 64);
  const subject = { reference: `Patient/${id}` };
  const patient = {
    resourceType: 'Patient',
    id,
    identifier: [
      { system: 'https://ausl.example/sid/paziente', value: record.localId },
      ...record.identifiers.map(({ kind, value, validFrom, validTo }) => ({
        system: systems[kind][usesOids ? 0 : 1],
        value,
        ...(validFrom === undefined
          ? {}
          : { period: { start: validFrom, ...(validTo === undefined ? {} : { end: validTo }) } }),
      })),
    ],
    name: [{ use: 'official', family: record.familyName, given: [record.givenName] }],
    birthDate: record.birthDate,
    gender: person.sex === 'F' ? 'female' : 'male',
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-citizenship',
        extension: [
          {
            url: 'code',
            valueCodeableConcept: {
              coding: [{ system: 'urn:iso:std:iso:3166', code: person.citizenship }],
            },
          },
        ],
      },
    ],
  };
  const encounters = events.map((event) => ({
    resourceType: 'Encounter',
    id: `enc-${event.id}`,
    status: 'finished',
    class: { code: event.service === 'EMERGENCY' ? 'EMER' : 'AMB' },
    identifier: [{ type: coded('VN'), value: event.id }],
    serviceType: coded(serviceCodes[event.service]),
    subject,
    period: { start: event.at },
    reasonCode: [{ text: event.diagnosisText }],
    extension: [
      {
        url: 'https://ausl.example/fhir/mediazione-linguistica',
        valueBoolean: event.languageMediation,
      },
    ],
  }));
  const conditions = events.map((event) => ({
    resourceType: 'Condition',
    id: `con-${event.id}`,
    subject,
    code: { text: event.diagnosisText },
  }));
  const first = events[0];
  const isEnrolled = first !== undefined && record.identifiers.some(({ kind }) => kind === 'CF');
  const coverages = isEnrolled
    ? [
        {
          resourceType: 'Coverage',
          id: `cov-${id}`.slice(0, 64),
          status: 'active',
          type: coded('SSN'),
          beneficiary: subject,
          period: { start: first.at.slice(0, 10) },
          extension:
            district === undefined
              ? []
              : [{ url: 'https://ausl.example/fhir/distretto', valueCode: district }],
        },
      ]
    : [];
  return [
    patient,
    ...encounters,
    ...conditions,
    ...coverages,
    ...flags.map((flag) => ({
      resourceType: 'Flag',
      id: `flag-${flag.id}`,
      status: 'active',
      identifier: [{ value: flag.id }],
      category: [coded(flag.level), coded(serviceCodes[flag.sourceService])],
      code: coded(flag.category),
      subject,
      period: { start: flag.at },
    })),
    ...screenings.map((screening) => ({
      resourceType: 'ServiceRequest',
      id: `scr-${screening.id}`,
      status: 'active',
      intent: 'order',
      code: coded(screening.programme),
      subject,
      authoredOn: screening.offeredOn,
      ...(screening.acceptedOn === undefined ? {} : { occurrenceDateTime: screening.acceptedOn }),
    })),
  ];
}

function coded(code: string): object {
  return { coding: [{ code }] };
}
