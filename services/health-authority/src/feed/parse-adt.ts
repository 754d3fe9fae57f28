import { type Hl7MessageView, type Hl7SegmentView, readHl7Timestamp } from '@tavolo/feed-kit';
import type { HealthFact } from '../store/health-fact.ts';
import type { FeedProblem } from '../store/health-feed-store.ts';
import { readLocalSegments } from './parse-local-segments.ts';
import { readPatientIds } from './parse-patient-ids.ts';
import { Refusal, requireFact } from './refusal.ts';
import { readService } from './service-codes.ts';

/** All that is ever read of a message. DG1, OBX, NTE, PV2 and the rest stay in the raw store, unparsed. */
export const segmentsRead: ReadonlySet<string> = new Set([
  'MSH',
  'EVN',
  'PID',
  'MRG',
  'PV1',
  'ZME',
  'ZIS',
  'ZVU',
  'ZSC',
]);

/** What differs from one institution to the next. */
export interface AdtConventions {
  /** CX-4.1 of the authority's own patient numbers; another authority's are kept apart by its name. */
  readonly patientAuthority: string;
  /** IANA name; times without an offset are local to it. */
  readonly timeZone: string;
}

export interface AdtReading {
  readonly facts: readonly HealthFact[];
  readonly warnings: readonly FeedProblem[];
}

/** Reads an ADT message into facts; throws `Refusal` for one that cannot be taken in whole. */
export function parseAdt(message: Hl7MessageView, conventions: AdtConventions): AdtReading {
  const header = message.first('MSH');
  if (header?.value(9, 1) !== 'ADT') {
    throw new Refusal({ field: 'MSH-9', reason: 'message type is not supported' }, true);
  }
  if (!/^2\.[1-9]/.test(header.value(12))) {
    throw new Refusal({ field: 'MSH-12', reason: 'version is not supported' }, true);
  }
  if (header.value(10) === '') throw new Refusal({ field: 'MSH-10', reason: 'is missing' });
  switch (header.value(9, 2)) {
    case 'A01':
    case 'A04':
      return readVisit(message, conventions, true);
    case 'A08':
      return readVisit(message, conventions, false);
    case 'A40':
      return readMerge(message, conventions);
    default:
      throw new Refusal({ field: 'MSH-9', reason: 'event is not supported' }, true);
  }
}

function readVisit(
  message: Hl7MessageView,
  conventions: AdtConventions,
  startsVisit: boolean,
): AdtReading {
  const patient = readPatientIds(
    requireSegment(message, 'PID'),
    'PID-3',
    conventions.patientAuthority,
  );
  const visit = message.first('PV1');
  const facts: HealthFact[] = [...patient.facts];
  if (visit && (startsVisit || visit.value(44) !== '')) {
    facts.push(readEvent(message, visit, patient.localId, conventions));
  } else if (startsVisit) {
    throw new Refusal({ field: 'PV1', reason: 'is missing' });
  }
  facts.push(...readLocalSegments(message, patient.localId, conventions.timeZone));
  return { facts, warnings: patient.warnings };
}

function readEvent(
  message: Hl7MessageView,
  visit: Hl7SegmentView,
  localId: string,
  { timeZone }: AdtConventions,
): HealthFact {
  const happened = message.first('EVN');
  // Admit time, else when the event occurred, else when it was recorded.
  const [field, time] = (
    [
      ['PV1-44', visit.value(44)],
      ['EVN-6', happened?.value(6) ?? ''],
      ['EVN-2', happened?.value(2) ?? ''],
    ] as const
  ).find(([, text]) => text !== '') ?? ['PV1-44', ''];
  const header = message.first('MSH');
  const visitNumber = visit.value(19);
  const mediation = message.first('ZME')?.value(1).toUpperCase();
  return requireFact(
    {
      kind: 'event',
      key:
        visitNumber === ''
          ? `hl7:${header?.value(4) ?? ''}:${header?.value(10) ?? ''}`
          : visitKey(visitNumber),
      localId,
      at: readHl7Timestamp(time, timeZone),
      ...readService(visit.value(10), visit.value(2).toUpperCase() === 'E'),
      languageMediation: mediation === 'Y' ? true : mediation === 'N' ? false : null,
    },
    { at: field, key: 'PV1-19', localId: 'PID-3' },
  );
}

/** One visit has one number whether it arrives by HL7 or by FHIR. */
export function visitKey(visitNumber: string): string {
  return `visit:${visitNumber}`;
}

/** A40 may merge several pairs in one message: each PID is followed by its own MRG. */
function readMerge(
  message: Hl7MessageView,
  { patientAuthority, timeZone }: AdtConventions,
): AdtReading {
  const patients = message.all('PID');
  const merged = message.all('MRG');
  if (patients.length === 0) throw new Refusal({ field: 'PID', reason: 'is missing' });
  if (merged.length !== patients.length) {
    throw new Refusal({ field: 'MRG', reason: 'is not one for each patient' });
  }
  const at =
    readHl7Timestamp(message.first('EVN')?.value(2) ?? '', timeZone) ??
    readHl7Timestamp(message.first('MSH')?.value(7) ?? '', timeZone);
  const readings = patients.map((pid, index) => {
    const survivor = readPatientIds(pid, 'PID-3', patientAuthority);
    const former = merged[index];
    if (!former) throw new Refusal({ field: 'MRG', reason: 'is missing' });
    const { localId, warnings } = readPatientIds(former, 'MRG-1', patientAuthority);
    const merge = requireFact(
      { kind: 'merge', survivorId: survivor.localId, mergedId: localId, at },
      { survivorId: 'PID-3', mergedId: 'MRG-1', at: 'EVN-2' },
    );
    return { facts: [...survivor.facts, merge], warnings: [...survivor.warnings, ...warnings] };
  });
  return {
    facts: readings.flatMap(({ facts }) => facts),
    warnings: readings.flatMap(({ warnings }) => warnings),
  };
}

function requireSegment(message: Hl7MessageView, name: string): Hl7SegmentView {
  const segment = message.first(name);
  if (!segment) throw new Refusal({ field: name, reason: 'is missing' });
  return segment;
}
