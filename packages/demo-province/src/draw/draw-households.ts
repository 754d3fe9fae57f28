import { at, normalQuantile, type Random } from '../random.ts';
import { dayMs, dayStart, hourMs, minuteMs } from '../time.ts';
import type { WorldReceptionType } from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';
import { type Composition, drawComposition } from './draw-composition.ts';
import {
  drawFormerPath,
  drawFormerTypes,
  drawHostedPath,
  officeHour,
  wholeMinute,
} from './draw-paths.ts';
import type { HouseholdDraft, StayDraft } from './household-draft.ts';

/** One hub, and never more guests in it than the questions of one facility are meant to return. */
const hubPlaces = 90;
const protocolStartedOn = '2011-03-01';

/** Draws every household with its way through reception; exactly `size` people are hosted at `nowMs`. */
export function drawHouseholds(
  random: Random,
  parameters: WorldParameters,
  size: number,
  nowMs: number,
): HouseholdDraft[] {
  const counter = { households: 0, people: 0 };
  const immediate = drawImmediate(random.fork('immediate'), parameters, counter, nowMs);
  const alreadyHosted = immediate
    .filter(({ path }) => path.at(-1)?.exitMs === undefined)
    .reduce((sum, { members }) => sum + members.length, 0);
  const hosted = drawHosted(
    random.fork('hosted'),
    parameters,
    counter,
    nowMs,
    size - alreadyHosted,
  );
  const former = drawFormer(random.fork('former'), parameters, counter, nowMs, size);
  const neverHosted = drawNeverHosted(
    random.fork('never hosted'),
    parameters,
    counter,
    nowMs,
    size,
  );
  return [...immediate, ...hosted, ...former, ...neverHosted];
}

interface Counter {
  households: number;
  people: number;
}

function household(
  counter: Counter,
  kind: HouseholdDraft['kind'],
  composition: Composition,
  path: readonly StayDraft[],
  arrivedMs: number,
): HouseholdDraft {
  counter.households += 1;
  const members = composition.members.map((member) => {
    counter.people += 1;
    return { ...member, id: `P${String(counter.people).padStart(6, '0')}` };
  });
  const id = `H${String(counter.households).padStart(6, '0')}`;
  return { ...composition, id, kind, members, path, arrivedMs };
}

/** Composes households until exactly `people` people are in them. */
function compositions(random: Random, parameters: WorldParameters, people: number): Composition[] {
  const drawn: Composition[] = [];
  for (let left = people; left > 0; ) {
    const composition = drawComposition(random, parameters, left);
    drawn.push(composition);
    left -= composition.members.length;
  }
  return drawn;
}

function drawHosted(
  random: Random,
  parameters: WorldParameters,
  counter: Counter,
  nowMs: number,
  people: number,
): HouseholdDraft[] {
  let inHub = 0;
  return compositions(random, parameters, people).map((composition) => {
    const type = hostedType(random, composition, inHub);
    if (type === 'CPA_HUB') inHub += composition.members.length;
    const path = drawHostedPath(random, type, nowMs);
    return household(counter, 'HOSTED', composition, path, at(path, 0).entryMs);
  });
}

function hostedType(random: Random, composition: Composition, inHub: number): WorldReceptionType {
  if (composition.isUnaccompanied || composition.specialCare) return 'SAI';
  const type = random.weighted<WorldReceptionType>([
    ['CAS', 68],
    ['SAI', 27],
    ['CPA_HUB', 5],
  ]);
  return type === 'CPA_HUB' && inHub + composition.members.length > hubPlaces ? 'CAS' : type;
}

function drawFormer(
  random: Random,
  parameters: WorldParameters,
  counter: Counter,
  nowMs: number,
  size: number,
): HouseholdDraft[] {
  const drawn = compositions(random, parameters, Math.round(size * parameters.formerGuests)).map(
    (composition) => ({
      composition,
      exitMs: officeHour(random, nowMs - random.integer(2, 1_095) * dayMs),
      days: Math.min(1_400, Math.max(20, random.logNormal(300, 0.65))),
    }),
  );
  const people = drawn.reduce((sum, { composition }) => sum + composition.members.length, 0);
  const days = drawn.reduce((sum, row) => sum + row.days * row.composition.members.length, 0);
  const scale = (parameters.otherStaysMeanDays * people) / days;
  return drawn.map(({ composition, exitMs, days: unscaled }) => {
    const types = drawFormerTypes(random, composition.isUnaccompanied || composition.specialCare);
    const path = drawFormerPath(random, types, exitMs, unscaled * scale);
    return household(counter, 'FORMER', composition, path, at(path, 0).entryMs);
  });
}

function drawNeverHosted(
  random: Random,
  parameters: WorldParameters,
  counter: Counter,
  nowMs: number,
  size: number,
): HouseholdDraft[] {
  return compositions(random, parameters, Math.round(size * parameters.neverHosted)).map(
    (composition) =>
      household(
        counter,
        'NEVER_HOSTED',
        composition,
        [],
        officeHour(random, nowMs - random.integer(20, 900) * dayMs),
      ),
  );
}

type Onward = 'SAI' | 'CAS' | undefined;

/** Protocol P1: about three months in immediate reception, then, for nine in ten, a SAI place in the province. */
function drawImmediate(
  random: Random,
  parameters: WorldParameters,
  counter: Counter,
  nowMs: number,
): HouseholdDraft[] {
  const sinceMs = dayStart(protocolStartedOn);
  const all = compositions(random, parameters, parameters.immediateReceptions);
  const drawn = random.shuffled(all).map((composition, index) => {
    // Spread evenly over the years, so that no seed bunches them up.
    const share = (index + random.next()) / all.length;
    const startMs = officeHour(random, sinceMs + share * (nowMs - sinceMs - 2 * dayMs));
    const days = Math.min(
      115,
      Math.max(35, 86 + 12 * normalQuantile(Math.max(random.next(), 1e-9))),
    );
    const endMs = officeHour(random, startMs + days * dayMs);
    return { composition, startMs, endMs, onwardDays: Math.max(20, random.logNormal(190, 0.55)) };
  });
  const concluded = drawn.filter(({ endMs }) => endMs < nowMs - dayMs);
  const onward = chooseOnward(random, parameters, concluded);
  const scale = onwardScale(parameters, concluded, onward, nowMs);
  return drawn.map((row) => {
    const { composition, startMs, endMs } = row;
    if (endMs >= nowMs - dayMs) {
      return household(
        counter,
        'IMMEDIATE',
        composition,
        [{ type: 'IMMEDIATE_RECEPTION', entryMs: startMs }],
        startMs,
      );
    }
    const next = onward.get(row);
    const first: StayDraft = {
      type: 'IMMEDIATE_RECEPTION',
      entryMs: startMs,
      exitMs: endMs,
      exitReason:
        next === undefined
          ? random.pick(['SPONTANEOUS_ABANDONMENT', 'INTEGRATION'] as const)
          : 'TRANSFER',
    };
    const path =
      next === undefined
        ? [first]
        : [first, onwardStay(random, next, endMs, row.onwardDays * scale, nowMs)];
    return household(counter, 'IMMEDIATE', composition, path, startMs);
  });
}

interface ImmediateDraw {
  readonly composition: Composition;
  readonly startMs: number;
  readonly endMs: number;
  readonly onwardDays: number;
}

/** Gives SAI to households until the share of people is as near to the founding figure as whole households allow. */
function chooseOnward(
  random: Random,
  parameters: WorldParameters,
  concluded: readonly ImmediateDraw[],
): Map<ImmediateDraw, Onward> {
  const people = concluded.reduce((sum, { composition }) => sum + composition.members.length, 0);
  let elsewhere = people - Math.round(people * parameters.continuityToSai);
  const onward = new Map<ImmediateDraw, Onward>();
  for (const row of random.shuffled(concluded)) {
    const fits = row.composition.members.length <= elsewhere;
    if (fits) elsewhere -= row.composition.members.length;
    onward.set(row, fits ? (random.chance(0.4) ? 'CAS' : undefined) : 'SAI');
  }
  return onward;
}

/** The factor on the second stays that makes the mean time in reception as much shorter as it should be. */
function onwardScale(
  parameters: WorldParameters,
  concluded: readonly ImmediateDraw[],
  onward: ReadonlyMap<ImmediateDraw, Onward>,
  nowMs: number,
): number {
  const target =
    parameters.otherStaysMeanDays * (1 - parameters.shorterStayAfterImmediateReception);
  let scale = 1;
  // Whoever is still hosted does not count, and who that is depends on the factor: a few rounds settle it.
  for (let round = 0; round < 20; round++) {
    let gap = 0;
    let onwardDays = 0;
    for (const row of concluded) {
      const moved = onward.get(row) !== undefined;
      if (moved && row.endMs + row.onwardDays * scale * dayMs > nowMs - 2 * dayMs) continue;
      const people = row.composition.members.length;
      gap += people * (target - (row.endMs - row.startMs) / dayMs);
      if (moved) onwardDays += people * row.onwardDays;
    }
    if (onwardDays === 0) return scale;
    scale = gap / onwardDays;
  }
  return scale;
}

function onwardStay(
  random: Random,
  type: 'SAI' | 'CAS',
  afterMs: number,
  days: number,
  nowMs: number,
): StayDraft {
  const entryMs = afterMs + random.integer(60, 240) * minuteMs;
  const exitMs = wholeMinute(afterMs + days * dayMs);
  if (exitMs > nowMs - 2 * dayMs) return { type, entryMs: Math.min(entryMs, nowMs - hourMs) };
  return {
    type,
    entryMs,
    exitMs,
    exitReason: random.pick(['INTEGRATION', 'INTEGRATION', 'TERM_EXPIRY'] as const),
  };
}
