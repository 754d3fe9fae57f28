import { MAXIMUM_DIMENSIONS, quantilePercents } from '@tavolo/disclosure';
import type { ColumnType, Fact } from '@tavolo/facts';
import type { FigureFormula, IndicatorDefinition } from './definition.ts';
import { partsOf } from './definition.ts';

/**
 * What is wrong with a definition against the facts there are, each with the indicator and the field: a
 * formula that names what no fact has would otherwise fail on the day of the report.
 */
export function checkFormula(
  definition: IndicatorDefinition,
  facts: readonly Fact[],
): readonly string[] {
  const { id, formula } = definition;
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const problems = partsOf(formula).flatMap((part, index) => {
    if (part.kind === 'REGISTER') {
      return definition.period === 'YEAR' ? [] : ['period: the register is counted by year'];
    }
    const field = formula.kind === 'COMBINATION' ? (['first', 'second'][index] ?? '') : 'formula';
    const fact = byName.get(part.fact);
    if (fact === undefined) return [unknownFact(field, part.fact, byName)];
    return checkFigure(part, fact, definition.period).map((problem) => `${field}.${problem}`);
  });
  const municipalities = formula.kind === 'MUNICIPALITIES' ? formula.facts : [];
  for (const { fact: name, dimension } of municipalities) {
    const fact = byName.get(name);
    if (fact === undefined) problems.push(unknownFact('formula.facts', name, byName));
    else if (!fact.dimensions.some(({ column }) => column === dimension)) {
      problems.push(`formula.facts: fact ${name} has no dimension ${dimension}`);
    }
  }
  return problems.map((problem) => `${id}: ${problem}`);
}

function unknownFact(field: string, name: string, facts: ReadonlyMap<string, Fact>): string {
  return `${field}.fact: there is no fact ${name}; there are ${[...facts.keys()].join(', ')}`;
}

function checkFigure(part: FigureFormula, fact: Fact, period: 'YEAR' | 'ALL_TIME'): string[] {
  const { figure, where, areaDimension } = part;
  const used = new Set([
    ...Object.keys(where),
    ...(areaDimension === null ? [] : [areaDimension]),
    ...(figure.kind === 'SHARE' ? Object.keys(figure.of) : []),
  ]);
  const problems = [
    ...checkValues(fact, 'where', where),
    ...(areaDimension === null ? [] : checkDimension(fact, 'areaDimension', areaDimension)),
    ...(figure.kind === 'SHARE' ? checkValues(fact, 'figure.of', figure.of) : []),
    ...('measure' in figure ? checkMeasure(fact, figure) : []),
  ];
  if (period === 'YEAR' && fact.periodColumn === null) {
    problems.push(`fact: rows of ${fact.name} have no time, so the period must be ALL_TIME`);
  }
  const together = used.size + (period === 'YEAR' ? 1 : 0);
  if (together > MAXIMUM_DIMENSIONS) {
    problems.push(
      `where: ${together} dimensions count together (where, share, area and year), ${MAXIMUM_DIMENSIONS} may`,
    );
  }
  return problems;
}

function checkDimension(fact: Fact, field: string, name: string): string[] {
  return fact.dimensions.some(({ column }) => column === name)
    ? []
    : [`${field}: fact ${fact.name} has no dimension ${name}`];
}

function checkValues(
  fact: Fact,
  field: string,
  values: Readonly<Record<string, string | number | boolean | null>>,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const unknown = checkDimension(fact, field, name);
    if (unknown.length > 0) return unknown;
    const type = fact.columns.find((column) => column.name === name)?.type;
    return type === undefined || isOf(type, value)
      ? []
      : [`${field}.${name}: not one of its values`];
  });
}

function isOf(type: ColumnType, value: string | number | boolean | null): boolean {
  if (value === null) return true;
  if (type.kind === 'ENUM') return typeof value === 'string' && type.values.includes(value);
  if (type.kind === 'BOOLEAN') return typeof value === 'boolean';
  return type.kind === 'INTEGER' ? Number.isInteger(value) : typeof value === 'string';
}

type Measured = Extract<FigureFormula['figure'], { readonly measure: string }>;

function checkMeasure(fact: Fact, figure: Measured): string[] {
  const measure = fact.measures.find(({ column }) => column === figure.measure);
  if (measure === undefined) {
    return [`figure.measure: fact ${fact.name} has no measure ${figure.measure}`];
  }
  if (figure.kind === 'WITHIN' && !Object.hasOwn(measure.limits, figure.limit)) {
    return [`figure.limit: ${figure.measure} has no limit ${figure.limit}`];
  }
  if (figure.kind === 'QUANTILE' && !quantilePercents.some((each) => each === figure.percent)) {
    return [`figure.percent: must be one of ${quantilePercents.join(', ')}`];
  }
  return [];
}
