import type { District } from '@tavolo/access-model';
import { type Caller, districtsOf, HubError } from '@tavolo/subgraph-kit';
import type { FigureArea } from '@tavolo/yearly-report';
import { computeValue, type ValueSources } from './compute-value.ts';
import type { IndicatorDefinition } from './definition.ts';
import type { IndicatorValue } from './indicator-value.ts';
import type { RegisterYear } from './register-year.ts';
import type { FrozenOutputs, FrozenReportRow, ReportStore } from './report-store.ts';

/** What one request asks of indicators and reports; built anew for each, since it remembers. */
export interface IndicatorDesk {
  readonly definitions: readonly IndicatorDefinition[];
  definition(id: string): IndicatorDefinition | null;
  value(definition: IndicatorDefinition, area: FigureArea, year: number): Promise<IndicatorValue>;
  values(
    ids: readonly string[],
    year: number,
    areas: readonly FigureArea[],
  ): Promise<readonly IndicatorValue[]>;
  outputs(report: FrozenReportRow): Promise<FrozenOutputs>;
}

export interface DeskSources extends Omit<ValueSources, 'register'> {
  readonly definitions: readonly IndicatorDefinition[];
  readonly store: ReportStore;
  readonly readRegister: (year: number) => Promise<RegisterYear>;
}

const mostIds = 30;
const years = { first: 2000, last: 2100 } as const;

export function createIndicatorDesk(sources: DeskSources, caller: Caller): IndicatorDesk {
  const byId = new Map(sources.definitions.map((definition) => [definition.id, definition]));
  const register = rememberingYears(sources.readRegister);
  const outputsOf = new Map<string, Promise<FrozenOutputs>>();
  const value = (definition: IndicatorDefinition, area: FigureArea, year: number) =>
    computeValue({ ...sources, register }, definition, area, year);

  return {
    definitions: sources.definitions,
    definition: (id) => byId.get(id) ?? null,
    value,
    async values(ids, year, areas) {
      requireSizes(ids, year);
      const definitions = ids.map((id) => {
        const definition = byId.get(id);
        if (definition !== undefined) return definition;
        throw new HubError(
          'NOT_FOUND',
          'Argument "ids" names an indicator there is none of: see indicators',
        );
      });
      const visible = [...new Set(areas)].filter((area) => maySee(caller, area));
      const found: IndicatorValue[] = [];
      // One after the other: one request must not take the fact store from all others.
      for (const definition of new Set(definitions)) {
        for (const area of visible) found.push(await value(definition, area, year));
      }
      return found;
    },
    outputs({ year, version }) {
      const key = `${year}/${version}`;
      const known = outputsOf.get(key) ?? readOutputs(sources.store, year, version);
      outputsOf.set(key, known);
      return known;
    },
  };
}

/** The province is everybody's at the table; a district is its own coordinators' and the province's. */
function maySee(caller: Caller, area: FigureArea): boolean {
  const own = districtsOf(caller);
  return area === 'PROVINCE' || own === null || own.includes(area satisfies District);
}

function requireSizes(ids: readonly string[], year: number): void {
  if (ids.length > mostIds) {
    throw new HubError('BAD_USER_INPUT', `Argument "ids" may name at most ${mostIds} indicators`);
  }
  if (year < years.first || year > years.last) {
    throw new HubError(
      'BAD_USER_INPUT',
      `Argument "year" must be between ${years.first} and ${years.last}`,
    );
  }
}

function rememberingYears(read: (year: number) => Promise<RegisterYear>) {
  const known = new Map<number, Promise<RegisterYear>>();
  return (year: number): Promise<RegisterYear> => {
    const found = known.get(year) ?? read(year);
    known.set(year, found);
    return found;
  };
}

async function readOutputs(
  store: ReportStore,
  year: number,
  version: number,
): Promise<FrozenOutputs> {
  const outputs = await store.outputs(year, version);
  if (outputs === null) throw new HubError('NOT_FOUND', 'The yearly report is not there any more');
  return outputs;
}
