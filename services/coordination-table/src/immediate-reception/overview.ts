import { AnalysisError, type AnalysisTable, type FactStore } from '@tavolo/analysis';
import type { Cell } from '@tavolo/disclosure';
import { HubError } from '@tavolo/subgraph-kit';
import type {
  District,
  ImmediateReceptionExit,
  ImmediateReceptionOverview,
} from '../generated/resolver-types.ts';

/** Immediate receptions in protected figures: whatever it answers went through the disclosure control. */
export type OverviewReader = (
  district: District | null,
  year: number | null,
) => Promise<ImmediateReceptionOverview>;

const notAvailable: Cell = {
  display: 'n/a',
  value: null,
  lower: null,
  upper: null,
  status: 'NOT_AVAILABLE',
};

/** The empty value is listed only where its figure may be told: no line for it means too few, not no data. */
const withheld: Cell = { ...notAvailable, display: 'confidential', status: 'SUPPRESSED_PRIMARY' };

const exits = [
  'SAI_IN_PROVINCE',
  'SAI_ELSEWHERE',
  'CAS',
  'AUTONOMY',
  'ABANDONED',
  'OTHER',
  null,
] as const satisfies readonly (ImmediateReceptionExit | null)[];

/** Asks the fact `immediateReceptions`: two questions whatever is there. */
export function createOverviewReader(facts: FactStore): OverviewReader {
  return async (district, year) => {
    const question = {
      fact: 'immediateReceptions',
      where: district === null ? {} : { district },
      period: year === null ? null : { year },
    };
    const [all, byExit] = await Promise.all([
      ask(facts, { ...question, groupBy: [] }, [
        { kind: 'CONTRIBUTORS' },
        { kind: 'EVENTS' },
        { kind: 'WITHIN', measure: 'hoursToFirstIntervention', limit: 'WITHIN_12_HOURS' },
        { kind: 'QUANTILE', measure: 'hoursToFirstIntervention', percent: 50 },
      ]),
      ask(facts, { ...question, groupBy: ['exitDestination'] }, [{ kind: 'CONTRIBUTORS' }]),
    ]);
    const [people, receptions, withinTwelveHours, medianHours] = all.total;
    return {
      district,
      year,
      people: people ?? notAvailable,
      receptions: receptions ?? notAvailable,
      withinTwelveHours: withinTwelveHours ?? notAvailable,
      medianHours: medianHours ?? notAvailable,
      // All ways out, always: a missing line would say that nobody went there.
      byExit: exits.map((exitDestination) => ({
        exitDestination,
        people: figureOf(byExit, exitDestination, all.state.loadedAt !== null),
      })),
      loadedAt: all.state.loadedAt,
    };
  };
}

function figureOf(
  { cells }: AnalysisTable,
  exit: ImmediateReceptionExit | null,
  isLoaded: boolean,
): Cell {
  return (
    cells.find(({ key }) => (key['exitDestination'] ?? null) === exit)?.figures[0] ??
    (isLoaded ? withheld : notAvailable)
  );
}

async function ask(facts: FactStore, ...question: Parameters<FactStore['ask']>) {
  try {
    return await facts.ask(...question);
  } catch (cause) {
    if (cause instanceof AnalysisError && cause.code === 'TOO_BUSY') {
      throw new HubError('UNAVAILABLE', 'Too many ask for figures at once; ask again in a moment', {
        cause,
      });
    }
    throw cause;
  }
}
