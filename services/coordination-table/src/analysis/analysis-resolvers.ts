import type { DimensionValue, FactStore, FigureRequest, Period } from '@tavolo/analysis';
import { analysisNames, type Fact, percentiles } from '@tavolo/facts';
import { HubError } from '@tavolo/subgraph-kit';
import { type OpenTable, openTable } from './analysis-table.ts';
import { differenceOfCells } from './difference-of-cells.ts';
import { disclosureNote, type RulesInForce } from './disclosure-note.ts';
import { factFreshness } from './fact-freshness.ts';

type Values = Readonly<Record<string, DimensionValue>>;

interface TableArguments {
  readonly where?: Values | null;
  readonly groupBy?: readonly string[] | null;
  readonly period?: PeriodInput | null;
  readonly first: number;
}

interface PeriodInput {
  readonly year: number;
  readonly quarter?: number | null;
  readonly month?: number | null;
}

/** What a field of a cell needs to know: the table it is of, and where in it. */
interface CellParent {
  readonly open: OpenTable;
  /** `null` = the total. */
  readonly key: Values | null;
}

interface TableParent {
  readonly open: OpenTable;
  readonly first: number;
}

interface MeasureParent extends CellParent {
  readonly measure: string;
}

interface ComparisonParent {
  readonly one: CellParent;
  readonly other: CellParent;
}

export interface AnalysisParts extends RulesInForce {
  readonly facts: readonly Fact[];
  readonly store: FactStore;
  readonly now: () => Date;
}

const mostCells = 1_000;

/** Resolvers of the SDL that is generated from the same facts: a fact more needs no line of code here. */
export function createAnalysisResolvers(parts: AnalysisParts): Record<string, object> {
  const { facts, store, now } = parts;
  return {
    Query: { analysis: () => ({}) },
    Analysis: Object.fromEntries(
      facts.map((fact) => [
        fact.name,
        (_parent: object, args: TableArguments) => tableOf(fact, args),
      ]),
    ),
    AnalysisPercentile: percentiles,
    ...Object.fromEntries(facts.flatMap((fact) => Object.entries(resolversOf(fact)))),
  };

  async function tableOf(fact: Fact, args: TableArguments): Promise<TableParent> {
    if (args.first < 1 || args.first > mostCells) {
      throw new HubError('BAD_USER_INPUT', `first must be 1 to ${mostCells}`);
    }
    const question = {
      fact: fact.name,
      where: { ...args.where },
      groupBy: args.groupBy ?? [],
      period: args.period ? periodOf(args.period) : null,
    };
    return { open: await openTable(store, question), first: args.first };
  }

  function resolversOf(fact: Fact): Record<string, object> {
    const names = analysisNames(fact);
    const contributors: FigureRequest = { kind: 'CONTRIBUTORS' };
    const counts: [string, FigureRequest][] = [[names.contributors, contributors]];
    if (names.events !== null) counts.push([names.events, { kind: 'EVENTS' }]);
    const figure = (request: FigureRequest) => (cell: CellParent) =>
      cell.open.figure(cell.key, request);

    return {
      [names.dimensionEnum]: names.groupBy,
      [names.table]: {
        cells: ({ open, first }: TableParent): CellParent[] =>
          open.table.cells.slice(0, first).map(({ key }) => ({ open, key })),
        total: ({ open }: TableParent): CellParent => ({ open, key: null }),
        state: ({ open }: TableParent) => factFreshness(open.table.state, now()),
        disclosure: ({ open }: TableParent) => disclosureNote(fact, open.question, parts),
      },
      [names.cell]: {
        ...Object.fromEntries(
          fact.dimensions.map(({ column }) => [
            column,
            ({ open, key }: CellParent) => key?.[column] ?? open.question.where[column] ?? null,
          ]),
        ),
        ...(fact.periodColumn === null
          ? {}
          : {
              year: ({ key }: CellParent) => key?.['year'] ?? null,
              quarter: ({ key }: CellParent) => key?.['quarter'] ?? null,
              month: ({ key }: CellParent) => key?.['month'] ?? null,
              compared,
            }),
        ...Object.fromEntries(counts.map(([name, request]) => [name, figure(request)])),
        share: (cell: CellParent, { of }: { of: Values }) =>
          cell.open.figure(cell.key, { kind: 'SHARE', of: { ...of } }),
        ...Object.fromEntries(
          fact.measures.map(({ column }) => [
            column,
            (cell: CellParent): MeasureParent => ({ ...cell, measure: column }),
          ]),
        ),
      },
      ...(fact.periodColumn === null
        ? {}
        : {
            [names.comparison]: Object.fromEntries(
              counts.flatMap(([name, request]) => [
                [name, ({ other }: ComparisonParent) => figure(request)(other)],
                [
                  `${name}Difference`,
                  async ({ one, other }: ComparisonParent) =>
                    differenceOfCells(await figure(request)(one), await figure(request)(other)),
                ],
              ]),
            ),
          }),
      ...Object.fromEntries(
        Object.entries(names.measures).map(([, { figures, limitEnum }]) => [
          figures,
          measureResolvers(limitEnum !== null),
        ]),
      ),
    };
  }
}

async function compared(
  cell: CellParent,
  args: { readonly period: PeriodInput },
): Promise<ComparisonParent | null> {
  const period = periodOf(args.period);
  const open = await cell.open.inPeriod(period);
  return open && { one: cell, other: { open, key: cell.open.keyIn(cell.key, period) } };
}

function measureResolvers(hasLimits: boolean): object {
  const quantile = ({ open, key, measure }: MeasureParent, percent: number) =>
    open.figure(key, { kind: 'QUANTILE', measure, percent });
  return {
    mean: ({ open, key, measure }: MeasureParent) => open.figure(key, { kind: 'MEAN', measure }),
    median: (parent: MeasureParent) => quantile(parent, percentiles.P50),
    percentile: (parent: MeasureParent, { percent }: { percent: number }) =>
      quantile(parent, percent),
    ...(hasLimits
      ? {
          within: ({ open, key, measure }: MeasureParent, { limit }: { limit: string }) =>
            open.figure(key, { kind: 'WITHIN', measure, limit }),
        }
      : {}),
  };
}

function periodOf({ year, quarter, month }: PeriodInput): Period {
  return {
    year,
    ...(quarter === null || quarter === undefined ? {} : { quarter }),
    ...(month === null || month === undefined ? {} : { month }),
  };
}
