import type { IdentifierKind, PersonAttributes } from '@tavolo/linkage';

/** How a person arrives from the gateway: the key, and what another institution adds to the question. */
export interface PersonReference {
  readonly healthAuthorityKey: string;
  /** RFC 3339; absent when not asked for, null when the moment of the entry isn't known. */
  readonly receptionEntryAt?: string | null;
}

export const healthServiceTypes = [
  'FIRST_SCREENING',
  'GENERAL_PRACTICE',
  'PAEDIATRICS',
  'FAMILY_COUNSELLING',
  'MENTAL_HEALTH',
  'EMERGENCY',
  'OTHER',
] as const;
export type HealthServiceType = (typeof healthServiceTypes)[number];

export const registrationKinds = ['SSN_ENROLLED', 'STP', 'ENI', 'PENDING'] as const;
export type RegistrationKind = (typeof registrationKinds)[number];

export const vulnerabilityLevels = ['SUSPECTED', 'CONFIRMED'] as const;
export type VulnerabilityLevel = (typeof vulnerabilityLevels)[number];

/** Art. 17(1) D.Lgs. 142/2015, text in force since 4-12-2018. */
export const vulnerabilityCategories = [
  'MINOR',
  'UNACCOMPANIED_MINOR',
  'DISABLED',
  'ELDERLY',
  'PREGNANT',
  'SINGLE_PARENT',
  'TRAFFICKING_VICTIM',
  'SERIOUS_ILLNESS_OR_MENTAL_DISORDER',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
] as const;
export type VulnerabilityCategory = (typeof vulnerabilityCategories)[number];

export const screeningProgrammes = [
  'TUBERCULOSIS',
  'HEPATITIS',
  'VACCINATION',
  'MATERNITY',
] as const;
export type ScreeningProgramme = (typeof screeningProgrammes)[number];

export const infoTopics = [
  'ACCESS_TO_SERVICES',
  'VACCINATION',
  'MATERNITY',
  'MENTAL_HEALTH',
  'INFECTIOUS_DISEASES',
  'CHILD_HEALTH',
  'OTHER',
] as const;
export type InfoTopic = (typeof infoTopics)[number];

export const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Every `at` below is RFC 3339 in UTC, to the second; every day is `YYYY-MM-DD`. */
export interface HealthEventRow {
  readonly id: string;
  readonly at: string;
  readonly serviceType: HealthServiceType;
  readonly isServiceMapped: boolean;
  readonly languageMediation: boolean | null;
}

export interface RegistrationRow {
  readonly kind: RegistrationKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly district: string | null;
}

export interface VulnerabilityFlagRow {
  readonly id: string;
  readonly category: VulnerabilityCategory;
  readonly level: VulnerabilityLevel;
  readonly at: string;
  readonly sourceService: HealthServiceType | null;
}

export interface ScreeningRow {
  readonly programme: ScreeningProgramme;
  readonly offeredOn: string;
  readonly acceptedOn: string | null;
}

export interface OpeningHoursRow {
  readonly days: readonly Weekday[];
  /** `HH:MM`, local time. */
  readonly opensAt: string;
  readonly closesAt: string;
}

export interface ServiceSiteRow {
  readonly id: string;
  readonly serviceType: HealthServiceType;
  /** Six-digit ISTAT code. */
  readonly municipality: string | null;
  readonly languages: readonly string[];
  readonly isOpenToNotEnrolled: boolean;
  readonly openingHours: readonly OpeningHoursRow[];
}

export interface InfoMaterialRow {
  readonly id: string;
  readonly topic: InfoTopic;
  readonly languages: readonly string[];
  readonly version: string | null;
  readonly publishedAt: string | null;
}

/** A row of one of the lists below a person, with the sector key it was asked by. */
export type OfPerson<Row> = Row & { readonly personKey: string };

export interface IdentifierRow {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface EnrolledPersonRow {
  readonly sectorKey: string;
  readonly identifiers: readonly IdentifierRow[];
  readonly attributes: PersonAttributes;
  readonly isRestricted: boolean;
  /** Of a patient merged away; null for one in use. */
  readonly survivorKey: string | null;
  /** Of events and flags. */
  readonly firstMomentAt: string | null;
  /** Of identifiers and registrations. */
  readonly firstValidityOn: string | null;
}
