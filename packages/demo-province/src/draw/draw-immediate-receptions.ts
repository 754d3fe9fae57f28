import { asylumDesks } from '../partners.ts';
import { at, normalQuantile, type Random } from '../random.ts';
import { dayMs, hourMs, isoDay, isoInstant, minuteMs } from '../time.ts';
import type { WorldImmediateReception, WorldVulnerabilityCategory } from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';
import type { CastMember } from './cast.ts';
import { wholeMinute } from './draw-paths.ts';

const referrers = [
  'SPORTELLO_ASILO',
  'SERVIZIO_SOCIALE',
  'OSPEDALE',
  'CENTRO_DI_ASCOLTO',
  'QUESTURA',
  'CONSULTORIO',
] as const;
const nominalDays = 90;

/** Draws protocol P1 for everyone who came through it, one reception a person. */
export function drawImmediateReceptions(
  random: Random,
  parameters: WorldParameters,
  cast: readonly CastMember[],
  nowMs: number,
): WorldImmediateReception[] {
  const people = cast.filter(({ household }) => household.kind === 'IMMEDIATE');
  const hours = random.shuffled(firstInterventionHours(parameters, people.length));
  return people.map((member, index) => drawOne(random, member, at(hours, index), index, nowMs));
}

/** Evenly spaced quantiles of a log-normal, so that the median is the founding figure in every world. */
function firstInterventionHours(parameters: WorldParameters, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) =>
      parameters.firstInterventionMedianHours *
      Math.exp(0.5 * normalQuantile((index + 0.5) / count)),
  );
}

function drawOne(
  random: Random,
  member: CastMember,
  hours: number,
  index: number,
  nowMs: number,
): WorldImmediateReception {
  const { household, person } = member;
  const first = at(household.path, 0);
  const facility = at(household.facilities, 0);
  const startedMs = first.entryMs;
  const acceptedMs = startedMs - random.integer(30, 24 * 60) * minuteMs;
  const desks = asylumDesks.filter(({ district }) => district === facility.district);
  return {
    id: `IR${String(index + 1).padStart(4, '0')}`,
    personId: person.id,
    facilityId: facility.id,
    deskId: random.pick(desks).id,
    district: facility.district,
    referrerType: random.pick(referrers),
    requestedAt: isoInstant(acceptedMs - random.integer(30, 48 * 60) * minuteMs),
    acceptedAt: isoInstant(acceptedMs),
    startedAt: isoInstant(startedMs),
    ...firstInterventions(random, member, startedMs, hours, nowMs),
    vulnerabilityCategory: suspectedVulnerability(random, member),
    permitStatusAtEntry: random.chance(0.9) ? 'NONE' : 'ASYLUM_REQUEST',
    plannedEnd: isoDay(startedMs + nominalDays * dayMs),
    ...(first.exitMs === undefined
      ? {}
      : { endedAt: isoInstant(first.exitMs), exitDestination: destination(random, member) }),
    householdSize: household.members.length,
  };
}

/** The earlier of the two comes `hours` after the start; one of them may never come. */
function firstInterventions(
  random: Random,
  { person }: CastMember,
  startedMs: number,
  hours: number,
  nowMs: number,
): Pick<WorldImmediateReception, 'firstSocialAt' | 'firstHealthAt'> {
  const firstMs = wholeMinute(startedMs + hours * hourMs);
  const secondMs = wholeMinute(firstMs + random.logNormal(18, 0.8) * hourMs);
  const byHealth = person.records['health-authority'] !== undefined && random.chance(0.97);
  const bySocial = !byHealth || random.chance(0.95);
  const healthLeads = byHealth && (!bySocial || random.chance(0.6));
  const healthMs = healthLeads ? firstMs : secondMs;
  const socialMs = healthLeads ? secondMs : firstMs;
  return {
    ...(bySocial && socialMs <= nowMs ? { firstSocialAt: isoInstant(socialMs) } : {}),
    ...(byHealth && healthMs <= nowMs ? { firstHealthAt: isoInstant(healthMs) } : {}),
  };
}

function destination(
  random: Random,
  { household }: CastMember,
): NonNullable<WorldImmediateReception['exitDestination']> {
  const next = household.path[1];
  if (next === undefined)
    return household.path[0]?.exitReason === 'SPONTANEOUS_ABANDONMENT'
      ? 'ABANDONED'
      : random.pick(['AUTONOMY', 'SAI_ELSEWHERE', 'OTHER'] as const);
  return next.type === 'SAI' ? 'SAI_IN_PROVINCE' : 'CAS';
}

/** The reason of art. 17 D.Lgs. 142/2015 for which somebody was let in at once. */
export function suspectedVulnerability(
  random: Random,
  { household, person, place, ageAtArrival }: CastMember,
): WorldVulnerabilityCategory {
  if (household.isUnaccompanied) return 'UNACCOMPANIED_MINOR';
  if (ageAtArrival < 18) return 'MINOR';
  if (household.singleParent && place === 0) return 'SINGLE_PARENT';
  if (ageAtArrival >= 65) return 'ELDERLY';
  const woman = person.sex === 'F';
  return random.weighted<WorldVulnerabilityCategory>([
    ['TORTURE_RAPE_SERIOUS_VIOLENCE', 34],
    ['SERIOUS_ILLNESS_OR_MENTAL_DISORDER', 30],
    ['DISABLED', 8],
    ['TRAFFICKING_VICTIM', woman ? 30 : 4],
    ['PREGNANT', woman && ageAtArrival < 46 ? 25 : 0],
    ['FGM_VICTIM', woman ? 10 : 0],
  ]);
}
