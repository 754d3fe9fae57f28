import { describe, expect, it } from 'vitest';
import { atTheDesk, createPeopleFacts, type InventedPerson } from './people-facts.fixture.ts';
import { readWaitingUnits } from './waiting-people.ts';

const monday = '2026-11-16';
const rule = {
  eligibleReceptionTypes: ['CAS', 'IMMEDIATE_RECEPTION'] as const,
  demandValidDays: 365,
};

const waiting = (people: readonly InventedPerson[]) =>
  readWaitingUnits(createPeopleFacts({ people }), 'FIDENZA', rule, monday);
const inCas = (ref: string, more: object = {}): InventedPerson => ({
  ref,
  district: 'FIDENZA',
  inReception: true,
  receptionType: 'CAS',
  receptionEntryOn: '2026-02-01',
  ...more,
});

describe('who waits for a place', () => {
  it('is who asked at a desk and is nowhere taken in, since that day', async () => {
    const [unit, ...more] = await waiting([atTheDesk('p1', '2026-10-01')]);
    expect(more).toEqual([]);
    expect(unit).toMatchObject({
      unit: 'PERSON:p1',
      people: ['p1'],
      inputs: { waitingSince: '2026-10-01', isInReception: false, placesNeeded: 1 },
    });
  });

  it('is not who asked too long ago, in another district, never, or has a place', async () => {
    const units = await waiting([
      atTheDesk('old', '2025-11-15'),
      atTheDesk('far', '2026-10-01', { district: 'PARMA' }),
      atTheDesk('silent', '2026-10-01', { lastReceptionDemandOn: null }),
      atTheDesk('placed', '2026-10-01', { inReception: true, receptionType: 'SAI' }),
      atTheDesk('taken-in', '2026-10-01', { inReception: true, receptionType: null }),
    ]);
    expect(units).toEqual([]);
  });

  it('is who is vulnerable in a reception from which the criteria let people move', async () => {
    const units = await waiting([
      inCas('well'),
      inCas('suspected', { vulnerabilitySuspected: true }),
      inCas('confirmed', { vulnerabilityConfirmed: true, vulnerabilityCategory: 'PREGNANT' }),
      inCas('in-sai', { receptionType: 'SAI', vulnerabilityConfirmed: true }),
      {
        ref: 'immediate',
        district: 'FIDENZA',
        inReception: false,
        vulnerabilitySuspected: true,
        immediateReceptionStartedOn: '2026-09-10',
      },
    ]);
    expect(units.map(({ unit }) => unit)).toEqual([
      'PERSON:suspected',
      'PERSON:confirmed',
      'PERSON:immediate',
    ]);
    expect(units[2]?.inputs).toMatchObject({
      waitingSince: '2026-09-10',
      isInReception: true,
      immediateReceptionSince: '2026-09-10',
    });
  });

  it('is a household as one, where its member stands who waited longest and is followed least', async () => {
    const household = { householdRef: 'h', householdMembers: 3 };
    const units = await waiting([
      atTheDesk('p1', '2026-10-01', { ...household, followedByCount: 3, openTutorMatches: 1 }),
      atTheDesk('p2', '2026-09-01', { ...household, followedByCount: 1 }),
    ]);
    expect(units).toEqual([
      {
        unit: 'HOUSEHOLD:h',
        people: ['p1', 'p2'],
        inputs: {
          waitingSince: '2026-09-01',
          isVulnerable: false,
          isInReception: false,
          immediateReceptionSince: null,
          placesNeeded: 3,
          followedByCount: 1,
          hasReferencePerson: false,
          hasTutor: true,
        },
      },
    ]);
  });

  it.each(['TRAFFICKING_VICTIM', 'TORTURE_RAPE_SERIOUS_VIOLENCE', 'FGM_VICTIM'])(
    'is never who is noted as %s, suspected or not, nor anybody of the household, wherever that member is',
    async (vulnerabilityCategory) => {
      const units = await waiting([
        atTheDesk('alone', '2026-10-01', { vulnerabilityCategory }),
        inCas('in-cas', { vulnerabilityCategory, vulnerabilitySuspected: true }),
        atTheDesk('sister', '2026-10-01', { householdRef: 'h' }),
        atTheDesk('neighbour', '2026-10-01', { householdRef: 'other' }),
        inCas('brother', { district: 'PARMA', householdRef: 'h', vulnerabilityCategory }),
      ]);
      expect(units.map(({ unit }) => unit)).toEqual(['HOUSEHOLD:other']);
    },
  );

  it('freezes nothing of a vulnerability but that there is one', async () => {
    const [unit] = await waiting([
      inCas('p', {
        vulnerabilityConfirmed: true,
        vulnerabilityCategory: 'SERIOUS_ILLNESS_OR_MENTAL_DISORDER',
      }),
    ]);
    expect(JSON.stringify(unit)).not.toMatch(/ILLNESS|confirmed/iu);
    expect(unit?.inputs.isVulnerable).toBe(true);
  });
});
