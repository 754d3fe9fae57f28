import { type Hl7MessageView, readHl7Timestamp } from '@tavolo/feed-kit';
import type { HealthFact } from '../store/health-fact.ts';
import { readOptionalDay } from './optional-day.ts';
import { requireFact } from './refusal.ts';
import { knownService } from './service-codes.ts';

const registrationByCode: ReadonlyMap<string, string> = new Map([
  ['SSN', 'SSN_ENROLLED'],
  ['STP', 'STP'],
  ['ENI', 'ENI'],
  ['ATT', 'PENDING'],
]);
const levelByCode: ReadonlyMap<string, string> = new Map([
  ['S', 'SUSPECTED'],
  ['C', 'CONFIRMED'],
]);
const programmeByCode: ReadonlyMap<string, string> = new Map([
  ['TBC', 'TUBERCULOSIS'],
  ['EPA', 'HEPATITIS'],
  ['VAC', 'VACCINATION'],
  ['NAS', 'MATERNITY'],
]);

/**
 * Reads the authority's own segments: ZIS registration (kind, from, to, district), ZVU vulnerability
 * (id, category, S/C, at, service), ZSC screening (programme, offered, accepted); each may repeat.
 */
export function readLocalSegments(
  message: Hl7MessageView,
  localId: string,
  timeZone: string,
): HealthFact[] {
  const registrations = message.all('ZIS').map((segment) =>
    requireFact(
      {
        kind: 'registration',
        localId,
        registration: registrationByCode.get(segment.value(1).toUpperCase()),
        from: readOptionalDay(segment.value(2), 'ZIS-2'),
        to: readOptionalDay(segment.value(3), 'ZIS-3'),
        district: segment.value(4) === '' ? null : segment.value(4).toUpperCase(),
      },
      { registration: 'ZIS-1', district: 'ZIS-4' },
    ),
  );
  const flags = message.all('ZVU').map((segment) =>
    requireFact(
      {
        kind: 'flag',
        key: segment.value(1) === '' ? undefined : `flag:${segment.value(1)}`,
        localId,
        category: segment.value(2),
        level: levelByCode.get(segment.value(3).toUpperCase()),
        at: readHl7Timestamp(segment.value(4), timeZone),
        sourceService: knownService(segment.value(5)),
      },
      { key: 'ZVU-1', category: 'ZVU-2', level: 'ZVU-3', at: 'ZVU-4' },
    ),
  );
  const screenings = message.all('ZSC').map((segment) =>
    requireFact(
      {
        kind: 'screening',
        localId,
        programme: programmeByCode.get(segment.value(1).toUpperCase()),
        offeredOn: readOptionalDay(segment.value(2), 'ZSC-2'),
        acceptedOn: readOptionalDay(segment.value(3), 'ZSC-3'),
      },
      { programme: 'ZSC-1', offeredOn: 'ZSC-2' },
    ),
  );
  return [...registrations, ...flags, ...screenings];
}
