import { buildSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { analysisNames } from './analysis-names.ts';
import { analysisSdl } from './analysis-sdl.ts';
import { readFact } from './read-fact.ts';
import { factText, testGraph } from './test-graph.fixture.ts';

const graph = testGraph();
const fact = readFact(
  factText({
    around: 'ref @unit flags(first: 1) { level @dimension(description: "Level (livello).") }',
  }),
  'stays.graphql',
  graph,
);
const sdl = analysisSdl([fact], graph, new Set(['District']));

/** What the rest of the coordination table's SDL brings. */
const surroundings = `
  directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
  directive @owner(partner: String!) repeatable on OBJECT | FIELD_DEFINITION
  directive @sensitive(category: String!) repeatable on OBJECT | FIELD_DEFINITION | ENUM
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  scalar DateTime
  enum District { PARMA FIDENZA }
  type Cell { display: String! }
  type Query { nothing: Int }
`;
const schema = buildSchema(surroundings + sdl);

it('gives each fact a field with its own filters, dimensions, cells and measures, by the names resolvers use', () => {
  const names = analysisNames(fact);
  const analysis = schema.getType('Analysis');
  if (!isObjectType(analysis)) throw new Error('no Analysis');
  const field = analysis.getFields()[names.field];
  expect(String(field?.type)).toBe(names.table);
  expect(field?.args.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
    `where: ${names.filter}`,
    `groupBy: [${names.dimensionEnum}!]!`,
    'period: AnalysisPeriod',
    'first: Int!',
  ]);
  const filter = schema.getType(names.filter);
  if (!isInputObjectType(filter)) throw new Error('no filter');
  const typesOf = (fields: object) =>
    Object.values(fields).map(
      ({ name, type }: { name: string; type: unknown }) => `${name}: ${String(type)}`,
    );
  expect(typesOf(filter.getFields())).toEqual(['level: Level', 'kind: Kind', 'district: District']);
  const dimension = schema.getType(names.dimensionEnum);
  if (!isEnumType(dimension)) throw new Error('no dimensions');
  expect(dimension.getValues().map(({ name }) => name)).toEqual(Object.keys(names.groupBy));
  expect(names.groupBy).toEqual({
    ...{ LEVEL: 'level', KIND: 'kind', DISTRICT: 'district' },
    ...{ YEAR: 'year', QUARTER: 'quarter', MONTH: 'month' },
  });
  const cell = schema.getType(names.cell);
  if (!isObjectType(cell)) throw new Error('no cell');
  expect(typesOf(cell.getFields())).toEqual([
    ...[
      'level: Level',
      'kind: Kind',
      'district: District',
      'year: Int',
      'quarter: Int',
      'month: Int',
    ],
    ...['people: Cell!', 'stays: Cell!', 'share: Cell!', 'compared: StaysComparison'],
    'nights: StaysNightsFigures!',
  ]);
});

it('writes enums nobody else defines as the graph has them, and none a second time', () => {
  expect(sdl).toContain('enum Level @sensitive(category: "HEALTH") {');
  expect(sdl).toContain('"CAS (CAS)."');
  expect(sdl).not.toContain('enum District');
});

it('names every institution whose data a fact reads, and marks what tells a special category', () => {
  expect(sdl).toMatch(
    /type StaysCell .*@owner\(partner: "health-authority"\) .*@owner\(partner: "reception-centres"\)/u,
  );
  expect(sdl).toMatch(/\n {2}level: Level @sensitive\(category: "HEALTH"\)/u);
  expect(sdl).not.toMatch(/\n {2}kind: Kind @sensitive/u);
});

it('offers no minimum, no maximum, no range and no expression', () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInputObjectType(type))) continue;
    for (const name of Object.keys(type.getFields())) {
      expect(name).not.toMatch(/^(?:min|max|from|to|in|not|gt|lt|sql|expression)$/iu);
    }
  }
});

it('has no time for a fact without a period, and no second count where each has one row', () => {
  const once = readFact(
    factText({ fact: 'name: "stays", description: "S (s).", unit: PERSON, eventName: "people"' }),
    'stays.graphql',
    graph,
  );
  const plain = analysisSdl([once], graph, new Set(['District']));
  expect(plain).not.toContain('StaysComparison');
  expect(plain).not.toMatch(/^ {4}period: AnalysisPeriod/mu);
  expect(plain.match(/^ {2}people: Cell!/gmu)).toHaveLength(1);
});
