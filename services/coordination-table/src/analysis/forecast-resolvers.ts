import { AnalysisError, type AnalysisQuestion, type FactStore } from '@tavolo/analysis';
import { HubError } from '@tavolo/subgraph-kit';
import { romeDay } from '../reference/rome-day.ts';
import { forecastPresences } from './capacity-forecast.ts';
import { factFreshness } from './fact-freshness.ts';

export interface ForecastParts {
  readonly facts: FactStore;
  readonly now: () => Date;
}

interface ForecastArguments {
  readonly district?: string | null;
  readonly months: number;
  readonly activePlaces?: number | null;
}

const mostMonths = 12;
const monthsOfEntries = 12;
const yearsOfCohorts = 2;
const people = [{ kind: 'CONTRIBUTORS' }] as const;

const method =
  'Presences of a month = those of the month before, less the share that leaves in a month, plus the mean entries of the last twelve full months; the share is the one that explains who is left of the last two years; interval of 95 % out of the chance of leaving and the spread of entries. Made of protected figures only.';

/** Capacity of the next months, out of the same protected figures that anybody with this scope may ask for. */
export function createForecastResolvers({ facts, now }: ForecastParts) {
  return {
    Query: {
      async capacityForecast(_parent: object, args: ForecastArguments) {
        const { district = null, months, activePlaces = null } = args;
        if (months < 1 || months > mostMonths) {
          throw new HubError('BAD_USER_INPUT', `months must be 1 to ${mostMonths}`);
        }
        if (activePlaces !== null && activePlaces < 0) {
          throw new HubError('BAD_USER_INPUT', 'activePlaces must be 0 or more');
        }
        const where = district === null ? {} : { district };
        const open = { ...where, hasEnded: false };
        const today = romeMonth(now());
        const [byMonth, byYear, openByYear] = await Promise.all([
          figuresOf({ where, groupBy: ['month'] }),
          figuresOf({ where, groupBy: ['year'] }),
          figuresOf({ where: open, groupBy: ['year'] }),
        ]);
        const [present] = openByYear.total;
        const monthlyEntries = monthsBefore(today, monthsOfEntries).flatMap(({ year, month }) =>
          valueAt(byMonth, (key) => key['year'] === year && key['month'] === month),
        );
        const cohorts = Array.from(
          { length: yearsOfCohorts },
          (_, at) => today.year - 1 - at,
        ).flatMap((year) => {
          const [entered] = valueAt(byYear, (key) => key['year'] === year);
          const [stillPresent] = valueAt(openByYear, (key) => key['year'] === year);
          // Who entered during a year did so in the middle of it, on average.
          const ageInMonths = (today.year - year) * 12 + today.month - 6.5;
          return entered === undefined || stillPresent === undefined
            ? []
            : [{ entered, stillPresent, ageInMonths }];
        });
        const forecast =
          typeof present?.value === 'number'
            ? forecastPresences({ present: present.value, monthlyEntries, cohorts }, months)
            : null;
        return {
          presentNow: present,
          entriesPerMonth: forecast && rounded(forecast.entriesPerMonth),
          exitRate: forecast && Math.round(forecast.exitRate * 1_000) / 1_000,
          months: (forecast?.months ?? []).map(({ expected, lower, upper }, at) => ({
            ...monthAfter(today, at + 1),
            present: rounded(expected),
            lower: rounded(lower),
            upper: rounded(upper),
            freePlaces: activePlaces === null ? null : rounded(activePlaces - expected),
          })),
          method,
          state: factFreshness(openByYear.state, now()),
        };
      },
    },
  };

  async function figuresOf(asked: Pick<AnalysisQuestion, 'where' | 'groupBy'>) {
    try {
      return await facts.ask({ fact: 'stays', period: null, ...asked }, people);
    } catch (cause) {
      if (!(cause instanceof AnalysisError)) throw cause;
      const code = cause.code === 'TOO_BUSY' ? 'UNAVAILABLE' : 'BAD_USER_INPUT';
      throw new HubError(code, cause.message);
    }
  }
}

/** The published figure of the cell, or none where it is withheld: nothing is guessed in its place. */
function valueAt(
  table: Awaited<ReturnType<FactStore['ask']>>,
  isWanted: (key: Readonly<Record<string, unknown>>) => boolean,
): readonly number[] {
  const value = table.cells.find(({ key }) => isWanted(key))?.figures[0]?.value;
  return typeof value === 'number' ? [value] : [];
}

interface Month {
  readonly year: number;
  readonly month: number;
}

function romeMonth(at: Date): Month {
  const [year = 0, month = 1] = romeDay(at).split('-').map(Number);
  return { year, month };
}

function monthAfter({ year, month }: Month, count: number): Month {
  const index = year * 12 + month - 1 + count;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

function monthsBefore(today: Month, count: number): readonly Month[] {
  return Array.from({ length: count }, (_, at) => monthAfter(today, at - count));
}

function rounded(people: number): number {
  return Math.round(people * 10) / 10;
}
