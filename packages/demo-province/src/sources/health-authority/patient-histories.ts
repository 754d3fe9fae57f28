import { groupBy } from '../../group-by.ts';
import type { World } from '../../world.ts';
import type { PatientHistory } from './patient-messages.ts';

/** What the health authority knows of each person it knows at all, in the world's order. */
export function* patientHistories(world: World): Generator<PatientHistory> {
  const byPerson = ({ personId }: { readonly personId: string }) => personId;
  const events = groupBy(world.healthEvents, byPerson);
  const flags = groupBy(world.vulnerabilityFlags, byPerson);
  const screenings = groupBy(world.screenings, byPerson);
  const stays = groupBy(world.stays, byPerson);
  const facilities = new Map(world.facilities.map((facility) => [facility.id, facility]));
  for (const person of world.people) {
    const record = person.records['health-authority'];
    if (record === undefined) continue;
    const lastStay = stays.get(person.id)?.at(-1);
    yield {
      person,
      record,
      events: (events.get(person.id) ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
      flags: flags.get(person.id) ?? [],
      screenings: screenings.get(person.id) ?? [],
      district: facilities.get(lastStay?.facilityId ?? '')?.district,
    };
  }
}
