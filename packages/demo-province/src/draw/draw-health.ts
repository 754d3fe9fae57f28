import type { Random } from '../random.ts';
import { dayMs, hourMs, isoDay, isoInstant, minuteMs } from '../time.ts';
import type {
  WorldHealthEvent,
  WorldHealthService,
  WorldImmediateReception,
  WorldReceptionType,
  WorldScreening,
  WorldVulnerabilityCategory,
  WorldVulnerabilityFlag,
} from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';
import type { CastMember } from './cast.ts';
import { suspectedVulnerability } from './draw-immediate-receptions.ts';
import { wholeMinute } from './draw-paths.ts';

/** Median hours from entry to the first health event, and its spread, where no immediate reception forces the pace. */
const firstEvent: Readonly<
  Record<WorldReceptionType, readonly [medianHours: number, sigma: number]>
> = {
  CPA_HUB: [14, 0.7],
  CAS: [72, 0.9],
  SAI: [132, 0.9],
  IMMEDIATE_RECEPTION: [12, 0.5],
};

/** Free text of the hospital's own message, invented; it must never be seen beyond the feed. */
const diagnoses = [
  'Lombalgia da sforzo, non traumatica',
  'Cefalea tensiva ricorrente',
  'Dermatite da contatto',
  'Controllo ostetrico di routine',
  'Disturbo del sonno di tipo reattivo',
  'Carie dentaria multipla',
  'Infezione delle prime vie aeree',
  'Gastrite, esito di esami nella norma',
] as const;

export interface HealthHistory {
  readonly events: WorldHealthEvent[];
  readonly flags: WorldVulnerabilityFlag[];
  readonly screenings: WorldScreening[];
}

/** Draws what the health authority saw of each person it knows; some are only suspected and never seen. */
export function drawHealth(
  random: Random,
  parameters: WorldParameters,
  cast: readonly CastMember[],
  receptions: readonly WorldImmediateReception[],
  nowMs: number,
): HealthHistory {
  const receptionOf = new Map(receptions.map((reception) => [reception.personId, reception]));
  const history: HealthHistory = { events: [], flags: [], screenings: [] };
  for (const member of cast) {
    if (member.person.records['health-authority'] === undefined) continue;
    const reception = receptionOf.get(member.person.id);
    const unseen =
      reception === undefined
        ? random.chance(parameters.flaggedWithoutEvent)
        : reception.firstHealthAt === undefined;
    const times = unseen ? [] : eventTimes(random, member, reception, nowMs);
    const firstMs = times[0] ?? member.household.arrivedMs + random.integer(1, 47) * hourMs;
    for (const [index, ms] of times.entries()) {
      history.events.push(healthEvent(random, history.events.length, member, ms, index === 0));
    }
    addFlags(random, history, member, reception, unseen, firstMs, nowMs);
    if (times.length > 0) addScreenings(random, history, member, firstMs, nowMs);
  }
  return history;
}

function eventTimes(
  random: Random,
  member: CastMember,
  reception: WorldImmediateReception | undefined,
  nowMs: number,
): number[] {
  const { household } = member;
  const times: number[] = [];
  if (household.kind !== 'IMMEDIATE' && random.chance(0.03)) {
    times.push(wholeMinute(household.arrivedMs - random.integer(2, 20 * 24) * hourMs));
  }
  if (household.path.length === 0)
    return [
      ...times,
      ...followUps(random, household.arrivedMs + random.integer(1, 20) * dayMs, nowMs, 4),
    ];
  household.path.forEach((stay, index) => {
    const untilMs = stay.exitMs ?? nowMs;
    if (index === 0 && reception?.firstHealthAt !== undefined) {
      times.push(
        ...followUps(
          random,
          Date.parse(reception.firstHealthAt),
          Math.max(untilMs, Date.parse(reception.firstHealthAt)),
          4,
        ),
      );
    } else if (random.chance(0.88)) {
      const [medianHours, sigma] = firstEvent[stay.type];
      times.push(
        ...followUps(
          random,
          stay.entryMs + random.logNormal(medianHours, sigma) * hourMs,
          untilMs,
          5,
        ),
      );
    }
  });
  return [...new Set(times)].sort((a, b) => a - b);
}

/** The first event and those after it, months apart, none after `untilMs`. */
function followUps(random: Random, firstMs: number, untilMs: number, atMost: number): number[] {
  const times: number[] = [];
  for (
    let ms = wholeMinute(firstMs);
    ms <= untilMs && times.length < atMost;
    ms += wholeMinute(random.logNormal(75, 0.8) * dayMs) + minuteMs
  ) {
    times.push(ms);
  }
  return times;
}

function healthEvent(
  random: Random,
  count: number,
  member: CastMember,
  ms: number,
  isFirst: boolean,
): WorldHealthEvent {
  return {
    id: `E${String(count + 1).padStart(7, '0')}`,
    personId: member.person.id,
    at: isoInstant(ms),
    service: isFirst && random.chance(0.6) ? 'FIRST_SCREENING' : serviceFor(random, member),
    languageMediation: random.chance(0.45),
    diagnosisText: random.pick(diagnoses),
  };
}

function serviceFor(random: Random, { ageAtArrival, person }: CastMember): WorldHealthService {
  const child = ageAtArrival < 14;
  return random.weighted<WorldHealthService>([
    ['GENERAL_PRACTICE', child ? 5 : 45],
    ['PAEDIATRICS', child ? 70 : 0],
    ['FAMILY_COUNSELLING', person.sex === 'F' && !child ? 25 : 3],
    ['MENTAL_HEALTH', child ? 3 : 12],
    ['EMERGENCY', 18],
  ]);
}

function addFlags(
  random: Random,
  history: HealthHistory,
  member: CastMember,
  reception: WorldImmediateReception | undefined,
  unseen: boolean,
  firstMs: number,
  nowMs: number,
): void {
  const categories = new Set(drawCategories(random, member));
  if (reception !== undefined) categories.add(reception.vulnerabilityCategory);
  if (unseen && categories.size === 0) categories.add(suspectedVulnerability(random, member));
  for (const category of categories) {
    const suspectedMs = Math.min(firstMs + random.integer(0, 72) * hourMs, nowMs);
    addFlag(
      history,
      member,
      category,
      'SUSPECTED',
      suspectedMs,
      unseen ? 'FIRST_SCREENING' : serviceFor(random, member),
    );
    const confirmedMs = suspectedMs + wholeMinute(random.logNormal(35, 0.7) * dayMs);
    if (!unseen && confirmedMs <= nowMs && random.chance(0.55)) {
      addFlag(history, member, category, 'CONFIRMED', confirmedMs, serviceFor(random, member));
    }
  }
}

function addFlag(
  history: HealthHistory,
  member: CastMember,
  category: WorldVulnerabilityCategory,
  level: WorldVulnerabilityFlag['level'],
  ms: number,
  sourceService: WorldHealthService,
): void {
  const id = `V${String(history.flags.length + 1).padStart(7, '0')}`;
  history.flags.push({
    id,
    personId: member.person.id,
    category,
    level,
    at: isoInstant(ms),
    sourceService,
  });
}

const fgmCountries = new Set(['SO', 'ER', 'ET', 'ML', 'GN', 'GM', 'SN', 'EG', 'CI', 'NG']);

function drawCategories(
  random: Random,
  { household, person, place, ageAtArrival }: CastMember,
): WorldVulnerabilityCategory[] {
  const grownWoman = person.sex === 'F' && ageAtArrival >= 16;
  const shares: [WorldVulnerabilityCategory, number][] = [
    ['UNACCOMPANIED_MINOR', household.isUnaccompanied ? 1 : 0],
    ['MINOR', ageAtArrival < 18 && !household.isUnaccompanied ? 0.5 : 0],
    ['SINGLE_PARENT', household.singleParent && place === 0 ? 0.8 : 0],
    ['ELDERLY', ageAtArrival >= 65 ? 0.9 : 0],
    ['PREGNANT', grownWoman && ageAtArrival < 46 ? 0.12 : 0],
    ['DISABLED', 0.02],
    ['TRAFFICKING_VICTIM', grownWoman ? (person.citizenship === 'NG' ? 0.2 : 0.03) : 0.004],
    ['SERIOUS_ILLNESS_OR_MENTAL_DISORDER', household.specialCare && place === 0 ? 0.95 : 0.04],
    ['TORTURE_RAPE_SERIOUS_VIOLENCE', ageAtArrival >= 16 ? 0.08 : 0.005],
    ['FGM_VICTIM', person.sex === 'F' && fgmCountries.has(person.citizenship) ? 0.08 : 0],
  ];
  return shares.filter(([, share]) => random.chance(share)).map(([category]) => category);
}

function addScreenings(
  random: Random,
  history: HealthHistory,
  member: CastMember,
  firstMs: number,
  nowMs: number,
): void {
  const programmes: [WorldScreening['programme'], number][] = [
    ['TUBERCULOSIS', 0.7],
    ['VACCINATION', member.ageAtArrival < 18 ? 0.9 : 0.4],
    ['HEPATITIS', 0.3],
    ['MATERNITY', member.person.sex === 'F' && member.ageAtArrival >= 16 ? 0.15 : 0],
  ];
  for (const [programme, share] of programmes) {
    if (!random.chance(share)) continue;
    const offeredMs = firstMs + random.integer(0, 20) * dayMs;
    if (offeredMs > nowMs) continue;
    const acceptedMs = offeredMs + random.integer(0, 30) * dayMs;
    history.screenings.push({
      id: `S${String(history.screenings.length + 1).padStart(7, '0')}`,
      personId: member.person.id,
      programme,
      offeredOn: isoDay(offeredMs),
      ...(acceptedMs <= nowMs && random.chance(0.8) ? { acceptedOn: isoDay(acceptedMs) } : {}),
    });
  }
}
