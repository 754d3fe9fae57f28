import { provinceFolder } from '@tavolo/embedded-hub';
import { type Asker, type TableGuest, tablesQuestion } from '@tavolo/harness';
import { beforeAll, expect, inject, it } from 'vitest';
import { logIn } from './log-in.ts';
import { type GuestTruth, readTruth } from './read-truth.ts';

const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;

const { folder } = inject('sharedHub');
let asker: Asker;
beforeAll(async () => {
  asker = await logIn('case-worker-province');
});

/** Of what happened to guests whom nobody protects, the share that the records of one institution must reach. */
const leastJoined = 0.95;

it('tells nothing wrong about any guest, nothing about those who are protected, and nearly all that happened', async () => {
  const truth = await readTruth(provinceFolder(`${folder}/demo`));
  const tally = { toTell: 0, told: 0, hidden: 0 };
  for (const district of districts) {
    const answers = await tablesQuestion(asker, district);
    for (const answer of answers) expect(answer.errors).toBeUndefined();
    const told = answers
      .flatMap(({ data }) => data.facilities?.nodes ?? [])
      .flatMap(({ guests }) => guests ?? [])
      .map(figuresOfGuest);
    const happened = truth.facilities
      .filter((facility) => facility.district === district)
      .flatMap(({ guests }) => guests)
      .map(figuresOfTruth);
    tally.hidden += happened.length - told.length;
    const pairs = pairGuests(told, happened);
    for (const [guest, fact] of pairs) {
      if (fact.isWithheld) continue;
      for (const part of parts) {
        if (fact[part] === nothing || fact.isNew) continue;
        tally.toTell += 1;
        if (guest[part] !== nothing) tally.told += 1;
      }
    }
  }
  // Whom the centres protect is no guest of anybody's list.
  expect(tally.hidden).toBeGreaterThan(0);
  expect(tally.toTell).toBeGreaterThan(200);
  expect(tally.told / tally.toTell).toBeGreaterThan(leastJoined);
});

it('names every source it asked, with its freshness, also when all goes well', async () => {
  const [answer] = await tablesQuestion(asker, 'PARMA');
  expect(answer?.sources.map(({ name, status }) => [name, status]).sort()).toEqual([
    ['health-authority', 'OK'],
    ['person-index', 'OK'],
    ['reception-centres', 'OK'],
    ['social-services', 'OK'],
    ['volunteer-registry', 'OK'],
  ]);
  for (const source of answer?.sources ?? []) {
    expect(source.asOf).toMatch(/^\d{4}-\d\d-\d\dT/u);
  }
});

const parts = ['health', 'cases', 'tutors'] as const;
const nothing = JSON.stringify([]);

/** What an answer says of one guest, part by part as text; a part that is not told is `nothing`. */
type Figures = Readonly<Record<'entryAt' | (typeof parts)[number], string>>;

function figuresOfGuest({ entryAt, person }: TableGuest): Figures {
  const event = person?.firstHealthEvent ?? null;
  return {
    entryAt: instant(entryAt) ?? '',
    health: JSON.stringify(
      event === null ? [] : [instant(event.at), person?.hoursToFirstHealthEvent],
    ),
    cases: JSON.stringify(
      (person?.socialCases ?? [])
        .map(({ openedAt, plan }) => [openedAt, plan?.areas.map(({ area }) => area).sort() ?? []])
        .sort(),
    ),
    tutors: JSON.stringify(
      (person?.households ?? [])
        .flatMap(({ tutorMatches }) => tutorMatches ?? [])
        .map(({ from, tutors }) => [from, tutors.length])
        .sort(),
    ),
  };
}

/** What an institution learnt since is not shared yet on the day the province is drawn, and is a few days later. */
const newFrom = '2026-11-14';

function figuresOfTruth(
  guest: GuestTruth,
): Figures & Pick<GuestTruth, 'isWithheld'> & { readonly isNew: boolean } {
  const { firstHealthEvent: event, isWithheld } = guest;
  return {
    isWithheld,
    isNew: [
      guest.entryAt,
      event?.at ?? '',
      ...guest.openSocialCases.map(({ openedOn }) => openedOn),
    ].some((at) => at >= newFrom),
    entryAt: instant(guest.entryAt) ?? '',
    health: JSON.stringify(
      event === null ? [] : [instant(event.at), Math.round(event.hours * 10) / 10],
    ),
    cases: JSON.stringify(
      guest.openSocialCases
        .map(({ openedOn, planAreas }) => [openedOn, [...planAreas].sort()])
        .sort(),
    ),
    tutors: JSON.stringify(
      guest.tutorMatches.map(({ from, volunteerIds }) => [from, volunteerIds.length]).sort(),
    ),
  };
}

/** Whether an answer may be this person's: every part is true or is not told, and of the protected none is told. */
function mayBe(told: Figures, fact: ReturnType<typeof figuresOfTruth>): boolean {
  return (
    told.entryAt === fact.entryAt &&
    parts.every((part) => told[part] === nothing || (!fact.isWithheld && told[part] === fact[part]))
  );
}

/**
 * Gives every guest who was told a person of the truth of their own, and leaves out nobody whom nobody protects;
 * guests carry no name to pair them by.
 */
function pairGuests(
  told: readonly Figures[],
  happened: readonly ReturnType<typeof figuresOfTruth>[],
): [Figures, ReturnType<typeof figuresOfTruth>][] {
  const guestOf = new Map<number, number>();
  const assign = (guest: number, tried: Set<number>): boolean => {
    for (const [fact, candidate] of happened.entries()) {
      const figures = told[guest];
      if (tried.has(fact) || figures === undefined || !mayBe(figures, candidate)) continue;
      tried.add(fact);
      const holder = guestOf.get(fact);
      if (holder === undefined || assign(holder, tried)) {
        guestOf.set(fact, guest);
        return true;
      }
    }
    return false;
  };
  // Those of whom most is told have the fewest people they can be.
  const order = told
    .map((figures, guest) => ({
      guest,
      said: parts.filter((part) => figures[part] !== nothing).length,
    }))
    .sort((a, b) => b.said - a.said);
  for (const { guest } of order) {
    expect(assign(guest, new Set()), `a guest of whom something false is told`).toBe(true);
  }
  const factOf = new Map([...guestOf].map(([fact, guest]) => [guest, fact]));
  const findGuest = (fact: number, tried: Set<number>): boolean => {
    const truth = happened[fact];
    for (const [guest, figures] of told.entries()) {
      if (tried.has(guest) || truth === undefined || !mayBe(figures, truth)) continue;
      tried.add(guest);
      const other = factOf.get(guest);
      if (other === undefined || happened[other]?.isWithheld || findGuest(other, tried)) {
        factOf.set(guest, fact);
        return true;
      }
    }
    return false;
  };
  for (const [fact, { isWithheld }] of happened.entries()) {
    if (isWithheld || [...factOf.values()].includes(fact)) continue;
    expect(findGuest(fact, new Set()), 'a guest whom nobody protects is missing').toBe(true);
  }
  return [...factOf].flatMap(([guest, fact]) => {
    const [figures, truth] = [told[guest], happened[fact]];
    return figures === undefined || truth === undefined ? [] : [[figures, truth]];
  });
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
