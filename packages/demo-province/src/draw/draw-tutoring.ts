import { at, type Random } from '../random.ts';
import { dayMs, isoDay } from '../time.ts';
import type {
  WorldHousehold,
  WorldOrganisation,
  WorldPublicUtilityActivity,
  WorldSupervision,
  WorldTutorMatch,
  WorldVolunteer,
} from '../world.ts';
import type { CastMember } from './cast.ts';

const activities = [
  'LINGUA_ITALIANA',
  'LAVORO',
  'SCUOLA_E_GIOCO',
  'TERRITORIO',
  'PRATICHE',
] as const;
const endReasons = [
  ['COMPLETED', 45],
  ['NOT_ACCEPTED_BY_HOUSEHOLD', 15],
  ['VOLUNTEER_LEFT', 20],
  ['HOUSEHOLD_MOVED', 20],
] as const;

/** Matches two or three volunteers of one body to each household whose code the registry wrote down. */
export function drawTutorMatches(
  random: Random,
  cast: readonly CastMember[],
  households: readonly WorldHousehold[],
  volunteers: readonly WorldVolunteer[],
  nowMs: number,
): WorldTutorMatch[] {
  const arrived = new Map(cast.map(({ household }) => [household.id, household.arrivedMs]));
  const byOrganisation = new Map<string, WorldVolunteer[]>();
  for (const volunteer of volunteers.filter(({ endedOn }) => endedOn === undefined)) {
    for (const id of volunteer.organisationIds)
      byOrganisation.set(id, [...(byOrganisation.get(id) ?? []), volunteer]);
  }
  const staffed = [...byOrganisation].filter(([, members]) => members.length >= 3);
  const matches: WorldTutorMatch[] = [];
  for (const household of households) {
    if (household.codes['volunteer-registry'] === undefined) continue;
    const earliestMs = Math.max(arrived.get(household.id) ?? nowMs, nowMs - 395 * dayMs);
    let fromMs =
      earliestMs +
      random.integer(0, Math.max(0, Math.min(90, Math.floor((nowMs - earliestMs) / dayMs)))) *
        dayMs;
    for (let attempt = 0; attempt < 2 && fromMs <= nowMs; attempt++) {
      const [organisationId, members] = random.pick(staffed);
      const toMs = fromMs + random.integer(30, 300) * dayMs;
      const ended = toMs <= nowMs && random.chance(0.7);
      matches.push({
        id: `M${String(matches.length + 1).padStart(5, '0')}`,
        householdId: household.id,
        organisationId,
        volunteerIds: severalOf(random, members, random.integer(2, 3)).map(({ id }) => id),
        from: isoDay(fromMs),
        ...(ended ? { to: isoDay(toMs), endReason: random.weighted(endReasons) } : {}),
        activityTypes: random.shuffled(activities).slice(0, random.integer(1, 3)),
      });
      if (!ended || !random.chance(0.4)) break;
      fromMs = toMs + random.integer(7, 40) * dayMs;
    }
  }
  return matches;
}

/** Distinct members without shuffling a long list for each match. */
function severalOf<T>(random: Random, items: readonly T[], count: number): T[] {
  const chosen = new Set<T>();
  while (chosen.size < count) chosen.add(random.pick(items));
  return [...chosen];
}

/** Monthly supervision meetings of the last year; social workers come to one in three. */
export function drawSupervisions(
  random: Random,
  organisations: readonly WorldOrganisation[],
  matches: readonly WorldTutorMatch[],
  nowMs: number,
): WorldSupervision[] {
  const supervisions: WorldSupervision[] = [];
  for (const { id: organisationId } of organisations) {
    const own = matches.filter((match) => match.organisationId === organisationId);
    for (let month = 12; month >= 1; month--) {
      const on = isoDay(nowMs - month * 30 * dayMs + random.integer(0, 20) * dayMs);
      const running = own.filter(({ from, to }) => from <= on && (to === undefined || to >= on));
      if (running.length === 0 || random.chance(0.1)) continue;
      supervisions.push({
        id: `R${String(supervisions.length + 1).padStart(5, '0')}`,
        organisationId,
        on,
        participantRoles: [
          'TUTOR',
          'OPERATORE',
          ...(random.chance(0.33) ? ['ASSISTENTE_SOCIALE'] : []),
          ...(random.chance(0.2) ? ['GESTORE_ALLOGGI'] : []),
        ],
        matchIds: running.filter(() => random.chance(0.85)).map(({ id }) => id),
      });
    }
  }
  return supervisions;
}

/** Public-utility work of asylum seekers, who are in the registry for this and are never tutors. */
export function drawPublicUtility(
  random: Random,
  cast: readonly CastMember[],
  organisations: readonly WorldOrganisation[],
  nowMs: number,
): WorldPublicUtilityActivity[] {
  const drawn: WorldPublicUtilityActivity[] = [];
  for (const { person, household } of cast) {
    if (person.records['volunteer-registry'] === undefined) continue;
    const spanDays = Math.floor((nowMs - household.arrivedMs) / dayMs);
    const fromMs = household.arrivedMs + random.integer(0, spanDays) * dayMs;
    const toMs = fromMs + random.integer(30, 200) * dayMs;
    drawn.push({
      id: `U${String(drawn.length + 1).padStart(5, '0')}`,
      personId: person.id,
      organisationId: at(organisations, random.integer(0, organisations.length - 1)).id,
      activity: random.pick(['CURA_DEL_VERDE', 'BIBLIOTECA', 'MENSA', 'EVENTI', 'PULIZIA_GRETO']),
      from: isoDay(fromMs),
      ...(toMs <= nowMs ? { to: isoDay(toMs) } : {}),
      weeklyHours: random.integer(4, 16),
    });
  }
  return drawn;
}
