import type { PersonToEnrol } from '@tavolo/linkage';
import type { EnrolledPersonRow } from './store/health-rows.ts';
import type { HealthStore } from './store/health-store.ts';

export interface EnrolmentCalendar {
  readonly now: () => Date;
  /** The local day of an instant in RFC 3339. */
  readonly dayOf: (instant: string) => string;
}

/**
 * Every patient as the person index wants them; a patient merged away shows the survivor's identifiers and
 * attributes and names the survivor.
 */
export async function* peopleToEnrol(
  store: HealthStore,
  { now, dayOf }: EnrolmentCalendar,
): AsyncGenerator<PersonToEnrol> {
  for await (const { sectorKey, identifiers, survivorKey, ...person } of store.peopleToEnrol()) {
    const knownSince = firstDay(person, dayOf);
    // A day that has not come says nothing: they are known already.
    const hasCome = knownSince !== undefined && knownSince <= dayOf(now().toISOString());
    yield {
      sectorKey,
      attributes: person.attributes,
      isRestricted: person.isRestricted,
      identifiers: identifiers.map(({ kind, value, validFrom, validTo }) => ({
        kind,
        value,
        ...(validFrom === null ? {} : { validFrom }),
        ...(validTo === null ? {} : { validTo }),
      })),
      ...(hasCome ? { knownSince } : {}),
      ...(survivorKey === null ? {} : { duplicateOf: survivorKey }),
    };
  }
}

function firstDay(
  { firstMomentAt, firstValidityOn }: Pick<EnrolledPersonRow, 'firstMomentAt' | 'firstValidityOn'>,
  dayOf: (instant: string) => string,
): string | undefined {
  const firstMomentOn = firstMomentAt === null ? null : dayOf(firstMomentAt);
  return [firstMomentOn, firstValidityOn].filter((day) => day !== null).sort()[0];
}
