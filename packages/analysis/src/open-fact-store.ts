import { recordKey } from '@tavolo/disclosure';
import type { Fact, FactRow } from '@tavolo/facts';
import { AnalysisError } from './analysis-error.ts';
import { type Answer, answerQuestion } from './answer-question.ts';
import { createCubes } from './cubes.ts';
import { openFactDatabase } from './fact-database.ts';
import { type FactShape, shapeFact } from './fact-shape.ts';
import { quoted, tableOfVersion, unitRefColumn } from './fact-sql.ts';
import type { FactStore } from './fact-store.ts';
import { type FactStoreOptions, usualLimits } from './fact-store-options.ts';
import { FactStoreProblem } from './fact-store-problem.ts';
import { dropLoad, kindOf, loadFact } from './load-fact.ts';
import { LoadProblem } from './load-problem.ts';
import { createProtectedFigures } from './protected-figures.ts';
import type { AnalysisTable, FigureRequest } from './question.ts';
import { type Plan, readQuestion } from './read-question.ts';
import { settleTables, tryExpressions } from './settle-tables.ts';
import { createSharedCache } from './shared-cache.ts';
import { neverLoaded, type StoredState, writeState } from './state-table.ts';

/** Opens the facts where they were left: rows of the last good load of each, figures out of them protected. */
export async function openFactStore(options: FactStoreOptions): Promise<FactStore> {
  const { facts, disclosure, recordKeySecret, now, rowsOf = ['people'] } = options;
  const limits = { ...usualLimits, ...options.limits };
  const shapes = new Map(facts.map((fact) => [fact.name, shapeFact(fact)]));
  if (shapes.size < facts.length) throw new FactStoreProblem('two facts have the same name');

  const database = await openFactDatabase(options.file, limits);
  const states = new Map<string, StoredState>();
  try {
    await tryExpressions(database, [...shapes.values()]);
    for (const state of await settleTables(database, [...shapes.values()])) {
      states.set(state.state.fact, state);
    }
  } catch (cause) {
    await database.close();
    throw cause;
  }
  const cubes = createCubes(database, limits);
  const figures = createProtectedFigures(cubes, disclosure, options.ownerThresholds ?? {});
  const answers = createSharedCache<Answer>({
    maximumSize: limits.cellsKept,
    sizeOf: ({ cells, total }) => (cells.length + 1) * Math.max(1, total.length),
  });
  const loading = new Set<string>();

  const shapeOf = (factName: string): FactShape => {
    const shape = shapes.get(factName);
    if (shape) return shape;
    throw new AnalysisError(
      'UNKNOWN_FACT',
      `there is no such fact; there are ${[...shapes.keys()].join(', ')}`,
    );
  };
  const storedOf = (shape: FactShape): StoredState =>
    states.get(shape.fact.name) ?? {
      state: neverLoaded(shape.fact),
      definitionHash: shape.definitionHash,
      version: 0,
    };

  /** Notes how `work` ended, and lets no second load of the fact run beside it. */
  const loadOnce = async (
    fact: Fact,
    work: (shape: FactShape, before: StoredState) => Promise<StoredState>,
  ) => {
    const shape = shapeOf(fact.name);
    if (loading.has(fact.name)) throw new LoadProblem(`fact ${fact.name} is being loaded already`);
    loading.add(fact.name);
    try {
      const before = storedOf(shape);
      const after = await work(shape, before);
      states.set(fact.name, after);
      // Were it left over, the next start forgets it.
      await dropLoad(database, before).catch(() => undefined);
      return after.state;
    } catch (cause) {
      const before = storedOf(shape);
      const reason = cause instanceof LoadProblem ? cause.message : kindOf(cause);
      const failed: StoredState = {
        ...before,
        state: { ...before.state, lastFailure: { at: now().toISOString(), reason } },
      };
      states.set(fact.name, failed);
      await database.write((writer) => writeState(writer, failed));
      throw cause;
    } finally {
      loading.delete(fact.name);
    }
  };
  const keepsUnitRef = (fact: Fact) => rowsOf.includes(fact.name);

  const answer = async (plan: Plan): Promise<AnalysisTable> => {
    const { shape, ...asked } = plan;
    const { version, state } = storedOf(shape);
    if (version === 0) {
      return { cells: [], total: plan.figures.map(() => notAvailable), state };
    }
    const name = JSON.stringify([shape.fact.name, version, asked]);
    try {
      const known = await answers.get(name, () =>
        answerQuestion(figures, { shape, version }, plan, limits.cellsPerAnswer),
      );
      return { ...known, state };
    } catch (cause) {
      // The rows it asked of were replaced meanwhile; those that are there now have an answer.
      if (storedOf(shape).version !== version && !(cause instanceof AnalysisError)) {
        return answer(plan);
      }
      throw cause;
    }
  };

  return {
    load: (fact, pages, origin) =>
      loadOnce(fact, (shape, before) =>
        loadFact(database, {
          shape,
          before,
          pages,
          origin,
          keepsUnitRef: keepsUnitRef(fact),
          at: now(),
          keyOf: (ref) => recordKey(recordKeySecret, fact.unit, ref),
          maximumRows: limits.rowsPerFact,
        }),
      ),
    state: (factName) => storedOf(shapeOf(factName)).state,
    ask: async (question, requests: readonly FigureRequest[]) =>
      answer(readQuestion(shapeOf(question.fact), question, requests)),
    async *rows(factName, columns) {
      const shape = shapeOf(factName);
      if (!rowsOf.includes(factName)) {
        throw new FactStoreProblem(`fact ${factName} keeps no refs: add it to rowsOf first`);
      }
      const unknown = columns.some(
        (name) => !shape.fact.columns.some((column) => column.name === name),
      );
      if (unknown) throw new FactStoreProblem(`fact ${factName} has no such column`);
      const { version } = storedOf(shape);
      if (version === 0) return;
      const table = quoted(tableOfVersion(factName, version));
      const selected = [unitRefColumn, ...columns.map((name) => printed(shape, name))];
      for await (const rows of database.stream(`SELECT ${selected.join(', ')} FROM ${table}`)) {
        yield rows.map((row) => ({
          unitRef: String(row[unitRefColumn]),
          // Cast by `printed` to what a `FactRow` holds.
          values: Object.fromEntries(columns.map((name) => [name, row[name]])) as FactRow['values'],
        }));
      }
    },
    close: () => database.close(),
  };
}

const notAvailable = {
  display: 'n/a',
  value: null,
  lower: null,
  upper: null,
  status: 'NOT_AVAILABLE',
} as const;

/** Days and moments as text, the way they came. */
function printed({ fact }: FactShape, name: string): string {
  const kind = fact.columns.find((column) => column.name === name)?.type.kind;
  const column = quoted(name);
  if (kind === 'DATE') return `strftime(${column}, '%Y-%m-%d') AS ${column}`;
  if (kind === 'MOMENT') {
    return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') AS ${column}`;
  }
  return column;
}
