import { at, type Random } from '../random.ts';
import { isoDay, isoInstant, workingDaysLater } from '../time.ts';
import type { WorldStay } from '../world.ts';
import type { CastMember } from './cast.ts';

/** Writes each household's way through reception as stays of its members, with the SAI data bank's own dates. */
export function drawStays(random: Random, cast: readonly CastMember[], nowMs: number): WorldStay[] {
  const stays: WorldStay[] = [];
  for (const { person, household } of cast) {
    household.path.forEach((stay, index) => {
      const inSai = stay.type === 'SAI';
      stays.push({
        id: `ST${String(stays.length + 1).padStart(7, '0')}`,
        personId: person.id,
        facilityId: at(household.facilities, index).id,
        entryAt: isoInstant(stay.entryMs),
        ...(stay.exitMs === undefined ? {} : { exitAt: isoInstant(stay.exitMs) }),
        ...(stay.exitReason === undefined ? {} : { exitReason: stay.exitReason }),
        ...(inSai ? registeredOn(random, 'entryRegisteredOn', stay.entryMs, nowMs) : {}),
        ...(inSai && stay.exitMs !== undefined
          ? registeredOn(random, 'exitRegisteredOn', stay.exitMs, nowMs)
          : {}),
      });
    });
  }
  return stays;
}

/** Within the three working days of the term for most, late for some, not yet for the newest. */
function registeredOn(
  random: Random,
  field: 'entryRegisteredOn' | 'exitRegisteredOn',
  ms: number,
  nowMs: number,
): Partial<WorldStay> {
  const toldMs = workingDaysLater(
    ms,
    random.chance(0.85) ? random.integer(0, 3) : random.integer(4, 15),
  );
  return toldMs > nowMs ? {} : { [field]: isoDay(toldMs) };
}
