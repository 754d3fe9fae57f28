import type { describeRules } from '@tavolo/disclosure';
import { HubError } from '@tavolo/subgraph-kit';
import {
  type FigureArea,
  type FrozenDefinition,
  type FrozenValue,
  figureAreas,
  type ReportSnapshot,
  rendererVersion,
} from '@tavolo/yearly-report';
import type {
  NodeParticipation,
  ObjectiveSummary,
  TableActivityReader,
} from '../table/table-activity.ts';
import { computeValue, type ValueSources } from './compute-value.ts';
import type { IndicatorDefinition } from './definition.ts';
import type { IndicatorValue } from './indicator-value.ts';
import { methodology, protectionInSentences } from './methodology.ts';
import type { TerritorialReportRow } from './report-store.ts';

/** Everything of a snapshot that is known before it gets its version. */
export type SnapshotContent = Omit<ReportSnapshot, 'version' | 'frozenAt' | 'frozenBy'>;

export type DisclosureNote = ReturnType<typeof describeRules>;

export interface SnapshotSources extends ValueSources {
  readonly definitions: readonly IndicatorDefinition[];
  readonly activity: Pick<TableActivityReader, 'objectivesOf'>;
  readonly rules: DisclosureNote;
}

/** Years of history in the report's line charts, the report's own included. */
const yearsOfHistory = 5;

/** Collects what a report of the year says; refuses while a source cannot be asked, since it is for ever. */
export async function buildSnapshot(
  sources: SnapshotSources,
  year: number,
): Promise<SnapshotContent> {
  const register = await sources.register(year);
  const { activity, territorialReports } = register;
  const values: FrozenValue[] = [];
  for (const definition of sources.definitions) {
    for (const area of figureAreas) {
      const value = await valueFor(sources, definition, area, year);
      if (value !== null) values.push(value);
    }
  }
  return {
    format: 'tavolo-yearly-report/1',
    rendererVersion,
    year,
    disclosure: frozenRules(sources.rules),
    methodology: [...methodology],
    indicators: sources.definitions.map(frozenDefinition),
    values,
    history: await historyOf(sources, year),
    objectives: (await sources.activity.objectivesOf(year)).map(frozenObjective),
    activity: {
      asOf: activity.asOf,
      meetings: [...activity.meetings],
      participation: activity.participation.map(frozenNode),
      participationRate: activity.participationRate,
      protocolsSigned: activity.protocolsSigned,
      protocolsInForce: activity.protocolsInForce,
      criteriaAdopted: [...activity.criteriaAdopted],
    },
    territorialReports: territorialReports.map(frozenTerritorialReport),
  };
}

/** Null where the indicator is not told by district: five times "not by district" would say nothing. */
async function valueFor(
  sources: SnapshotSources,
  definition: IndicatorDefinition,
  area: FigureArea,
  year: number,
): Promise<FrozenValue | null> {
  const value = requireAnswered(await computeValue(sources, definition, area, year));
  if (value.reason === 'NOT_BY_DISTRICT') return null;
  const previous =
    definition.period === 'YEAR'
      ? requireAnswered(await computeValue(sources, definition, area, year - 1)).cell
      : null;
  return {
    indicator: definition.id,
    indicatorVersion: definition.version,
    area,
    year: value.year,
    cell: value.cell,
    reason: value.reason,
    combination: value.combination,
    previous,
    sources: [...value.sources],
    linkage: value.linkage,
    lineage: [...value.lineage],
  };
}

async function historyOf(
  sources: SnapshotSources,
  year: number,
): Promise<ReportSnapshot['history']> {
  const history: ReportSnapshot['history'] = [];
  for (const definition of sources.definitions.filter(({ period }) => period === 'YEAR')) {
    for (let each = year - yearsOfHistory + 1; each <= year; each += 1) {
      const { cell } = requireAnswered(await computeValue(sources, definition, 'PROVINCE', each));
      history.push({ indicator: definition.id, year: each, cell });
    }
  }
  return history;
}

function requireAnswered(value: IndicatorValue): IndicatorValue {
  if (value.reason !== 'SOURCE_UNAVAILABLE') return value;
  throw new HubError(
    'UNAVAILABLE',
    `Indicator ${value.definition.id} cannot be computed now and a frozen report never changes; try again later`,
  );
}

// Field by field: what is added to a register's rows later is not frozen by accident.

function frozenObjective(row: ObjectiveSummary): ReportSnapshot['objectives'][number] {
  const { id, district, title, indicatorId, baseline, target, latest, state, dueOn } = row;
  return { id, district, title, indicatorId, baseline, target, latest, state, dueOn };
}

function frozenNode(row: NodeParticipation): ReportSnapshot['activity']['participation'][number] {
  const { organisation, name, invited, attended, notRecorded, rate } = row;
  return { organisation, name, invited, attended, notRecorded, rate };
}

function frozenTerritorialReport(
  row: TerritorialReportRow,
): ReportSnapshot['territorialReports'][number] {
  const { district, year, title, registeredOn } = row;
  return { district, year, title, registeredOn };
}

function frozenDefinition({ period, formula, ...rest }: IndicatorDefinition): FrozenDefinition {
  return { ...rest, formula: { period, ...formula } };
}

function frozenRules(rules: DisclosureNote): ReportSnapshot['disclosure'] {
  const { threshold, sensitiveThreshold, minimumForMean, minimumForQuantile, dominance } = rules;
  return {
    method: rules.method,
    floor: rules.floor,
    threshold,
    sensitiveThreshold,
    minimumForMean,
    minimumForQuantile,
    dominance,
    maximumDimensions: rules.maximumDimensions,
    maximumDeviation: rules.perturbationTable.maximumDeviation,
    rules: [...protectionInSentences(rules)],
  };
}
