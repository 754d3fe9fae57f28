import { foundingFigures } from '../founding-figures.ts';
import { groupBy } from '../group-by.ts';
import { hourMs } from '../time.ts';
import type {
  World,
  WorldHealthEvent,
  WorldPerson,
  WorldStay,
  WorldVulnerabilityCategory,
} from '../world.ts';
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
    withheld: withheldPeople(world),
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
    isWithheld: index.withheld.has(person.id),
  };
}

/** Who may be looked for by those they fled from. */
const protectedCategories: ReadonlySet<WorldVulnerabilityCategory> = new Set([
  'TRAFFICKING_VICTIM',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
]);

function withheldPeople(world: World): ReadonlySet<string> {
  const atSocialServices = world.people.filter(({ records }) => {
    const record = records['social-services'];
    return record?.isRestricted === true || record?.sharing === 'EXCLUDED';
  });
  const isProtected = ({ category }: { readonly category: WorldVulnerabilityCategory }): boolean =>
    protectedCategories.has(category);
  return new Set([
    ...atSocialServices.map(({ id }) => id),
    ...world.vulnerabilityFlags.filter(isProtected).map(({ personId }) => personId),
    ...world.immediateReceptions
      .filter(({ vulnerabilityCategory }) => protectedCategories.has(vulnerabilityCategory))
      .map(({ personId }) => personId),
  ]);
}

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
  };
}

function known<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the world does not know ${id}`);
  return value;
}
