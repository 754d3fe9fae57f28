import type { Hl7Repetition, Hl7SegmentView } from '@tavolo/feed-kit';
import type { HealthFact } from '../store/health-fact.ts';
import type { FeedProblem } from '../store/health-feed-store.ts';
import { kindOfSystem, readIdentifier } from './identifier-systems.ts';
import { readOptionalDay } from './optional-day.ts';
import { parsePidAttributes } from './parse-pid-attributes.ts';
import { Refusal, requireFact } from './refusal.ts';

/** CX-5 types of a patient number (HL7 table 0203), in the order they are believed. */
const patientNumberTypes = ['PI', 'MR', 'PT'];

export interface PatientIds {
  readonly localId: string;
  readonly facts: readonly HealthFact[];
  readonly warnings: readonly FeedProblem[];
}

/** Reads the CX repetitions of PID-3 or MRG-1: the patient number, and what other institutions know too. */
export function readPatientIds(
  segment: Hl7SegmentView,
  field: 'PID-3' | 'MRG-1',
  patientAuthority: string,
): PatientIds {
  const repetitions = segment
    .repetitions(field === 'PID-3' ? 3 : 1)
    .filter((cx) => cx.component(1) !== '');
  const localId = readLocalId(repetitions, field, patientAuthority);
  const warnings: FeedProblem[] = [];
  const identifiers: {
    kind: string;
    value: string;
    validFrom: string | null;
    validTo: string | null;
  }[] = [];
  for (const cx of repetitions) {
    const kind = kindOf(cx);
    if (kind === null) continue;
    const identifier = readIdentifier(kind, cx.component(1));
    if (identifier === null) {
      warnings.push({ field, reason: `identifier of kind ${kind} is malformed and was left out` });
      continue;
    }
    identifiers.push({
      ...identifier,
      validFrom: readOptionalDay(cx.component(7), field),
      validTo: readOptionalDay(cx.component(8), field),
    });
  }
  // Older systems still write the codice fiscale where the American social security number belongs.
  const inPid19 = field === 'PID-3' ? readIdentifier('CODICE_FISCALE', segment.value(19)) : null;
  if (inPid19) identifiers.push({ ...inPid19, validFrom: null, validTo: null });
  const fieldOf = { localId: field, identifiers: field };
  const attributes = field === 'PID-3' ? parsePidAttributes(segment) : {};
  const facts = [requireFact({ kind: 'person', localId, identifiers, attributes }, fieldOf)];
  for (const { kind, validFrom, validTo } of identifiers) {
    // An STP or ENI is itself the registration, for as long as it is valid.
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
  return { localId, facts, warnings };
}

function readLocalId(
  repetitions: readonly Hl7Repetition[],
  field: string,
  patientAuthority: string,
): string {
  const numbers = repetitions.filter((cx) => kindOf(cx) === null);
  const typed = patientNumberTypes.flatMap((type) =>
    numbers.filter((cx) => cx.component(5).toUpperCase() === type),
  );
  const untyped = numbers.filter((cx) => cx.component(5) === '');
  const candidates = [...typed, ...untyped];
  const authorityOf = (cx: Hl7Repetition) => cx.subcomponent(4, 1);
  const chosen = candidates.find((cx) => authorityOf(cx) === patientAuthority) ?? candidates[0];
  if (!chosen) throw new Refusal({ field, reason: 'has no patient number' });
  const authority = authorityOf(chosen);
  const isOwn = authority === patientAuthority || authority === '';
  return isOwn ? chosen.component(1) : `${authority}:${chosen.component(1)}`;
}

/** By the assigning authority's OID, else by its name, else by the type code. */
function kindOf(cx: Hl7Repetition) {
  return (
    kindOfSystem(cx.subcomponent(4, 2)) ??
    kindOfSystem(cx.subcomponent(4, 1)) ??
    kindOfSystem(cx.component(5))
  );
}
