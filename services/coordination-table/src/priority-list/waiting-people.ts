import type { District } from '@tavolo/access-model';
import type { FactStore } from '@tavolo/analysis';
import { HubError } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import { daysBefore } from './iso-week.ts';
import type { Criteria, FrozenInputs } from './priority-list-store.ts';

/** Somebody who waits: a person alone, or a household as one. */
export interface WaitingUnit {
  /** `PERSON:` or `HOUSEHOLD:` and the reference of the table's facts. */
  readonly unit: string;
  readonly people: readonly string[];
  readonly inputs: FrozenInputs;
}

/** Who flees from somebody is no entry of any list, nor is who lives with them: the reserved places are theirs. */
const restrictedCategories: ReadonlySet<string> = new Set([
  'TRAFFICKING_VICTIM',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
]);

const day = z.iso.date().nullable();
const yes = z
  .boolean()
  .nullable()
  .transform((value) => value ?? false);
const personColumns = {
  district: z.string().nullable(),
  inReception: yes,
  receptionType: z.string().nullable(),
  receptionEntryOn: day,
  householdRef: z.string().nullable(),
  householdMembers: z.int().min(0).nullable(),
  hasReferencePerson: yes,
  vulnerabilitySuspected: yes,
  vulnerabilityConfirmed: yes,
  vulnerabilityCategory: z.string().nullable(),
  lastReceptionDemandOn: day,
  openTutorMatches: z.int().min(0).nullable(),
  immediateReceptionStartedOn: day,
  immediateReceptionEndedOn: day,
  followedByCount: z.int().min(0).max(4).nullable(),
};
const personRow = z.object(personColumns);
type PersonRow = z.infer<typeof personRow>;

interface WaitingPerson {
  readonly ref: string;
  readonly row: PersonRow;
  readonly since: string;
  readonly receptionType: string | null;
}

/** More people than any district has; a list of them all would be none. */
const longestList = 20_000;

/** Everybody of a district who waits on the week's Monday by the rule of these criteria. */
export async function readWaitingUnits(
  facts: Pick<FactStore, 'rows'>,
  district: District,
  criteria: Pick<Criteria, 'eligibleReceptionTypes' | 'demandValidDays'>,
  monday: string,
): Promise<readonly WaitingUnit[]> {
  const restrictedHouseholds = new Set<string>();
  const byUnit = new Map<string, WaitingPerson[]>();
  let people = 0;
  for await (const rows of facts.rows('people', Object.keys(personColumns))) {
    for (const { unitRef, values } of rows) {
      const row = personRow.parse(values);
      if (
        row.vulnerabilityCategory !== null &&
        restrictedCategories.has(row.vulnerabilityCategory)
      ) {
        if (row.householdRef !== null) restrictedHouseholds.add(row.householdRef);
        continue;
      }
      const waiting = row.district === district ? waitingOf(unitRef, row, criteria, monday) : null;
      if (waiting === null) continue;
      people += 1;
      if (people > longestList) refuseLength();
      const unit =
        row.householdRef === null ? `PERSON:${unitRef}` : `HOUSEHOLD:${row.householdRef}`;
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), waiting]);
    }
  }
  // Only now is everybody known who may not be found.
  for (const household of restrictedHouseholds) byUnit.delete(`HOUSEHOLD:${household}`);
  return [...byUnit].map(([unit, members]) => ({
    unit,
    people: members.map(({ ref }) => ref).sort(),
    inputs: inputsOf(members),
  }));
}

function waitingOf(
  ref: string,
  row: PersonRow,
  {
    eligibleReceptionTypes,
    demandValidDays,
  }: Pick<Criteria, 'eligibleReceptionTypes' | 'demandValidDays'>,
  monday: string,
): WaitingPerson | null {
  const isInImmediateReception =
    row.immediateReceptionStartedOn !== null && row.immediateReceptionEndedOn === null;
  const receptionType = isInImmediateReception
    ? 'IMMEDIATE_RECEPTION'
    : row.inReception
      ? row.receptionType
      : null;
  if (receptionType === null) {
    // A stay of an unknown kind is a stay.
    const demand = row.inReception ? null : row.lastReceptionDemandOn;
    const counts = demand !== null && demand >= daysBefore(monday, demandValidDays);
    return counts ? { ref, row, since: demand, receptionType } : null;
  }
  const isEligible =
    eligibleReceptionTypes.some((type) => type === receptionType) &&
    (row.vulnerabilitySuspected || row.vulnerabilityConfirmed);
  if (!isEligible) return null;
  const entry = isInImmediateReception ? row.immediateReceptionStartedOn : row.receptionEntryOn;
  return { ref, row, since: entry ?? row.lastReceptionDemandOn ?? monday, receptionType };
}

/** A household stands where its member stands who has waited longest and is followed least. */
function inputsOf(members: readonly WaitingPerson[]): FrozenInputs {
  const rows = members.map(({ row }) => row);
  const immediateReceptions = members
    .filter(({ receptionType }) => receptionType === 'IMMEDIATE_RECEPTION')
    .map(({ since }) => since);
  return {
    waitingSince: earliest(members.map(({ since }) => since)) ?? '',
    isVulnerable: rows.some((row) => row.vulnerabilitySuspected || row.vulnerabilityConfirmed),
    isInReception: members.every(({ receptionType }) => receptionType !== null),
    immediateReceptionSince: earliest(immediateReceptions),
    placesNeeded: Math.max(members.length, ...rows.map((row) => row.householdMembers ?? 1)),
    followedByCount: Math.min(...rows.map((row) => row.followedByCount ?? 0)),
    hasReferencePerson: rows.some((row) => row.hasReferencePerson),
    hasTutor: rows.some((row) => (row.openTutorMatches ?? 0) > 0),
  };
}

function earliest(days: readonly string[]): string | null {
  return [...days].sort()[0] ?? null;
}

function refuseLength(): never {
  throw new HubError(
    'UNAVAILABLE',
    `More than ${longestList} people of the district wait by these criteria; adopt stricter ones`,
  );
}
