import { IDENTIFIER_KINDS } from '@tavolo/linkage';
import { z } from 'zod';
import {
  healthServiceTypes,
  infoTopics,
  registrationKinds,
  screeningProgrammes,
  vulnerabilityCategories,
  vulnerabilityLevels,
  weekdays,
} from './health-rows.ts';

/** Messages name the rule; zod's own would do too, but some of them quote what they were given. */
const required = (rule: string) => ({ error: rule });
const localId = z.string(required('is missing')).min(1, 'is missing').max(120, 'is too long');
const key = z.string(required('is missing')).min(1, 'is missing').max(300, 'is too long');
const instant = z
  .string(required('is not a date with time of day'))
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/, 'is not a date with time of day')
  .transform((text) => `${text.slice(0, 19)}Z`);
const day = z.iso.date(required('is not a date'));
const service = z.enum(healthServiceTypes, required('is not a known service'));
const languages = z
  .array(z.string().regex(/^[a-z]{2,3}$/, 'is not a language code'))
  .max(50, 'has too many languages');

/** Only the encoder sees them; one that breaks its rule counts as not written down and refuses nothing. */
const attributes = z.object({
  name: z.string().max(200).nullable().catch(null),
  birthDate: z.iso.date().nullable().catch(null),
  sex: z.enum(['F', 'M']).nullable().catch(null),
  citizenship: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .catch(null),
});

/**
 * Everything that is taken from a health message: categories, codes and times, and of the person what the
 * encoder needs. There is no member for a diagnosis or a note, and `attributes` go to a table of their own
 * that no statement of the graph reads.
 */
export const healthFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    localId,
    attributes,
    identifiers: z.array(
      z.object({
        kind: z.enum(IDENTIFIER_KINDS),
        value: z.string().max(64),
        validFrom: day.nullable(),
        validTo: day.nullable(),
      }),
    ),
  }),
  z.object({ kind: z.literal('fhir-patient'), fhirId: key, localId }),
  z.object({ kind: z.literal('merge'), survivorId: localId, mergedId: localId, at: instant }),
  z.object({
    kind: z.literal('event'),
    key,
    localId,
    at: instant,
    serviceType: service,
    isServiceMapped: z.boolean(),
    languageMediation: z.boolean().nullable(),
  }),
  z.object({ kind: z.literal('event-withdrawn'), key }),
  z.object({
    kind: z.literal('registration'),
    localId,
    registration: z.enum(registrationKinds, required('is not a known kind of registration')),
    from: day.nullable(),
    to: day.nullable(),
    district: z
      .enum(['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'], required('is not a district'))
      .nullable(),
  }),
  z.object({
    kind: z.literal('flag'),
    key,
    localId,
    category: z.enum(vulnerabilityCategories, required('is not a category of art. 17')),
    level: z.enum(vulnerabilityLevels, required('is neither suspected nor confirmed')),
    at: instant,
    sourceService: service.nullable(),
  }),
  z.object({ kind: z.literal('flag-withdrawn'), key }),
  z.object({
    kind: z.literal('screening'),
    localId,
    programme: z.enum(screeningProgrammes, required('is not a known programme')),
    offeredOn: day,
    acceptedOn: day.nullable(),
  }),
  z.object({
    kind: z.literal('site'),
    key,
    serviceType: service,
    municipality: z
      .string()
      .regex(/^\d{6}$/, 'is not an ISTAT code')
      .nullable(),
    languages,
    isOpenToNotEnrolled: z.boolean(),
    openingHours: z
      .array(
        z.object({
          days: z.array(z.enum(weekdays)).max(7),
          opensAt: z.string().regex(/^\d{2}:\d{2}$/, 'is not a time of day'),
          closesAt: z.string().regex(/^\d{2}:\d{2}$/, 'is not a time of day'),
        }),
      )
      .max(50, 'has too many time slots'),
  }),
  z.object({
    kind: z.literal('material'),
    key,
    topic: z.enum(infoTopics),
    languages,
    version: z
      .string()
      .regex(/^[\w.-]{1,20}$/, 'is not a version number')
      .nullable(),
    publishedAt: instant.nullable(),
  }),
]);

export type HealthFact = z.output<typeof healthFact>;
/** As a parser hands it over: any of the values may be missing or wrong. */
export type HealthFactCandidate = { readonly kind: HealthFact['kind'] } & Readonly<
  Record<string, unknown>
>;
