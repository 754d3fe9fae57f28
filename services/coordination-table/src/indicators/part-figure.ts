import {
  AnalysisError,
  type AnalysisQuestion,
  type FactState,
  type FactStore,
} from '@tavolo/analysis';
import type { Cell } from '@tavolo/disclosure';
import {
  type AbsenceReason,
  canonicalJson,
  emptyCell,
  type FigureArea,
  sha256Hex,
} from '@tavolo/yearly-report';
import type { FigureFormula, FormulaPart } from './definition.ts';
import type { FigureLineage } from './indicator-value.ts';
import { type RegisterYear, registerFigure } from './register-year.ts';

/** One protected figure or one of the register, before anything is made of it. */
export interface PartFigure {
  readonly cell: Cell;
  readonly reason: AbsenceReason | null;
  readonly sources: FactState['sources'];
  readonly linkage: FactState['linkage'];
  readonly lineage: Omit<FigureLineage, 'part'>;
}

/** What one figure is asked for. */
export interface PartAsked {
  readonly area: FigureArea;
  /** Null = everything so far. */
  readonly year: number | null;
}

/** A number that no person is behind. */
export function publishedCell(value: number): Cell {
  return {
    display: value.toLocaleString('en-GB'),
    value,
    lower: value,
    upper: value,
    status: 'PUBLISHED',
  };
}

/** Of the register: as it is, since nothing in it is about people. */
export function registerPart(
  part: Extract<FormulaPart, { readonly kind: 'REGISTER' }>,
  register: RegisterYear,
  { area, year }: PartAsked,
  readAt: string,
): PartFigure {
  const value = registerFigure(part.measure, register, area);
  return {
    cell: value === null ? emptyCell('NOT_AVAILABLE', 'n/a') : publishedCell(value),
    reason: value === null ? 'NOT_BY_DISTRICT' : null,
    sources: [{ subgraph: 'coordination-table', asOf: readAt, completeness: 1 }],
    linkage: null,
    lineage: {
      fact: null,
      register: part.measure,
      factDocumentHash: null,
      dataHash: register.dataHash,
      questionHash: sha256Hex(canonicalJson({ part, area, year })),
    },
  };
}

/** Of a fact: one question, protected by the fact store; equal questions have equal hashes. */
export async function factPart(
  facts: FactStore,
  part: FigureFormula,
  { area, year }: PartAsked,
): Promise<PartFigure> {
  const { areaDimension } = part;
  const question: AnalysisQuestion = {
    fact: part.fact,
    where: {
      ...part.where,
      ...(area === 'PROVINCE' || areaDimension === null ? {} : { [areaDimension]: area }),
    },
    groupBy: [],
    period: year === null ? null : { year },
  };
  const questionHash = sha256Hex(canonicalJson({ ...question, figure: part.figure }));
  const isAnswerable = area === 'PROVINCE' || areaDimension !== null;
  const answer = isAnswerable ? await askOnce(facts, question, part) : 'NOT_BY_DISTRICT';
  const isAnswered = typeof answer !== 'string';
  const state = isAnswered ? answer.state : facts.state(part.fact);
  const cell = isAnswered ? answer.cell : emptyCell('NOT_AVAILABLE', 'n/a');
  return {
    cell,
    reason: isAnswered ? absenceOf(cell, state) : answer,
    sources: state.sources,
    linkage: state.linkage,
    lineage: {
      fact: part.fact,
      register: null,
      factDocumentHash: state.documentHash,
      dataHash: state.dataHash,
      questionHash,
    },
  };
}

async function askOnce(
  facts: FactStore,
  question: AnalysisQuestion,
  { figure }: FigureFormula,
): Promise<{ readonly cell: Cell; readonly state: FactState } | 'SOURCE_UNAVAILABLE'> {
  const table = await unlessBusy(facts.ask(question, [figure]));
  if (table === 'SOURCE_UNAVAILABLE') return table;
  return { cell: table.total[0] ?? emptyCell('NOT_AVAILABLE', 'n/a'), state: table.state };
}

/** Too many ask at once, which passes; what is wrong with a question was refused at the start. */
export async function unlessBusy<Table>(
  asking: Promise<Table>,
): Promise<Table | 'SOURCE_UNAVAILABLE'> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AnalysisError && error.code === 'TOO_BUSY') return 'SOURCE_UNAVAILABLE';
    throw error;
  }
}

function absenceOf(cell: Cell, { loadedAt }: FactState): AbsenceReason | null {
  if (cell.value !== null) return null;
  if (cell.status !== 'NOT_AVAILABLE') return 'TOO_FEW_CONTRIBUTORS';
  return loadedAt === null ? 'NEVER_LOADED' : 'NO_DATA';
}
