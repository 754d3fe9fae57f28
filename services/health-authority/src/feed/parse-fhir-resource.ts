import type { HealthFact, HealthFactCandidate } from '../store/health-fact.ts';
import type { FeedProblem } from '../store/health-feed-store.ts';
import { type FhirOf, type FhirResource, firstCode } from './fhir-resources.ts';
import { type FhirReferences, fhirKey, readFhirDay, readFhirInstant } from './fhir-values.ts';
import { visitKey } from './parse-adt.ts';
import { parseFhirPatient } from './parse-fhir-patient.ts';
import { parseFhirMaterial, parseFhirSite } from './parse-fhir-reference-data.ts';
import { Refusal, requireFact } from './refusal.ts';
import { knownService, readService } from './service-codes.ts';

/** Extension of the authority's own profile; the standard arrangement code `int` says the same by its presence. */
export const mediationExtension = 'https://ausl.example/fhir/mediazione-linguistica';
export const districtExtension = 'https://ausl.example/fhir/distretto';

export interface FhirConventions {
  /** `Patient.identifier.system` of the authority's own patient numbers. */
  readonly patientSystem: string;
}

export interface FhirReading {
  readonly facts: readonly HealthFact[];
  readonly warnings: readonly FeedProblem[];
}

/** Reads one resource into facts; throws `Refusal` naming the element at fault. */
export function parseFhirResource(
  resource: FhirResource,
  references: FhirReferences,
  conventions: FhirConventions,
): FhirReading {
  switch (resource.resourceType) {
    case 'Patient':
      return parseFhirPatient(resource, references, conventions);
    case 'Encounter':
      return one(parseEncounter(resource, references));
    case 'Coverage':
      return one(parseCoverage(resource, references));
    case 'Flag':
      return one(parseFlag(resource, references));
    case 'ServiceRequest':
      return one(parseScreening(resource, references));
    case 'HealthcareService':
      return one(parseFhirSite(resource, references));
    case 'DocumentReference':
      return one(parseFhirMaterial(resource));
    case 'Location':
      // Read with the services that point to it.
      return { facts: [], warnings: [] };
  }
}

function one(fact: HealthFact): FhirReading {
  return { facts: [fact], warnings: [] };
}

const withdrawn: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled']);

function parseEncounter(resource: FhirOf<'Encounter'>, references: FhirReferences): HealthFact {
  const visit = resource.identifier.find(({ type }) => firstCode(type) === 'VN')?.value;
  const key = visit === undefined ? fhirKey(resource) : visitKey(visit);
  if (withdrawn.has(resource.status)) return requireFact({ kind: 'event-withdrawn', key }, {});
  if (resource.status === 'planned') {
    throw new Refusal({ field: 'Encounter.status', reason: 'is not a contact that took place' });
  }
  const hasInterpreter = resource.hospitalization?.specialArrangement.some((arrangement) =>
    arrangement.coding?.some(({ code }) => code === 'int'),
  );
  const said = resource.extension.find(({ url }) => url === mediationExtension)?.valueBoolean;
  return requireFact(
    {
      kind: 'event',
      key,
      localId: subjectOf(resource.subject.reference, 'Encounter.subject', references),
      at: readFhirInstant(resource.period?.start),
      ...readService(firstCode(resource.serviceType), resource.class?.code === 'EMER'),
      languageMediation: said ?? (hasInterpreter ? true : null),
    },
    { at: 'Encounter.period.start' },
  );
}

const registrationByCode: ReadonlyMap<string, string> = new Map([
  ['SSN', 'SSN_ENROLLED'],
  ['STP', 'STP'],
  ['ENI', 'ENI'],
]);

function parseCoverage(resource: FhirOf<'Coverage'>, references: FhirReferences): HealthFact {
  const kind = registrationByCode.get(firstCode(resource.type).toUpperCase());
  return requireFact(
    {
      kind: 'registration',
      localId: subjectOf(resource.beneficiary.reference, 'Coverage.beneficiary', references),
      registration: resource.status === 'draft' ? 'PENDING' : kind,
      from: readFhirDay(resource.period?.start),
      to: readFhirDay(resource.period?.end),
      district: resource.extension.find(({ url }) => url === districtExtension)?.valueCode ?? null,
    },
    {
      registration: 'Coverage.type',
      from: 'Coverage.period.start',
      to: 'Coverage.period.end',
      district: 'Coverage.extension',
    },
  );
}

function parseFlag(resource: FhirOf<'Flag'>, references: FhirReferences): HealthFact {
  const number = resource.identifier[0]?.value;
  const key = number === undefined ? fhirKey(resource) : `flag:${number}`;
  if (withdrawn.has(resource.status)) return requireFact({ kind: 'flag-withdrawn', key }, {});
  const codes = resource.category.flatMap(
    ({ coding }) => coding?.map(({ code }) => code ?? '') ?? [],
  );
  const candidate: HealthFactCandidate = {
    kind: 'flag',
    key,
    localId: subjectOf(resource.subject.reference, 'Flag.subject', references),
    category: firstCode(resource.code),
    level: codes.find((code) => code === 'SUSPECTED' || code === 'CONFIRMED'),
    at: readFhirInstant(resource.period?.start),
    sourceService: codes.map(knownService).find((service) => service !== null) ?? null,
  };
  return requireFact(candidate, {
    category: 'Flag.code',
    level: 'Flag.category',
    at: 'Flag.period.start',
  });
}

function parseScreening(
  resource: FhirOf<'ServiceRequest'>,
  references: FhirReferences,
): HealthFact {
  return requireFact(
    {
      kind: 'screening',
      localId: subjectOf(resource.subject.reference, 'ServiceRequest.subject', references),
      programme: firstCode(resource.code),
      offeredOn: readFhirDay(resource.authoredOn),
      acceptedOn: resource.status === 'revoked' ? null : readFhirDay(resource.occurrenceDateTime),
    },
    {
      programme: 'ServiceRequest.code',
      offeredOn: 'ServiceRequest.authoredOn',
      acceptedOn: 'ServiceRequest.occurrenceDateTime',
    },
  );
}

function subjectOf(
  reference: string | undefined,
  field: string,
  references: FhirReferences,
): string {
  if (reference === undefined) throw new Refusal({ field, reason: 'is missing' });
  const localId = references.localIdOf(reference);
  if (localId === null) throw new Refusal({ field, reason: 'is a patient who is not known yet' });
  return localId;
}
