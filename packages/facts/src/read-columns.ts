import type { OperationDefinitionNode } from 'graphql';
import { declaredColumnType } from './column-type.ts';
import {
  type ArgumentsOf,
  directiveArguments,
  type MeasureArguments,
} from './directive-arguments.ts';
import type { ColumnType, FactColumn, FactDimension, FactMeasure } from './fact.ts';
import type { ReportProblem } from './fact-error.ts';
import type { FactGraph } from './fact-graph.ts';
import { isCamelCase, isUpperSnake } from './fact-names.ts';
import { pathStart } from './path-start.ts';
import { readExpression } from './read-expression.ts';
import type { ReadColumn, ReadSelections } from './read-selections.ts';

export interface ReadColumns {
  readonly columns: readonly FactColumn[];
  readonly dimensions: readonly FactDimension[];
  readonly measures: readonly FactMeasure[];
}

/** Names that mean something else in the analysis, or in SQL. */
const takenNames: ReadonlySet<string> = new Set([
  ...['year', 'quarter', 'month', 'people', 'households', 'share', 'compared', 'unitref', 'key'],
  ...[
    'from',
    'to',
    'on',
    'at',
    'order',
    'group',
    'select',
    'where',
    'limit',
    'end',
    'date',
    'first',
  ],
]);

const dimensionKinds: ReadonlySet<string> = new Set(['ENUM', 'TEXT', 'BOOLEAN', 'INTEGER']);

/** The columns of a fact, its expressions worked out, and what analysts may do with them. */
export function readColumns(
  operation: OperationDefinitionNode,
  fact: ArgumentsOf<'fact'>,
  read: ReadSelections,
  graph: FactGraph,
  report: ReportProblem,
): ReadColumns {
  const columns: FactColumn[] = [];
  const dimensions: FactDimension[] = [];
  const measures: FactMeasure[] = [];
  const contributors = fact.unit === 'PERSON' ? 'people' : 'households';
  const taken = new Set([fact.eventName.toLowerCase()]);
  if (fact.eventName !== contributors && takenNames.has(fact.eventName.toLowerCase()))
    report(operation, null, `the rows cannot be called ${fact.eventName}`);
  const sensitive = new Set(
    read.columns.flatMap((column) => (column.isSensitive ? column.name : [])),
  );

  for (const column of read.columns) {
    const { name, type, node, coordinate } = column;
    take(node, coordinate, name);
    columns.push(fromGraph(column, read.rowSteps.length));
    if (column.dimension) {
      addDimension(node, coordinate, name, type, column.dimension, column.isSensitive);
    }
    if (column.measure)
      addMeasure(node, coordinate, name, type, column.measure, column.isSensitive);
  }

  const base = new Set(columns.map(({ name }) => name));
  const expressions = new Map<string, { sql: string; columns: ReadonlySet<string> }>();
  for (const derived of directiveArguments(graph.schema, operation, 'derived')) {
    const { name } = derived;
    take(operation, name, name);
    const type = declaredColumnType(graph.schema, derived.type);
    if (!type)
      report(
        operation,
        name,
        `${derived.type} is neither a type of columns nor an enum of the graph`,
      );
    const expression = readExpression(derived.sql, base, expressions);
    if (expression.kind === 'REFUSED') {
      for (const reason of expression.reasons) report(operation, name, reason);
    }
    if (expression.kind === 'REFUSED' || !type) continue;
    expressions.set(name, expression);
    columns.push({ name, type, from: { kind: 'EXPRESSION', sql: expression.sql } });
    const isSensitive =
      derived.sensitive || [...expression.columns].some((column) => sensitive.has(column));
    const { description, oneWay, measure } = derived;
    if (derived.dimension) {
      const shown = { description: description ?? '', oneWay, sensitive: false };
      addDimension(operation, name, name, type, shown, isSensitive);
    }
    if (measure) addMeasure(operation, name, name, type, measure, isSensitive);
  }
  if (dimensions.length === 0) report(operation, null, 'the fact has no dimension');
  return { columns, dimensions, measures };

  function take(
    node: ReadColumn['node'] | OperationDefinitionNode,
    coordinate: string,
    name: string,
  ) {
    if (!isCamelCase(name))
      report(node, coordinate, `the column ${name} is not named in camelCase`);
    if (takenNames.has(name.toLowerCase()))
      report(node, coordinate, `a column cannot be called ${name}`);
    // DuckDB's names are the same in small and capital letters.
    else if (taken.has(name.toLowerCase()))
      report(node, coordinate, `two columns are called ${name}`);
    taken.add(name.toLowerCase());
  }

  function addDimension(
    node: ReadColumn['node'] | OperationDefinitionNode,
    coordinate: string,
    column: string,
    type: ColumnType,
    shown: Omit<ArgumentsOf<'dimension'>, 'name'>,
    isSensitive: boolean,
  ): void {
    if (!dimensionKinds.has(type.kind)) {
      report(node, coordinate, 'a dimension is an enum, a text, a whole number or true and false');
    }
    checkDescription(node, coordinate, shown.description);
    dimensions.push({
      column,
      description: shown.description,
      isSensitive: isSensitive || shown.sensitive,
      isOneWay: shown.oneWay,
    });
  }

  function addMeasure(
    node: ReadColumn['node'] | OperationDefinitionNode,
    coordinate: string,
    column: string,
    type: ColumnType,
    { description, unit, step, limits }: MeasureArguments,
    isSensitive: boolean,
  ): void {
    if (type.kind !== 'INTEGER' && type.kind !== 'NUMBER')
      report(node, coordinate, 'a measure is a number');
    if (!(step > 0)) report(node, coordinate, 'the step of a measure is more than 0');
    if (!isUpperSnake(unit)) report(node, coordinate, `the unit ${unit} is not UPPER_SNAKE`);
    checkDescription(node, coordinate, description);
    const names = limits.map(({ name }) => name);
    for (const name of names) {
      if (!isUpperSnake(name)) report(node, coordinate, `the limit ${name} is not UPPER_SNAKE`);
    }
    if (new Set(names).size < names.length) report(node, coordinate, 'two limits have one name');
    measures.push({
      ...{ column, description, unit, step, isSensitive },
      limits: Object.fromEntries(limits.map(({ name, value }) => [name, value])),
    });
  }

  function checkDescription(
    node: ReadColumn['node'] | OperationDefinitionNode,
    coordinate: string,
    text: string,
  ) {
    if (!/\(.+\)/u.test(text)) {
      report(
        node,
        coordinate,
        'what analysts see has a description in English with the Italian term in parentheses',
      );
    }
  }
}

function fromGraph(column: ReadColumn, deepest: number): FactColumn {
  const { name, type, path, lists, count } = column;
  const place = { ...pathStart(column.level, deepest), path, lists };
  return {
    name,
    type,
    from: count ? { kind: 'COUNT', ...place, only: count.only } : { kind: 'PATH', ...place },
  };
}
