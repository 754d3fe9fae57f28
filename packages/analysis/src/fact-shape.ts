import { createHash } from 'node:crypto';
import type { ColumnType, Fact, FactColumn, FactDimension, FactMeasure } from '@tavolo/facts';
import { FactStoreProblem } from './fact-store-problem.ts';
import { timeLevels } from './time-level.ts';

/** A dimension together with the type of its column. */
export interface ShapedDimension extends FactDimension {
  readonly type: ColumnType;
}

/** A fact by name of its parts, with what DuckDB needs to know of it. */
export interface FactShape {
  readonly fact: Fact;
  readonly dimensions: ReadonlyMap<string, ShapedDimension>;
  readonly measures: ReadonlyMap<string, FactMeasure>;
  /** Filled from the rows, in the order they are declared. */
  readonly loaded: readonly FactColumn[];
  readonly computed: readonly (FactColumn & { readonly from: { readonly kind: 'EXPRESSION' } })[];
  /** Changes whenever rows loaded before can no longer be read as this fact's. */
  readonly definitionHash: string;
}

const name = /^[a-z][A-Za-z0-9]{0,62}$/u;

/** Refuses what could not be kept or asked, so that no later SQL meets it. */
export function shapeFact(fact: Fact): FactShape {
  const refuse = (what: string): never => {
    throw new FactStoreProblem(`fact ${fact.name}: ${what}; correct its file`);
  };
  if (!name.test(fact.name)) refuse('its name must be camelCase, at most 63 letters and digits');
  const types = new Map<string, ColumnType>();
  for (const column of fact.columns) {
    if (!name.test(column.name)) refuse('a column’s name must be camelCase');
    if ([...types.keys()].some((known) => known.toLowerCase() === column.name.toLowerCase())) {
      refuse(`column ${column.name} is declared twice (names differ by more than capitals)`);
    }
    types.set(column.name, column.type);
  }
  const dimensions = new Map<string, ShapedDimension>();
  for (const dimension of fact.dimensions) {
    const type = types.get(dimension.column);
    if (!type) return refuse(`dimension ${dimension.column} has no column`);
    if (timeLevels.some((level) => level === dimension.column)) {
      refuse(`dimension ${dimension.column} would hide the period of that name`);
    }
    if (!['ENUM', 'TEXT', 'BOOLEAN', 'INTEGER'].includes(type.kind)) {
      refuse(
        `dimension ${dimension.column} is a ${type.kind}; only words, yes/no and integers group`,
      );
    }
    dimensions.set(dimension.column, { ...dimension, type });
  }
  const measures = new Map<string, FactMeasure>();
  for (const measure of fact.measures) {
    const kind = types.get(measure.column)?.kind;
    if (kind !== 'INTEGER' && kind !== 'NUMBER') refuse(`measure ${measure.column} is no number`);
    measures.set(measure.column, measure);
  }
  if (fact.periodColumn !== null) {
    const kind = types.get(fact.periodColumn)?.kind;
    if (kind !== 'DATE' && kind !== 'MOMENT') refuse('its period column is neither day nor moment');
  }
  return {
    fact,
    dimensions,
    measures,
    loaded: fact.columns.filter(({ from }) => from.kind !== 'EXPRESSION'),
    computed: fact.columns.filter(isComputed),
    definitionHash: createHash('sha256')
      .update(JSON.stringify([fact.unit, fact.columns, fact.periodColumn]))
      .digest('hex'),
  };
}

function isComputed(column: FactColumn): column is FactShape['computed'][number] {
  return column.from.kind === 'EXPRESSION';
}
