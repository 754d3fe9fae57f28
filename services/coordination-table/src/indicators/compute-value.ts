import type { FactState, FactStore } from '@tavolo/analysis';
import {
  type AbsenceReason,
  canonicalJson,
  combineCells,
  emptyCell,
  type FigureArea,
  sha256Hex,
} from '@tavolo/yearly-report';
import type { FormulaPart, IndicatorDefinition, IndicatorFormula } from './definition.ts';
import type { IndicatorValue } from './indicator-value.ts';
import {
  factPart,
  type PartAsked,
  type PartFigure,
  publishedCell,
  registerPart,
  unlessBusy,
} from './part-figure.ts';
import {
  isIn,
  municipalitiesOf,
  municipalitiesWithAct,
  type RegisterYear,
} from './register-year.ts';

/** What values are computed from. */
export interface ValueSources {
  readonly facts: FactStore;
  /** Read once a year and request, however many indicators ask. */
  readonly register: (year: number) => Promise<RegisterYear>;
  readonly now: () => Date;
}

/** Computes one indicator of one area and year; never throws for want of data, which is told in `reason`. */
export async function computeValue(
  sources: ValueSources,
  definition: IndicatorDefinition,
  area: FigureArea,
  asked: number,
): Promise<IndicatorValue> {
  const year = definition.period === 'YEAR' ? asked : null;
  const base = { definition, area, year };
  if (`${asked}-12-31` < definition.validFrom) {
    return { ...base, ...absent('BEFORE_DEFINITION') };
  }
  const { formula } = definition;
  if (formula.kind === 'MUNICIPALITIES') {
    return { ...base, ...(await municipalitiesConcerned(sources, formula, { area, year: asked })) };
  }
  if (formula.kind !== 'COMBINATION') {
    const { lineage, ...figure } = await partFigure(sources, formula, { area, year }, asked);
    return { ...base, ...figure, combination: null, lineage: [{ part: 'figure', ...lineage }] };
  }
  const first = await partFigure(sources, formula.first, { area, year }, asked);
  const second = await partFigure(sources, formula.second, { area, year }, asked);
  const { cell, reason } = combineCells(
    formula.combination,
    first.cell,
    second.cell,
    definition.unit,
  );
  return {
    ...base,
    cell,
    reason: whyAbsent(reason, [first.reason, second.reason]),
    combination: { kind: formula.combination, first: first.cell, second: second.cell },
    sources: worstOf([...first.sources, ...second.sources]),
    linkage: first.linkage ?? second.linkage,
    lineage: [
      { part: 'first', ...first.lineage },
      { part: 'second', ...second.lineage },
    ],
  };
}

/** What passes comes first: whoever would keep the value has to know that it may be another later. */
function whyAbsent(
  reason: AbsenceReason | null,
  parts: readonly (AbsenceReason | null)[],
): AbsenceReason | null {
  if (parts.includes('SOURCE_UNAVAILABLE')) return 'SOURCE_UNAVAILABLE';
  if (reason !== 'PART_NOT_AVAILABLE') return reason;
  return parts.find((part) => part !== null) ?? reason;
}

async function partFigure(
  { facts, register, now }: ValueSources,
  part: FormulaPart,
  asked: PartAsked,
  year: number,
): Promise<PartFigure> {
  if (part.kind === 'FIGURE') return factPart(facts, part, asked);
  return registerPart(part, await register(year), asked, now().toISOString());
}

function absent(reason: AbsenceReason) {
  return {
    cell: emptyCell('NOT_AVAILABLE', 'n/a'),
    reason,
    combination: null,
    sources: [],
    linkage: null,
    lineage: [],
  };
}

/**
 * Acts of the table are counted as they are; people in a municipality count only where their figure is
 * published, so the answer tells of no small one. It is therefore a lower bound.
 */
async function municipalitiesConcerned(
  { facts, register, now }: ValueSources,
  formula: Extract<IndicatorFormula, { readonly kind: 'MUNICIPALITIES' }>,
  { area, year }: { readonly area: FigureArea; readonly year: number },
): Promise<Omit<IndicatorValue, 'definition' | 'area' | 'year'>> {
  const acts = await register(year);
  const codes = new Set(municipalitiesWithAct(acts, area));
  const states: FactState[] = [];
  for (const { fact, dimension } of formula.facts) {
    const table = await unlessBusy(
      facts.ask({ fact, where: {}, groupBy: [dimension], period: { year } }, [
        { kind: 'CONTRIBUTORS' },
      ]),
    );
    if (table === 'SOURCE_UNAVAILABLE') return absent(table);
    const { cells, state } = table;
    states.push(state);
    for (const { key, figures } of cells) {
      const code = key[dimension];
      const isPublished = figures[0]?.value != null;
      if (typeof code === 'string' && isPublished && isIn(code, area)) codes.add(code);
    }
  }
  const exact = publishedCell(codes.size);
  return {
    cell:
      states.length === 0
        ? exact
        : { ...exact, upper: Math.max(codes.size, municipalitiesOf(area)), status: 'PERTURBED' },
    reason: null,
    combination: null,
    sources: worstOf([
      { subgraph: 'coordination-table', asOf: now().toISOString(), completeness: 1 },
      ...states.flatMap(({ sources }) => sources),
    ]),
    linkage: states[0]?.linkage ?? null,
    lineage: [
      {
        part: 'figure',
        fact: formula.facts.map(({ fact }) => fact).join(' ') || null,
        register: 'MUNICIPALITIES',
        factDocumentHash: states[0]?.documentHash ?? null,
        dataHash: sha256Hex(
          canonicalJson([acts.dataHash, ...states.map(({ dataHash }) => dataHash)]),
        ),
        questionHash: sha256Hex(canonicalJson({ formula, area, year })),
      },
    ],
  };
}

type Sources = FactState['sources'];

/** Of each subgraph its oldest and least complete state: a figure is as good as the worst it was made of. */
function worstOf(sources: Sources): Sources {
  const worst = new Map<string, Sources[number]>();
  for (const source of sources) {
    const known = worst.get(source.subgraph) ?? source;
    worst.set(source.subgraph, {
      subgraph: source.subgraph,
      asOf: least(known.asOf, source.asOf, (a, b) => (a < b ? a : b)),
      completeness: least(known.completeness, source.completeness, Math.min),
    });
  }
  return [...worst.values()].sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1));
}

/** Not known is worse than anything. */
function least<Value>(
  a: Value | null,
  b: Value | null,
  of: (a: Value, b: Value) => Value,
): Value | null {
  return a === null || b === null ? null : of(a, b);
}
