import { citizenshipsOfTheUnion } from '../origins.ts';
import type { Random } from '../random.ts';
import { dayMs, isoDay, workingDaysLater } from '../time.ts';
import type { WorldAsylumStep, WorldExtension, WorldStay } from '../world.ts';
import type { CastMember } from './cast.ts';

/** Draws the asylum procedure of every hosted person, as far as it has got by `nowMs`. */
export function drawAsylumSteps(
  random: Random,
  cast: readonly CastMember[],
  nowMs: number,
): WorldAsylumStep[] {
  const steps: WorldAsylumStep[] = [];
  for (const member of cast) {
    if (member.household.path.length === 0) continue;
    const { citizenship } = member.person;
    if (citizenshipsOfTheUnion.has(citizenship)) continue;
    const add = stepRecorder(random, steps, member, nowMs);
    const { arrivedMs } = member.household;
    if (citizenship === 'UA') {
      add(
        'PERMIT_ISSUED',
        arrivedMs + random.integer(10, 60) * dayMs,
        permit('TEMPORARY_PROTECTION', 365),
      );
    } else {
      procedure(random, add, arrivedMs);
    }
  }
  return steps;
}

type PermitTerms = { ground: string; days: number };
type StepDetails = { decision?: NonNullable<WorldAsylumStep['decision']>; permit?: PermitTerms };
type AddStep = (kind: WorldAsylumStep['kind'], ms: number, details?: StepDetails) => void;

function permit(ground: string, days: number): StepDetails {
  return { permit: { ground, days } };
}

function procedure(random: Random, add: AddStep, arrivedMs: number): void {
  const lodgedMs = arrivedMs + random.integer(3, 50) * dayMs;
  add('C3_LODGED', lodgedMs);
  add('PERMIT_ISSUED', lodgedMs + random.integer(30, 120) * dayMs, permit('ASYLUM_REQUEST', 180));
  const hearingMs = lodgedMs + random.logNormal(270, 0.4) * dayMs;
  add('HEARING', hearingMs);
  const decidedMs = hearingMs + random.integer(15, 120) * dayMs;
  const decision = random.weighted([
    ['REFUGEE', 18],
    ['SUBSIDIARY', 20],
    ['SPECIAL_PROTECTION', 17],
    ['REJECTED', 45],
  ] as const);
  add('DECISION', decidedMs, { decision });
  if (decision === 'REJECTED') {
    if (random.chance(0.75)) add('APPEAL', decidedMs + random.integer(8, 30) * dayMs);
  } else {
    const days = decision === 'SPECIAL_PROTECTION' ? 730 : 1_825;
    add('PERMIT_ISSUED', decidedMs + random.integer(20, 90) * dayMs, permit(decision, days));
  }
}

/** Steps still to come are not drawn; one not yet told to the data bank is left for the day it will be. */
function stepRecorder(
  random: Random,
  steps: WorldAsylumStep[],
  { person }: CastMember,
  nowMs: number,
): AddStep {
  return (kind, ms, details = {}) => {
    // Most are told within the five working days of the term; some are weeks late.
    const toldMs = workingDaysLater(
      ms,
      random.chance(0.85) ? random.integer(0, 5) : random.integer(6, 25),
    );
    if (toldMs > nowMs) return;
    steps.push({
      personId: person.id,
      kind,
      on: isoDay(ms),
      registeredOn: isoDay(toldMs),
      ...(details.decision === undefined ? {} : { decision: details.decision }),
      ...(details.permit === undefined
        ? {}
        : {
            permitGround: details.permit.ground,
            permitValidTo: isoDay(ms + details.permit.days * dayMs),
          }),
    });
  };
}

/** Draws the extensions (proroghe) asked for those who stay long in a SAI project. */
export function drawExtensions(
  random: Random,
  saiStays: readonly WorldStay[],
  nowMs: number,
): WorldExtension[] {
  const extensions: WorldExtension[] = [];
  for (const stay of saiStays) {
    const entryMs = Date.parse(stay.entryAt);
    const untilMs = stay.exitAt === undefined ? nowMs : Date.parse(stay.exitAt);
    // Places are given for six months at a time.
    for (let dueMs = entryMs + 180 * dayMs; dueMs <= untilMs; dueMs += 180 * dayMs) {
      if (!random.chance(0.6)) continue;
      const requestedMs = dueMs - random.integer(10, 40) * dayMs;
      const decidedMs = requestedMs + random.integer(3, 30) * dayMs;
      extensions.push({
        personId: stay.personId,
        requestedOn: isoDay(requestedMs),
        ...(decidedMs <= nowMs ? { decidedOn: isoDay(decidedMs) } : {}),
        reason: random.pick([
          'VULNERABILITY',
          'HEALTH',
          'STUDY_OR_TRAINING',
          'WORK_START',
          'HOUSING_SEARCH',
        ] as const),
      });
    }
  }
  return extensions;
}
