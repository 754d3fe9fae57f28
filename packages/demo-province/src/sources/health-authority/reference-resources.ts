import type { WorldHealthService } from '../../world.ts';

const sites: readonly [
  service: WorldHealthService,
  code: string,
  istat: string,
  languages: readonly string[],
  isOpen: boolean,
][] = [
  ['FIRST_SCREENING', 'SCREENING', '034027', ['it', 'en', 'fr', 'ar'], true],
  ['GENERAL_PRACTICE', 'MED', '034027', ['it', 'en'], true],
  ['GENERAL_PRACTICE', 'MED', '034014', ['it'], true],
  ['GENERAL_PRACTICE', 'MED', '034006', ['it'], false],
  ['PAEDIATRICS', 'PLS', '034027', ['it', 'en', 'fr'], true],
  ['FAMILY_COUNSELLING', 'CF', '034027', ['it', 'en', 'fr', 'ar', 'es'], true],
  ['FAMILY_COUNSELLING', 'CF', '034018', ['it'], true],
  ['MENTAL_HEALTH', 'PSI', '034027', ['it', 'en'], true],
  ['EMERGENCY', 'DEA', '034027', ['it', 'en'], true],
  ['EMERGENCY', 'DEA', '034014', ['it'], true],
];

const materials: readonly [
  topic: string,
  languages: readonly string[],
  version: string,
  date: string,
][] = [
  ['ACCESS_TO_SERVICES', ['it', 'en', 'fr', 'ar', 'ur', 'bn'], '2.1', '2025-03-10T09:00:00+01:00'],
  ['VACCINATION', ['it', 'en', 'fr', 'ar'], '1.4', '2025-09-01T09:00:00+02:00'],
  ['MATERNITY', ['it', 'en', 'fr', 'ar', 'es'], '3.0', '2024-11-20T09:00:00+01:00'],
  ['MENTAL_HEALTH', ['it', 'en'], '1.0', '2026-02-02T09:00:00+01:00'],
  ['INFECTIOUS_DISEASES', ['it', 'en', 'fr'], '1.2', '2023-05-15T09:00:00+02:00'],
  ['CHILD_HEALTH', ['it', 'en', 'fr', 'ar', 'uk'], '2.0', '2024-06-03T09:00:00+02:00'],
];

/** The authority's services with their places, and its multilingual information, as FHIR R4. */
export function referenceResources(): object[] {
  const services = sites.flatMap(([, code, istat, languages, isOpen], index) => [
    {
      resourceType: 'Location',
      id: `loc-${index + 1}`,
      identifier: [{ system: 'http://hl7.it/sid/istat-comune', value: istat }],
    },
    {
      resourceType: 'HealthcareService',
      id: `srv-${index + 1}`,
      type: [{ coding: [{ code }] }],
      location: [{ reference: `Location/loc-${index + 1}` }],
      communication: languages.map((language) => ({
        coding: [{ system: 'urn:ietf:bcp:47', code: language }],
      })),
      eligibility: isOpen
        ? [{ code: { coding: [{ code: 'STP' }] } }, { code: { coding: [{ code: 'ENI' }] } }]
        : [],
      availableTime: [
        {
          daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
          availableStartTime: '08:00:00',
          availableEndTime: '13:00:00',
        },
      ],
    },
  ]);
  const documents = materials.map(([topic, languages, version, date], index) => ({
    resourceType: 'DocumentReference',
    id: `doc-${index + 1}`,
    status: 'current',
    type: { coding: [{ code: topic }] },
    date,
    identifier: [{ type: { coding: [{ code: 'version' }] }, value: version }],
    content: languages.map((language) => ({ attachment: { language } })),
  }));
  return [...services, ...documents];
}
