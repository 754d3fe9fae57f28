import type { HealthFact } from '../store/health-fact.ts';
import { infoTopics, type Weekday } from '../store/health-rows.ts';
import { type FhirOf, firstCode } from './fhir-resources.ts';
import { type FhirReferences, fhirKey, readFhirInstant } from './fhir-values.ts';
import { requireFact } from './refusal.ts';
import { readService } from './service-codes.ts';

const weekdayByCode: ReadonlyMap<string, Weekday> = new Map([
  ['mon', 'MONDAY'],
  ['tue', 'TUESDAY'],
  ['wed', 'WEDNESDAY'],
  ['thu', 'THURSDAY'],
  ['fri', 'FRIDAY'],
  ['sat', 'SATURDAY'],
  ['sun', 'SUNDAY'],
]);

/** A HealthcareService: kind, municipality of its first location, languages, hours, open to STP/ENI or not. */
export function parseFhirSite(
  resource: FhirOf<'HealthcareService'>,
  references: FhirReferences,
): HealthFact {
  const location = resource.location[0]?.reference;
  return requireFact(
    {
      kind: 'site',
      key: fhirKey(resource),
      serviceType: readService(firstCode(...resource.type), false).serviceType,
      municipality: location === undefined ? null : references.municipalityOf(location),
      languages: resource.communication.map((language) => primaryLanguage(firstCode(language))),
      isOpenToNotEnrolled: resource.eligibility.some(({ code }) =>
        ['STP', 'ENI'].includes(firstCode(code).toUpperCase()),
      ),
      openingHours: resource.availableTime.map((slot) => ({
        days: slot.daysOfWeek.map((day) => weekdayByCode.get(day)),
        opensAt: slot.availableStartTime?.slice(0, 5),
        closesAt: slot.availableEndTime?.slice(0, 5),
      })),
    },
    {
      key: 'HealthcareService.id',
      municipality: 'HealthcareService.location',
      languages: 'HealthcareService.communication',
      openingHours: 'HealthcareService.availableTime',
    },
  );
}

/** A DocumentReference: topic, languages of its attachments, version (identifier of type `version`), date. */
export function parseFhirMaterial(resource: FhirOf<'DocumentReference'>): HealthFact {
  const topic = firstCode(resource.type).toUpperCase();
  return requireFact(
    {
      kind: 'material',
      key: fhirKey(resource),
      topic: infoTopics.find((known) => known === topic) ?? 'OTHER',
      languages: [
        ...new Set(
          resource.content.flatMap(({ attachment }) =>
            attachment?.language === undefined ? [] : [primaryLanguage(attachment.language)],
          ),
        ),
      ],
      version: resource.identifier.find(({ type }) => firstCode(type) === 'version')?.value ?? null,
      publishedAt: readFhirInstant(resource.date),
    },
    {
      key: 'DocumentReference.id',
      languages: 'DocumentReference.content.attachment.language',
      version: 'DocumentReference.identifier',
      publishedAt: 'DocumentReference.date',
    },
  );
}

/** `it-IT` and `it` are one language. */
function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
