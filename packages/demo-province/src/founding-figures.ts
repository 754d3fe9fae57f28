import { municipalities } from '@tavolo/schemas';
import { asylumDesks, leadMunicipalities, socialServices } from './partners.ts';
import { dayMs, hourMs } from './time.ts';
import type { World, WorldStay } from './world.ts';

/** The figures the provincial table was founded on, computed from a world; shares are 0 to 1. */
export interface FoundingFigures {
  readonly immediateReceptions: number;
  /** Of the concluded immediate receptions, those followed by a SAI project of the province. */
  readonly continuityToSai: number;
  /** From the start of an immediate reception to the first social or health intervention. */
  readonly firstInterventionMedianHours: number;
  readonly firstInterventionWithin12Hours: number;
  /** Mean days in all stays together, of people who have left and came through immediate reception. */
  readonly meanDaysAfterImmediateReception: number;
  /** The same for everyone else who has left. */
  readonly meanDaysOfOthers: number;
  readonly shorterBy: number;
  readonly hosted: number;
  readonly peoplePerCas: number;
  readonly hostedInHouseholds: number;
  readonly desks: number;
  readonly saiProjects: number;
  readonly leadMunicipalities: number;
  readonly socialServices: number;
  readonly municipalities: number;
}

/** People still hosted count in no mean: their stays are not over. */
export function foundingFigures(world: World): FoundingFigures {
  const concluded = world.immediateReceptions.filter(({ endedAt }) => endedAt !== undefined);
  const hours = world.immediateReceptions.flatMap(firstInterventionHours);
  const immediate = new Set(world.immediateReceptions.map(({ personId }) => personId));
  const days = daysOfThoseWhoLeft(world.stays);
  const afterImmediate = mean([...days].filter(([id]) => immediate.has(id)).map(([, all]) => all));
  const others = mean([...days].filter(([id]) => !immediate.has(id)).map(([, all]) => all));
  return {
    immediateReceptions: world.immediateReceptions.filter(({ startedAt }) => startedAt >= '2011')
      .length,
    continuityToSai:
      concluded.filter(({ exitDestination }) => exitDestination === 'SAI_IN_PROVINCE').length /
      concluded.length,
    firstInterventionMedianHours: median(hours),
    firstInterventionWithin12Hours: hours.filter((value) => value <= 12).length / hours.length,
    meanDaysAfterImmediateReception: afterImmediate,
    meanDaysOfOthers: others,
    shorterBy: 1 - afterImmediate / others,
    ...hostedFigures(world),
    desks: asylumDesks.length,
    saiProjects: new Set(world.facilities.flatMap(({ projectCode }) => projectCode ?? [])).size,
    leadMunicipalities: leadMunicipalities.length,
    socialServices: socialServices.length,
    municipalities: municipalities.length,
  };
}

function firstInterventionHours({
  startedAt,
  firstSocialAt,
  firstHealthAt,
}: World['immediateReceptions'][number]): number[] {
  const times = [firstSocialAt, firstHealthAt].flatMap((at) =>
    at === undefined ? [] : Date.parse(at),
  );
  return times.length === 0 ? [] : [(Math.min(...times) - Date.parse(startedAt)) / hourMs];
}

function daysOfThoseWhoLeft(stays: readonly WorldStay[]): Map<string, number> {
  const days = new Map<string, number>();
  for (const { personId, entryAt, exitAt } of stays) {
    const before = days.get(personId) ?? 0;
    const length =
      exitAt === undefined ? Number.NaN : (Date.parse(exitAt) - Date.parse(entryAt)) / dayMs;
    days.set(personId, before + length);
  }
  for (const [id, all] of days) if (Number.isNaN(all)) days.delete(id);
  return days;
}

function hostedFigures(
  world: World,
): Pick<FoundingFigures, 'hosted' | 'peoplePerCas' | 'hostedInHouseholds'> {
  const inCas = new Set(
    world.facilities.filter(({ receptionType }) => receptionType === 'CAS').map(({ id }) => id),
  );
  const householdSize = new Map(
    world.households.map(({ id, memberIds }) => [id, memberIds.length]),
  );
  const householdOf = new Map(world.people.map(({ id, householdId }) => [id, householdId]));
  const open = world.stays.filter(({ exitAt }) => exitAt === undefined);
  const casStays = open.filter(({ facilityId }) => inCas.has(facilityId));
  const together = open.filter(
    ({ personId }) => (householdSize.get(householdOf.get(personId) ?? '') ?? 0) > 1,
  );
  return {
    hosted: open.length,
    peoplePerCas: casStays.length / new Set(casStays.map(({ facilityId }) => facilityId)).size,
    hostedInHouseholds: together.length / open.length,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}
