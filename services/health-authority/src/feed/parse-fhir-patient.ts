import type { HealthFact } from '../store/health-fact.ts';
import type { FeedProblem } from '../store/health-feed-store.ts';
import { type FhirOf, firstCode } from './fhir-resources.ts';
import type { FhirReferences } from './fhir-values.ts';
import { kindOfSystem, readIdentifier } from './identifier-systems.ts';
import { parseFhirAttributes } from './parse-fhir-attributes.ts';
import type { FhirConventions, FhirReading } from './parse-fhir-resource.ts';
import { Refusal, requireFact } from './refusal.ts';

/** The authority's own number of a patient; without one the FHIR id serves, marked so that the two can't meet. */
export function localIdOfPatient(
  patient: FhirOf<'Patient'>,
  { patientSystem }: FhirConventions,
): string | null {
  const own =
    patient.identifier.find(({ system }) => system === patientSystem) ??
    patient.identifier.find(({ type }) => ['PI', 'MR'].includes(firstCode(type)));
  if (own?.value !== undefined && own.value !== '') return own.value;
  return patient.id === undefined ? null : `fhir:${patient.id}`;
}

/** Identifiers with their periods, what the encoder needs, and `link` where the register says that two of its records are one person. */
export function parseFhirPatient(
  patient: FhirOf<'Patient'>,
  references: FhirReferences,
  conventions: FhirConventions,
): FhirReading {
  const localId = localIdOfPatient(patient, conventions);
  if (localId === null) {
    throw new Refusal({ field: 'Patient.identifier', reason: 'has no patient number' });
  }
  const warnings: FeedProblem[] = [];
  const field = 'Patient.identifier';
  const identifiers: {
    kind: string;
    value: string;
    validFrom: string | null;
    validTo: string | null;
  }[] = [];
  for (const { system, value, period } of patient.identifier) {
    const kind = kindOfSystem(system ?? '');
    if (kind === null || value === undefined) continue;
    const identifier = readIdentifier(kind, value);
    if (identifier === null) {
      warnings.push({ field, reason: `identifier of kind ${kind} is malformed and was left out` });
      continue;
    }
    identifiers.push({
      ...identifier,
      validFrom: period?.start?.slice(0, 10) ?? null,
      validTo: period?.end?.slice(0, 10) ?? null,
    });
  }
  const fieldOf = { localId: field, identifiers: field };
  const facts: HealthFact[] = [
    requireFact(
      { kind: 'person', localId, identifiers, attributes: parseFhirAttributes(patient) },
      fieldOf,
    ),
  ];
  if (patient.id !== undefined) {
    facts.push(requireFact({ kind: 'fhir-patient', fhirId: patient.id, localId }, fieldOf));
  }
  for (const { kind, validFrom, validTo } of identifiers) {
    if ((kind !== 'STP' && kind !== 'ENI') || validFrom === null) continue;
    facts.push(
      requireFact(
        {
          kind: 'registration',
          localId,
          registration: kind,
          from: validFrom,
          to: validTo,
          district: null,
        },
        fieldOf,
      ),
    );
  }
  facts.push(...readLinks(patient, localId, references));
  return { facts, warnings };
}

function readLinks(
  patient: FhirOf<'Patient'>,
  localId: string,
  references: FhirReferences,
): HealthFact[] {
  return patient.link.flatMap(({ other, type }) => {
    if (type !== 'replaced-by' && type !== 'replaces') return [];
    const otherId = references.localIdOf(other.reference ?? '');
    if (otherId === null) {
      throw new Refusal({ field: 'Patient.link', reason: 'is a patient who is not known yet' });
    }
    const [survivorId, mergedId] = type === 'replaced-by' ? [otherId, localId] : [localId, otherId];
    const at = new Date(patient.meta?.lastUpdated ?? 0);
    return [
      requireFact(
        {
          kind: 'merge',
          survivorId,
          mergedId,
          at: Number.isNaN(at.getTime()) ? null : at.toISOString(),
        },
        { at: 'Patient.meta.lastUpdated' },
      ),
    ];
  });
}
