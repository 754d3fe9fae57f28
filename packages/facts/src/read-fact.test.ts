import { createHash } from 'node:crypto';
import { stripIgnoredCharacters } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FactError } from './fact-error.ts';
import { factDocumentHash, readFact } from './read-fact.ts';
import { type FactText, factText, goodFact, goodRows, testGraph } from './test-graph.fixture.ts';

const graph = testGraph();
const read = (parts: FactText = {}) => readFact(factText(parts), 'stays.graphql', graph);

function problemsOf(text: string, file = 'stays.graphql'): FactError['problems'] {
  try {
    readFact(text, file, graph);
  } catch (error) {
    if (error instanceof FactError) return error.problems;
    throw error;
  }
  return [];
}

describe('a fact file that fits', () => {
  it('says where rows, the person and each column lie, with types and values from the graph', () => {
    const fact = read();
    expect(fact).toMatchObject({
      name: 'stays',
      unit: 'PERSON',
      pagePath: ['people', 'nodes'],
      pageInfoPath: ['people', 'pageInfo'],
      rowPath: ['stays'],
      unitPath: { each: 'PAGE_NODE', path: ['ref'] },
      periodColumn: 'entryOn',
      isSensitive: false,
      owners: ['person-index', 'reception-centres'],
      categories: [],
    });
    expect(fact.columns.map(({ name, type }) => [name, type])).toEqual([
      ['entryOn', { kind: 'DATE' }],
      ['exitOn', { kind: 'DATE' }],
      ['kind', { kind: 'ENUM', graphqlType: 'Kind', values: ['CAS', 'SAI'] }],
      ['nights', { kind: 'INTEGER' }],
      ['district', { kind: 'ENUM', graphqlType: 'District', values: ['PARMA', 'FIDENZA'] }],
    ]);
    expect(fact.measures[0]).toMatchObject({ unit: 'NIGHTS', limits: { WITHIN_7: 7 } });
  });

  it('is sent without its own directives, by the hash the hub gives documents', () => {
    const { document, documentHash, operationName } = read();
    expect(document).not.toContain('@');
    expect(operationName).toBe('FactStays');
    expect(documentHash).toBe(
      createHash('sha256').update(stripIgnoredCharacters(document)).digest('hex'),
    );
    expect(factDocumentHash(`# A comment.\n${document}`)).toBe(documentHash);
  });

  it('has expressions over columns only: names in quotes, other expressions in their place', () => {
    const { columns, dimensions } = read({
      derived: `
        @derived(name: "days", type: "INTEGER", sql: "date_diff('day', entryOn, exitOn)")
        @derived(name: "isLong", type: "BOOLEAN", sql: "days > 90", dimension: true, description: "Long (lunga).")`,
    });
    expect(columns.at(-1)?.from).toEqual({
      kind: 'EXPRESSION',
      sql: `(date_diff('day', "entryOn", "exitOn")) > 90`,
    });
    expect(dimensions.at(-1)).toMatchObject({ column: 'isLong', isSensitive: false });
  });

  it('is sensitive wherever the graph says so, and in whatever is computed from it', () => {
    const { dimensions, categories } = read({
      around: 'ref @unit flags(first: 5) @count(name: "flags") { level }',
      derived:
        '@derived(name: "isFlagged", type: "BOOLEAN", sql: "coalesce(flags, 0) > 0", dimension: true, description: "Flagged (segnalato).")',
    });
    expect(dimensions.find(({ column }) => column === 'isFlagged')?.isSensitive).toBe(true);
    expect(dimensions.find(({ column }) => column === 'kind')?.isSensitive).toBe(false);
    expect(categories).toEqual(['HEALTH']);
    const rows = `query F($first: Int!, $after: String) @fact(name: "flags", description: "Flags (segnalazioni).", unit: PERSON, eventName: "flags") {
      people(first: $first, after: $after) {
        nodes @page { ref @unit flags(first: 5) @rows { level @dimension(description: "Level (livello).") } }
        pageInfo { hasNextPage endCursor } } }`;
    expect(readFact(rows, 'flags.graphql', graph)).toMatchObject({ isSensitive: true });
  });
});

describe('a fact file that does not fit is refused with its place', () => {
  const other = 'kind @dimension(description: "Kind (tipologia).")';
  it.each<[string, string, { line?: number; coordinate?: string | null; message: RegExp }]>([
    ['no GraphQL', 'query {{', { line: 1, message: /Syntax Error/u }],
    [
      'a field the graph does not have',
      factText({ rows: `${goodRows} colour @column` }),
      { line: 10, coordinate: 'Stay.colour', message: /Cannot query field "colour"/u },
    ],
    [
      'an argument the graph does not have',
      factText().replace('stays(first: 20)', 'stays(size: 20)'),
      { coordinate: 'Person.stays', message: /Unknown argument "size"/u },
    ],
    [
      'two operations',
      `${factText()} query B { people { nodes { ref } } }`,
      { message: /one query/u },
    ],
    [
      'another file name',
      factText({ fact: goodFact.replace('"stays"', '"sojourns"') }),
      { message: /sojourns\.graphql/u },
    ],
    ['no person', factText({ around: '' }), { message: /@unit/u }],
    [
      'the wrong unit',
      factText({ fact: goodFact.replace('PERSON', 'HOUSEHOLD') }),
      { coordinate: 'Person.ref', message: /Household\.ref/u },
    ],
    [
      'a field that nothing uses',
      factText({ rows: `${goodRows} other: exitOn` }),
      { coordinate: 'Stay.exitOn', message: /no column or count uses it/u },
    ],
    ['no page', factText().replace('@page', ''), { message: /@page/u }],
    ['no pageInfo', factText({ connection: '' }), { message: /pageInfo/u }],
    [
      'a page without its cursor',
      factText().replace(', after: $after', ''),
      { message: /after: \$after|never used/u },
    ],
    [
      'a list that is neither rows, counted nor first',
      factText({ rows: `${goodRows} services(first: 3) { hours @column }` }),
      { coordinate: 'Stay.services', message: /@rows, @count, @first/u },
    ],
    [
      'an interface or a union',
      factText({ around: 'ref @unit any { __typename }' }),
      { coordinate: 'Person.any', message: /union/u },
    ],
    [
      'a dimension that is a day',
      factText({ rows: `${other} entryOn @dimension(description: "Day (giorno).")` }),
      { coordinate: 'Stay.entryOn', message: /a dimension is/u },
    ],
    [
      'a measure that is a word',
      factText({ rows: `${goodRows} m: kind @measure(description: "M (m).", unit: "M", step: 1)` }),
      { coordinate: 'Stay.kind', message: /a measure is a number/u },
    ],
    [
      'a description without Italian',
      factText({ rows: `entryOn @column kind @dimension(description: "Kind.")` }),
      { coordinate: 'Stay.kind', message: /Italian/u },
    ],
    [
      'two columns of one name',
      factText({ rows: `${goodRows} Kind: nights @column(name: "KIND")` }),
      { message: /camelCase/u },
    ],
    [
      'a column called as something else',
      factText({ rows: `${goodRows} other: nights @column(name: "year")` }),
      { message: /cannot be called year/u },
    ],
    [
      'a period that is no day',
      factText({ fact: goodFact.replace('"entryOn"', '"nights"') }),
      { coordinate: 'nights', message: /period/u },
    ],
    [
      '@only of what is not asked for',
      factText({
        around: 'ref @unit flags @count(name: "flags") @only(field: "level", is: "X") { at }',
      }),
      { coordinate: 'Person.flags', message: /@only/u },
    ],
    ['no dimension', factText({ rows: 'entryOn @column' }), { message: /no dimension/u }],
  ])('%s', (_what, text, { line, coordinate, message }) => {
    const problems = problemsOf(text);
    const found = problems.find((problem) => message.test(problem.message));
    expect(problems.map((problem) => problem.message)).toContainEqual(
      expect.stringMatching(message),
    );
    expect(found?.file).toBe('stays.graphql');
    if (line !== undefined) expect(found?.line).toBe(line);
    if (coordinate !== undefined) expect(found?.coordinate).toBe(coordinate);
  });

  it.each([
    ["read_csv('/etc/passwd')"],
    ['(select 1)'],
    ['nights; drop table x'],
    ['nights -- nights'],
    ['nights /* nights */'],
    ['"nights"'],
    ['getenv(kind)'],
    ['(nights'],
    ['nights)'],
    ['unknown + 1'],
    [''],
  ])('an expression that does more than compute: %s', (sql) => {
    const derived = `@derived(name: "x", type: "INTEGER", sql: ${JSON.stringify(sql)})`;
    const [problem] = problemsOf(factText({ derived }));
    expect(problem?.coordinate).toBe('x');
    expect(problem?.message).toMatch(/expression/u);
  });

  it('names every problem at once, each with its line', () => {
    const text = factText({ rows: `${goodRows} colour size` });
    const error = new FactError(problemsOf(text));
    expect(error.message).toMatch(
      /stays\.graphql:\d+: Stay\.colour: .*\n(?:.*\n)*stays\.graphql:\d+: Stay\.size: /u,
    );
  });
});
