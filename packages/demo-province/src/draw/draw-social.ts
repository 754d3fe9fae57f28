import { asylumDesks, leadMunicipalityOf } from '../partners.ts';
import { at, type Random } from '../random.ts';
import { dayMs, isoDay, isoInstant, minuteMs } from '../time.ts';
import type { WorldDeskContact, WorldDistrict, WorldSocialCase } from '../world.ts';
import type { CastMember } from './cast.ts';
import { drawAssessments, drawCarePlan, drawInterventions, drawReferrals } from './draw-care.ts';
import { officeHour } from './draw-paths.ts';

export interface SocialHistory {
  readonly cases: WorldSocialCase[];
  readonly contacts: WorldDeskContact[];
}

/** Draws the cases and desk contacts of everyone the social services know; some only ever came to a desk. */
export function drawSocial(
  random: Random,
  cast: readonly CastMember[],
  nowMs: number,
): SocialHistory {
  const history: SocialHistory = { cases: [], contacts: [] };
  for (const member of cast) {
    if (member.person.records['social-services'] === undefined) continue;
    addContacts(random, history, member, nowMs);
    const { path, arrivedMs } = member.household;
    const leftMs = path.at(-1)?.exitMs;
    if (random.chance(0.05)) {
      const openedMs = arrivedMs + random.integer(1, 15) * dayMs;
      addCase(random, history, member, openedMs, openedMs + random.integer(20, 60) * dayMs, nowMs);
    }
    if (random.chance(0.88)) {
      const openedMs = Math.min(
        arrivedMs + random.integer(80, 80 + 45) * dayMs * (random.chance(0.3) ? 1 : 0.3),
        nowMs - dayMs,
      );
      const closedMs =
        leftMs === undefined
          ? random.chance(0.1)
            ? openedMs + random.integer(90, 400) * dayMs
            : undefined
          : leftMs + random.integer(5, 120) * dayMs;
      addCase(random, history, member, openedMs, closedMs, nowMs);
    }
  }
  return history;
}

function districtOf(member: CastMember): { district: WorldDistrict; municipality: string } {
  const facility = member.household.facilities.at(-1);
  if (facility !== undefined) return facility;
  // Someone never hosted turns to the lead municipality of a district that depends on the household alone.
  const districts: readonly WorldDistrict[] = [
    'PARMA',
    'PARMA',
    'FIDENZA',
    'SUD_EST',
    'VALLI_TARO_CENO',
  ];
  const lead = leadMunicipalityOf(
    at(districts, Number(member.household.id.slice(1)) % districts.length),
  );
  return { district: lead.district, municipality: lead.istatCode };
}

function addCase(
  random: Random,
  history: SocialHistory,
  member: CastMember,
  openedAtMs: number,
  closedAtMs: number | undefined,
  nowMs: number,
): void {
  const { person, household, ageAtArrival } = member;
  const openedMs = Math.min(Math.max(openedAtMs, household.arrivedMs), nowMs);
  const closedMs =
    closedAtMs === undefined || closedAtMs > nowMs ? undefined : Math.max(closedAtMs, openedMs);
  const span = { openedMs, untilMs: closedMs ?? nowMs };
  const { district, municipality } = districtOf(member);
  const plan = drawCarePlan(random, span);
  history.cases.push({
    id: `C${String(history.cases.length + 1).padStart(6, '0')}`,
    personId: person.id,
    householdId: household.id,
    municipality,
    district,
    openedOn: isoDay(openedMs),
    ...(closedMs === undefined ? {} : { closedOn: isoDay(closedMs) }),
    reopenings: drawReopenings(random, span),
    areaOfNeed: areaOfNeed(random, member),
    accessChannel:
      household.kind === 'IMMEDIATE'
        ? 'ASYLUM_DESK'
        : random.weighted(ageAtArrival < 14 ? childChannels : channels),
    assessments: drawAssessments(random, span),
    ...(plan === undefined ? {} : { plan }),
    interventions: drawInterventions(random, span, nowMs),
    referrals: drawReferrals(random, span, nowMs),
  });
}

const channels = [
  ['ASYLUM_DESK', 25],
  ['SOCIAL_DESK', 25],
  ['RECEPTION_CENTRE', 30],
  ['HOSPITAL', 8],
  ['SELF', 12],
] as const;
const childChannels = [
  ['SCHOOL', 35],
  ['RECEPTION_CENTRE', 35],
  ['SOCIAL_DESK', 30],
] as const;

function areaOfNeed(
  random: Random,
  { household, ageAtArrival }: CastMember,
): WorldSocialCase['areaOfNeed'] {
  if (ageAtArrival >= 65) return 'ELDERLY';
  if (household.isUnaccompanied) return 'YOUNG_PEOPLE';
  if (household.members.length > 1) return random.chance(0.8) ? 'FAMILY_AND_MINORS' : 'IMMIGRATION';
  if (household.specialCare) return 'DISABILITY';
  return random.chance(0.75) ? 'IMMIGRATION' : 'ADULTS';
}

/** Closures in between, with the reopening after each; both inside the case. */
function drawReopenings(
  random: Random,
  { openedMs, untilMs }: { openedMs: number; untilMs: number },
): WorldSocialCase['reopenings'][number][] {
  const days = Math.floor((untilMs - openedMs) / dayMs);
  if (days < 60 || !random.chance(0.08)) return [];
  const closed = random.integer(20, days - 30);
  const reopened = random.integer(closed + 1, days - 5);
  return [
    {
      closedOn: isoDay(openedMs + closed * dayMs),
      reopenedOn: isoDay(openedMs + reopened * dayMs),
    },
  ];
}

function addContacts(
  random: Random,
  history: SocialHistory,
  member: CastMember,
  nowMs: number,
): void {
  const { household, person } = member;
  const came = household.kind === 'IMMEDIATE' || household.kind === 'NEVER_HOSTED';
  const count = came
    ? random.integer(1, 3)
    : random.weighted([
        [0, 55],
        [1, 30],
        [2, 15],
      ] as const);
  const desks = asylumDesks.filter(({ district }) => district === districtOf(member).district);
  for (let contact = 0; contact < count; contact++) {
    const first = contact === 0 && household.kind === 'IMMEDIATE';
    const ms = first
      ? household.arrivedMs - random.integer(3 * 60, 5 * 24 * 60) * minuteMs
      : officeHour(random, household.arrivedMs + random.integer(1, 200) * dayMs);
    if (ms > nowMs) continue;
    history.contacts.push({
      id: `D${String(history.contacts.length + 1).padStart(7, '0')}`,
      personId: person.id,
      deskId: random.pick(desks).id,
      at: isoInstant(ms),
      channel: random.weighted([
        ['IN_PERSON', 70],
        ['PHONE', 12],
        ['MESSAGE', 8],
        ['BY_OTHER_SERVICE', 10],
      ] as const),
      demand: first
        ? 'RECEPTION'
        : random.pick([
            'ASYLUM_PROCEDURE',
            'DOMICILE',
            'HEALTH',
            'WORK',
            'HOUSING',
            'FAMILY',
          ] as const),
      outcome: first ? 'INTAKE' : random.pick(['INFORMATION', 'REFERRAL', 'INTAKE'] as const),
      mediationUsed: random.chance(0.5),
      language: random.pick(household.origin.languages),
    });
  }
}
