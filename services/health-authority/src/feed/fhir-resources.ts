import { z } from 'zod';

/** Only what is taken of each resource; everything else (reasons, diagnoses, notes, addresses) is dropped here. */
const coding = z.object({ system: z.string().optional(), code: z.string().optional() });
const concept = z.object({ coding: z.array(coding).optional() });
const reference = z.object({ reference: z.string().optional() });
const period = z.object({ start: z.string().optional(), end: z.string().optional() });
const identifier = z.object({
  system: z.string().optional(),
  value: z.string().optional(),
  type: concept.optional(),
  period: period.optional(),
});
const named = { id: z.string().max(64).optional() };

// For the encoder, and never a reason to refuse a patient: what has another form counts as not there.
const lenientText = z.string().optional().catch(undefined);
const humanName = z
  .object({
    use: lenientText,
    family: lenientText,
    given: z.array(z.string()).catch([]),
    text: lenientText,
  })
  .catch({ given: [] });
const extensionPart = z
  .object({
    url: lenientText,
    valueCodeableConcept: concept.optional().catch(undefined),
    valuePeriod: period.optional().catch(undefined),
  })
  .catch({});
const nestedExtension = z
  .object({ url: lenientText, extension: z.array(extensionPart).catch([]) })
  .catch({ extension: [] });

const patient = z.object({
  ...named,
  resourceType: z.literal('Patient'),
  identifier: z.array(identifier).default([]),
  link: z.array(z.object({ other: reference, type: z.string() })).default([]),
  name: z.array(humanName).catch([]),
  birthDate: z.string().catch(''),
  gender: lenientText,
  extension: z.array(nestedExtension).catch([]),
  meta: z.object({ lastUpdated: z.string().optional() }).optional(),
});
const encounter = z.object({
  ...named,
  resourceType: z.literal('Encounter'),
  status: z.string(),
  class: coding.optional(),
  serviceType: concept.optional(),
  subject: reference,
  period: period.optional(),
  identifier: z.array(identifier).default([]),
  hospitalization: z.object({ specialArrangement: z.array(concept).default([]) }).optional(),
  extension: z
    .array(z.object({ url: z.string(), valueBoolean: z.boolean().optional() }))
    .default([]),
});
const coverage = z.object({
  ...named,
  resourceType: z.literal('Coverage'),
  status: z.string(),
  type: concept.optional(),
  beneficiary: reference,
  period: period.optional(),
  extension: z.array(z.object({ url: z.string(), valueCode: z.string().optional() })).default([]),
});
const flag = z.object({
  ...named,
  resourceType: z.literal('Flag'),
  status: z.string(),
  category: z.array(concept).default([]),
  code: concept,
  subject: reference,
  period: period.optional(),
  identifier: z.array(identifier).default([]),
});
const serviceRequest = z.object({
  ...named,
  resourceType: z.literal('ServiceRequest'),
  status: z.string(),
  code: concept.optional(),
  subject: reference,
  authoredOn: z.string().optional(),
  occurrenceDateTime: z.string().optional(),
});
const healthcareService = z.object({
  ...named,
  resourceType: z.literal('HealthcareService'),
  type: z.array(concept).default([]),
  location: z.array(reference).default([]),
  communication: z.array(concept).default([]),
  eligibility: z.array(z.object({ code: concept.optional() })).default([]),
  availableTime: z
    .array(
      z.object({
        daysOfWeek: z.array(z.string()).default([]),
        availableStartTime: z.string().optional(),
        availableEndTime: z.string().optional(),
      }),
    )
    .default([]),
});
const location = z.object({
  ...named,
  resourceType: z.literal('Location'),
  identifier: z.array(identifier).default([]),
});
const documentReference = z.object({
  ...named,
  resourceType: z.literal('DocumentReference'),
  status: z.string(),
  type: concept.optional(),
  date: z.string().optional(),
  identifier: z.array(identifier).default([]),
  content: z
    .array(z.object({ attachment: z.object({ language: z.string().optional() }).optional() }))
    .default([]),
});

/** Resource types that carry something for the hub; any other is left where it is, unread and unstored. */
export const fhirResource = z.discriminatedUnion('resourceType', [
  patient,
  encounter,
  coverage,
  flag,
  serviceRequest,
  healthcareService,
  location,
  documentReference,
]);

export type FhirResource = z.output<typeof fhirResource>;
export type FhirOf<Type extends FhirResource['resourceType']> = Extract<
  FhirResource,
  { resourceType: Type }
>;

export const fhirTypesRead: readonly FhirResource['resourceType'][] = [
  'Patient',
  'Encounter',
  'Coverage',
  'Flag',
  'ServiceRequest',
  'Location',
  'HealthcareService',
  'DocumentReference',
];

export const fhirBundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.enum(['transaction', 'batch', 'searchset', 'collection', 'history']),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).default([]),
  entry: z
    .array(
      z.object({
        fullUrl: z.string().optional(),
        resource: z.unknown(),
        request: z.object({ method: z.string() }).optional(),
      }),
    )
    .default([]),
});

export type FhirBundle = z.output<typeof fhirBundle>;

/** First code among the codings of one or several concepts; '' when there is none. */
export function firstCode(...concepts: readonly (z.output<typeof concept> | undefined)[]): string {
  for (const one of concepts) {
    const code = one?.coding?.find((entry) => entry.code !== undefined)?.code;
    if (code !== undefined) return code;
  }
  return '';
}
