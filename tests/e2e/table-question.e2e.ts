import { provinceFolder } from '@tavolo/embedded-hub';
import { startHubFrom, type TableGuest, type TestHub, tablesQuestion } from '@tavolo/harness';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type GuestTruth, readTruth } from './read-truth.ts';

const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;

let hub: TestHub;
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
});
afterAll(() => hub.close());

it.each(districts)(
  'the figures of %s equal what really happened, for everybody whose identifiers allow it',
  async (district) => {
    const answers = await tablesQuestion(hub.gatewayUrl, district);
    for (const answer of answers) expect(answer.errors).toBeUndefined();
    const told = answers
      .flatMap(({ data }) => data.facilities?.nodes ?? [])
      .flatMap(({ guests }) => guests ?? [])
      .map(figuresOfGuest);
    const truth = await readTruth(provinceFolder(`${hub.folder}/demo`));
    const true_ = truth.facilities
      .filter((facility) => facility.district === district)
      .flatMap(({ guests }) => guests)
      .map(figuresOfTruth);
    expect(told.sort()).toEqual(true_.sort());
  },
);

it('names every source it asked, with its freshness, also when all goes well', async () => {
  const [answer] = await tablesQuestion(hub.gatewayUrl, 'PARMA');
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

/** One guest's figures as one line of text, so that two crowds can be compared without their names. */
function figuresOfGuest({ entryAt, person }: TableGuest): string {
  return JSON.stringify({
    entryAt: instant(entryAt),
    firstHealthEventAt: instant(person?.firstHealthEvent?.at ?? null),
    hours: person?.hoursToFirstHealthEvent ?? null,
    cases: (person?.socialCases ?? [])
      .map(({ openedAt, plan }) => [openedAt, plan?.areas.map(({ area }) => area).sort() ?? []])
      .sort(),
    tutors: (person?.households ?? [])
      .flatMap(({ tutorMatches }) => tutorMatches ?? [])
      .map(({ from, tutors }) => [from, tutors.length])
      .sort(),
  });
}

function figuresOfTruth(guest: GuestTruth): string {
  const { reachable } = guest;
  const event = reachable.health ? guest.firstHealthEvent : null;
  return JSON.stringify({
    entryAt: instant(guest.entryAt),
    firstHealthEventAt: instant(event?.at ?? null),
    hours: event ? Math.round(event.hours * 10) / 10 : null,
    cases: (reachable.social ? guest.openSocialCases : [])
      .map(({ openedOn, planAreas }) => [openedOn, [...planAreas].sort()])
      .sort(),
    tutors: (reachable.tutors ? guest.tutorMatches : [])
      .map(({ from, volunteerIds }) => [from, volunteerIds.length])
      .sort(),
  });
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
