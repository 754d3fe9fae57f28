import { isEnumType } from 'graphql';
import { analysisNames } from './analysis-names.ts';
import type { ColumnType, Fact, FactDimension, FactMeasure } from './fact.ts';
import type { FactGraph } from './fact-graph.ts';
import { described, ownedBy, tells } from './sdl-text.ts';
import { sharedAnalysisSdl } from './shared-analysis-sdl.ts';

const scope = '@requiresScopes(scopes: [["analysis:read"]])';

/** The analysis before any fact, for the graph that facts are read against: other parts speak of its shared types. */
export const analysisWithoutFactsSdl = `${sharedAnalysisSdl}
"Protected figures (analisi protetta)."
type Analysis ${scope} @owner(partner: "hub") {
  "Nothing yet (niente ancora)."
  nothing: Boolean
}
`;

/**
 * The typed API over these facts, part of the coordination table's SDL. Enums that no other part defines
 * (`definedElsewhere`) are written into it as the graph has them.
 */
export function analysisSdl(
  facts: readonly Fact[],
  graph: FactGraph,
  definedElsewhere: ReadonlySet<string>,
): string {
  return [
    '# Written by "npm run generate" from schemas/facts/*.graphql; never edited.\n',
    sharedAnalysisSdl,
    ...missingEnums(facts, graph, definedElsewhere),
    analysisType(facts),
    ...facts.map(factSdl),
  ].join('\n');
}

/** What facts read at run time add to that: `''` for none, so that a table without them serves what is committed. */
export function furtherAnalysisSdl(
  facts: readonly Fact[],
  graph: FactGraph,
  definedElsewhere: ReadonlySet<string>,
): string {
  if (facts.length === 0) return '';
  return [
    ...missingEnums(facts, graph, definedElsewhere),
    `extend type Analysis {\n${facts.map(factField).join('')}}\n`,
    ...facts.map(factSdl),
  ].join('\n');
}

function missingEnums(
  facts: readonly Fact[],
  graph: FactGraph,
  definedElsewhere: ReadonlySet<string>,
): string[] {
  const enums = [...new Set(facts.flatMap(enumsOf))].sort();
  return enums.filter((name) => !definedElsewhere.has(name)).map((name) => enumSdl(name, graph));
}

function enumsOf(fact: Fact): string[] {
  return fact.dimensions.flatMap((dimension) => {
    const type = typeOf(fact, dimension);
    return type.kind === 'ENUM' ? [type.graphqlType] : [];
  });
}

function enumSdl(name: string, { schema, enumCategories }: FactGraph): string {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`The graph has no enum ${name}`);
  const values = type
    .getValues()
    .map((value) => `${described(value.description ?? '', '  ')}  ${value.name}\n`);
  const categories = tells(enumCategories.get(name) ?? []);
  return `${described(type.description ?? '')}enum ${name}${categories} {\n${values.join('')}}\n`;
}

function analysisType(facts: readonly Fact[]): string {
  return `${described('Protected figures over everything the institutions share, one field a fact (analisi protetta): only counts, shares, means and percentiles of enough people ever leave it.')}type Analysis ${scope} @owner(partner: "hub") {
${facts.map(factField).join('')}}
`;
}

function factField(fact: Fact): string {
  const names = analysisNames(fact);
  const period =
    fact.periodColumn === null
      ? ''
      : `    "Only rows of this year, quarter or month (periodo)."\n    period: AnalysisPeriod\n`;
  return `${described(fact.description, '  ')}  ${names.field}(
    "Only rows with these values (filtri)."
    where: ${names.filter}
    "A figure for each value of these; with the filters and the period three dimensions at the most (raggruppamento)."
    groupBy: [${names.dimensionEnum}!]! = []
${period}    "How many cells at the most, up to 1,000, in the order of their values; the total is of all (numero massimo)."
    first: Int! = 200
  ): ${names.table}
    @cost(weight: 50)
    @listSize(assumedSize: 200, slicingArguments: ["first"], sizedFields: ["cells"], requireOneSlicingArgument: false)
    ${ownedBy(fact.owners)}
`;
}

function factSdl(fact: Fact): string {
  const names = analysisNames(fact);
  const type = `${scope} ${ownedBy(fact.owners)}`;
  const figures = [
    ...countFields(fact),
    `${described('Of these, the share who also have a row with these values, 0 to 1 (quota).', '  ')}  share("Values of the rows counted (valori)." of: ${names.filter}!): Cell!\n`,
  ];
  const levels = fact.periodColumn === null ? [] : timeFields;
  const compared =
    fact.periodColumn === null
      ? ''
      : `${described('The same cell in another period, and how much it changed; null without a period to compare with (confronto).', '  ')}  compared("The other period, of the same length (altro periodo)." period: AnalysisPeriod!): ${names.comparison}\n`;
  return [
    `${described(`Values that rows of ${fact.name} have; of each dimension one, and null for not known (filtri).`)}input ${names.filter} {\n${fact.dimensions.map((dimension) => `${described(dimension.description, '  ')}  ${dimension.column}: ${graphqlType(typeOf(fact, dimension))}\n`).join('')}}\n`,
    `${described(`What figures of ${fact.name} can be grouped by (dimensioni).`)}enum ${names.dimensionEnum} {\n${Object.entries(
      names.groupBy,
    )
      .map(([value, name]) => `${described(descriptionOf(fact, name), '  ')}  ${value}\n`)
      .join('')}}\n`,
    `${described(`Figures of ${fact.name} (tabella).`)}type ${names.table} ${type} {\n${described('One for each combination of values that has any row (celle).', '  ')}  cells: [${names.cell}!]!\n${described('Over all cells together, protected in its own right: not their sum (totale).', '  ')}  total: ${names.cell}!\n${described('How fresh the data are and where they came from (stato dei dati).', '  ')}  state: FactFreshness!\n${described('How the figures are protected (nota metodologica).', '  ')}  disclosure: DisclosureNote!\n}\n`,
    `${described(`Figures of ${fact.name} for one combination of values (cella).`)}type ${names.cell} ${type} {\n${fact.dimensions.map((dimension) => `${described(dimension.description, '  ')}  ${dimension.column}: ${graphqlType(typeOf(fact, dimension))}${tells(categoriesOf(fact, dimension))}\n`).join('')}${levels.join('')}${figures.join('')}${compared}${fact.measures.map((measure) => `${described(measure.description, '  ')}  ${measure.column}: ${names.measures[measure.column]?.figures ?? ''}!\n`).join('')}}\n`,
    ...(fact.periodColumn === null ? [] : [comparisonSdl(fact, type)]),
    ...fact.measures.map((measure) => measureSdl(fact, measure, type)),
  ].join('\n');
}

const timeFields = [
  `${described('Year, when grouped by it (anno).', '  ')}  year: Int\n`,
  `${described('Quarter 1 to 4, when grouped by it (trimestre).', '  ')}  quarter: Int\n`,
  `${described('Month 1 to 12, when grouped by it (mese).', '  ')}  month: Int\n`,
];

function countFields(fact: Fact): string[] {
  const { contributors, events } = analysisNames(fact);
  const who = contributors === 'people' ? 'people (persone)' : 'households (nuclei)';
  return [
    `${described(`How many ${who}.`, '  ')}  ${contributors}: Cell!\n`,
    ...(events === null
      ? []
      : [
          `${described(`How many events, not ${contributors}: ${fact.description.replace(/\.$/u, '')}.`, '  ')}  ${events}: Cell!\n`,
        ]),
  ];
}

function comparisonSdl(fact: Fact, type: string): string {
  const { comparison, contributors, events } = analysisNames(fact);
  const difference = (name: string) =>
    `${described(`${name} of the cell less those of the other period, of the two published figures (differenza).`, '  ')}  ${name}Difference: Cell!\n`;
  return `${described(`A cell of ${fact.name} in another period (confronto di periodi).`)}type ${comparison} ${type} {\n${countFields(fact).join('')}${difference(contributors)}${events === null ? '' : difference(events)}}\n`;
}

function measureSdl(
  fact: Fact,
  { column, description, unit, step, limits }: FactMeasure,
  type: string,
): string {
  const names = analysisNames(fact).measures[column];
  if (!names) throw new Error(`${fact.name} has no names for ${column}`);
  const { figures, limitEnum } = names;
  const rounded = `in ${unit}, rounded to ${step}`;
  const within =
    limitEnum === null
      ? ''
      : `${described('Of those who have a value, the share within the limit, 0 to 1 (quota entro la soglia).', '  ')}  within("The limit (soglia)." limit: ${limitEnum}!): Cell!\n`;
  const values = Object.entries(limits).map(
    ([name, value]) => `${described(`Up to ${value} ${unit} (fino a ${value}).`, '  ')}  ${name}\n`,
  );
  return [
    `${described(description)}type ${figures} ${type} {\n${described(`Mean, ${rounded} (media).`, '  ')}  mean: Cell!\n${described(`Median, ${rounded} (mediana).`, '  ')}  median: Cell!\n${described(`A percentile, ${rounded} (percentile).`, '  ')}  percentile("Which (quale)." percent: AnalysisPercentile!): Cell!\n${within}}\n`,
    ...(limitEnum === null
      ? []
      : [
          `${described(`Limits for ${column} (soglie).`)}enum ${limitEnum} {\n${values.join('')}}\n`,
        ]),
  ].join('\n');
}

function descriptionOf(fact: Fact, name: string): string {
  const dimension = fact.dimensions.find(({ column }) => column === name);
  if (dimension) return dimension.description;
  return (
    { year: 'Year (anno).', quarter: 'Quarter (trimestre).', month: 'Month (mese).' }[name] ?? name
  );
}

function typeOf(fact: Fact, { column }: FactDimension): ColumnType {
  const found = fact.columns.find(({ name }) => name === column);
  if (!found) throw new Error(`${fact.name} has no column ${column}`);
  return found.type;
}

function categoriesOf(fact: Fact, dimension: FactDimension): readonly string[] {
  return dimension.isSensitive ? fact.categories : [];
}

function graphqlType(type: ColumnType): string {
  switch (type.kind) {
    case 'ENUM':
      return type.graphqlType;
    case 'BOOLEAN':
      return 'Boolean';
    case 'INTEGER':
      return 'Int';
    case 'NUMBER':
      return 'Float';
    default:
      return 'String';
  }
}
