import { foundingFigures } from '../founding-figures.ts';
import { groupBy } from '../group-by.ts';
import { hourMs } from '../time.ts';
import type {
  Institution,
  World,
  WorldHealthEvent,
  WorldHousehold,
  WorldPerson,
  WorldStay,
} from '../world.ts';
import { linkedHouseholds, linkedInstitutions } from './linked-institutions.ts';
import type {
  FacilityTruth,
  GroundTruth,
  GuestTruth,
  HealthEventTruth,
  PersonTruth,
} from './truth-types.ts';

/** Answers the table's question from the world itself; no service ever reads this. */
export function groundTruth(world: World): GroundTruth {
  const index = indexWorld(world);
  return {
    seed: world.seed,
    today: world.today,
    figures: foundingFigures(world),
    *facilities() {
      for (const facility of world.facilities) {
        const { id, name, receptionType, district, municipality } = facility;
        const guests = (index.openStays.get(id) ?? []).map((stay) => guestTruth(index, stay));
        yield { id, name, receptionType, district, municipality, guests } satisfies FacilityTruth;
      }
    },
    *people() {
      for (const person of world.people) yield personTruth(index, person);
    },
  };
}

type WorldIndex = ReturnType<typeof indexWorld>;

function indexWorld(world: World) {
  return {
    people: new Map(world.people.map((person) => [person.id, person])),
    households: new Map(world.households.map((household) => [household.id, household])),
    openStays: groupBy(
      world.stays.filter(({ exitAt }) => exitAt === undefined),
      ({ facilityId }) => facilityId,
    ),
    events: groupBy(world.healthEvents, ({ personId }) => personId),
    cases: groupBy(
      world.socialCases.filter(({ closedOn }) => closedOn === undefined),
      ({ personId }) => personId,
    ),
    matches: groupBy(world.tutorMatches, ({ householdId }) => householdId),
  };
}

function guestTruth(index: WorldIndex, stay: WorldStay): GuestTruth {
  const person = known(index.people.get(stay.personId), stay.personId);
  const household = known(index.households.get(person.householdId), person.householdId);
  const events = [...(index.events.get(person.id) ?? [])].sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    personId: person.id,
    stayId: stay.id,
    receptionLocalId: known(person.records['reception-centres'], person.id).localId,
    entryAt: stay.entryAt,
    entryOn: stay.entryAt.slice(0, 10),
    firstHealthEvent: eventTruth(
      events.find(({ at }) => at >= stay.entryAt),
      stay,
    ),
    firstKnownHealthEvent: eventTruth(events[0], stay),
    openSocialCases: (index.cases.get(person.id) ?? []).map(({ id, openedOn, plan }) => ({
      id,
      openedOn,
      planAreas: plan?.areas.map(({ area }) => area) ?? [],
    })),
    tutorMatches: (index.matches.get(household.id) ?? []).map(({ id, from, to, volunteerIds }) => ({
      id,
      from,
      to: to ?? null,
      volunteerIds,
    })),
    reachable: reachableFromReception(person, household),
  };
}

function reachableFromReception(
  person: WorldPerson,
  household: WorldHousehold,
): GuestTruth['reachable'] {
  const group =
    linkedInstitutions(person).find((institutions) => institutions.includes('reception-centres')) ??
    [];
  const tutorsWith =
    linkedHouseholds(household).find((known) => known.includes('volunteer-registry')) ?? [];
  return {
    health: group.includes('health-authority'),
    social: group.includes('social-services'),
    tutors: group.some(
      (institution) => membersKnownTo.has(institution) && tutorsWith.includes(institution),
    ),
  };
}

/** The institutions that say who is in a household; the volunteer registry has its code only. */
const membersKnownTo: ReadonlySet<Institution> = new Set(['reception-centres', 'social-services']);

function eventTruth(event: WorldHealthEvent | undefined, stay: WorldStay): HealthEventTruth | null {
  if (event === undefined) return null;
  const { id, at, service } = event;
  return { id, at, service, hours: (Date.parse(at) - Date.parse(stay.entryAt)) / hourMs };
}

function personTruth(index: WorldIndex, person: WorldPerson): PersonTruth {
  const localIds = Object.fromEntries(
    Object.entries(person.records).map(([institution, { localId }]) => [institution, localId]),
  );
  return {
    id: person.id,
    householdId: person.householdId,
    localIds,
    householdCodes: known(index.households.get(person.householdId), person.householdId).codes,
    linkable: linkedInstitutions(person),
  };
}

function known<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the world does not know ${id}`);
  return value;
}
