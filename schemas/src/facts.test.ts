import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  analysisSdl,
  type ColumnType,
  type Fact,
  FactError,
  readFacts as readFactFiles,
} from '@tavolo/facts';
import { readDecisions } from '@tavolo/schema-check';
import { parse } from 'graphql';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { composeSupergraph } from './compose-supergraph.ts';
import { factDocuments, factGraphOf, readFacts } from './read-facts.ts';
import { readSubgraphSdl, subgraphNames } from './read-subgraph-sdl.ts';
import { analysisFile, factsFolder, supergraphFile } from './supergraph-file.ts';
import { documentHash } from './trusted-documents.ts';

let facts: readonly Fact[];
beforeAll(async () => {
  facts = await readFacts();
});

/** The facts' folder with one more file in it. */
async function folderWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'facts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(factsFolder, folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return folder;
}

describe('the facts of the hub', () => {
  it('cover what the table asks for, each by the hash of its trusted document', () => {
    expect(facts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['stays', 'immediateReceptions', 'asylumSteps', 'healthEvents', 'vulnerabilityFlags'],
        ...['deskContacts', 'cases', 'casePlans', 'interventions', 'referrals', 'tutorMatches'],
        'people',
      ]),
    );
    expect(factDocuments(facts).map(({ text }) => documentHash(text))).toEqual(
      facts.map((fact) => fact.documentHash),
    );
  });

  it('take municipality as a dimension only by itself', () => {
    const oneWay = facts.flatMap(({ dimensions }) =>
      dimensions.filter(({ column }) => column === 'municipality'),
    );
    expect(oneWay.length).toBeGreaterThan(3);
    expect(oneWay.every(({ isOneWay }) => isOneWay)).toBe(true);
  });

  it('compute what they say they compute, in DuckDB', async () => {
    const database = await DuckDBInstance.create(':memory:');
    const connection = await database.connect();
    for (const fact of facts) {
      const held = fact.columns.filter(({ from }) => from.kind !== 'EXPRESSION');
      const columns = held.map(({ name, type }) => `"${name}" ${sqlType(type)}`).join(', ');
      await connection.run(`CREATE TABLE "${fact.name}" (${columns})`);
      for (const { name, type, from } of fact.columns) {
        if (from.kind !== 'EXPRESSION') continue;
        const answer = await connection.runAndReadAll(
          `SELECT typeof(${from.sql}) FROM (SELECT 1) LEFT JOIN "${fact.name}" ON true`,
        );
        const found = String(answer.getRows()[0]?.[0]).replace('BIGINT', 'INTEGER');
        expect([fact.name, name, found]).toEqual([fact.name, name, sqlType(type)]);
      }
    }
    connection.closeSync();
    database.closeSync();
  });

  it('count a delay in working days: over a weekend none, and five a week', async () => {
    const delay = facts
      .find(({ name }) => name === 'asylumSteps')
      ?.columns.find(({ name }) => name === 'registrationDelay')?.from;
    const database = await DuckDBInstance.create(':memory:');
    const connection = await database.connect();
    const days = [
      ['2026-11-20', '2026-11-20', 0],
      ['2026-11-20', '2026-11-19', 0],
      ['2026-11-20', '2026-11-22', 0],
      ['2026-11-20', '2026-11-23', 1],
      ['2026-11-18', '2026-11-27', 7],
      ['2026-11-16', '2026-12-14', 20],
    ] as const;
    for (const [due, registered, late] of days) {
      const answer = await connection.runAndReadAll(
        `SELECT ${delay?.kind === 'EXPRESSION' ? delay.sql : ''} FROM
          (SELECT DATE '${due}' AS "dueOn", DATE '${registered}' AS "registeredOn")`,
      );
      expect([due, registered, Number(answer.getRows()[0]?.[0])]).toEqual([due, registered, late]);
    }
    connection.closeSync();
    database.closeSync();
  });
});

describe('a partner brings new data', () => {
  const text = `# Public-utility work, by kind. Attività di pubblica utilità, per tipo.
query FactPublicUtility($first: Int! = 100, $after: String)
@fact(name: "publicUtility", description: "Public-utility work (attività di pubblica utilità).",
  unit: PERSON, eventName: "activities", period: "begunOn")
@derived(name: "isOpen", type: "BOOLEAN", sql: "endedOn is null", dimension: true,
  description: "Whether it goes on (in corso).") {
  people(first: $first, after: $after) {
    nodes @page {
      ref @unit
      publicUtilityActivities(first: 50) @rows {
        kind @dimension(description: "Kind of work (attività).")
        from @column(name: "begunOn")
        to @column(name: "endedOn")
        weeklyHours @measure(description: "Hours a week (ore settimanali).", unit: "HOURS", step: 1)
        organisation { municipality { district @dimension(description: "District (distretto).") } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

  it('a file more, and they are part of the analysis and of the composed graph', async () => {
    const graph = factGraphOf(await readFile(supergraphFile, 'utf8'));
    const folder = await folderWith('public-utility.graphql', text);
    const withNew = await readFactFiles(folder, graph);
    const added = withNew.find(({ name }) => name === 'publicUtility');
    expect(added).toMatchObject({
      owners: ['person-index', 'volunteer-registry'],
      isSensitive: false,
    });
    const table = readSubgraphSdl('coordination-table', 'analysis.graphql');
    const known = new Set([...table.matchAll(/^enum (\w+)/gmu)].map(([, name]) => name ?? ''));
    const sdl = analysisSdl(withNew, graph, known);
    expect(sdl).toMatch(/^enum PublicUtilityKind \{/mu);
    expect(() => parse(sdl)).not.toThrow();
    const composed = composeSupergraph(
      subgraphNames.map((name) => ({
        name,
        sdl: name === 'coordination-table' ? `${table}\n${sdl}` : readSubgraphSdl(name),
      })),
    );
    if (composed.kind === 'refused')
      throw new Error(composed.findings.map(({ cause }) => cause.en).join('\n'));
    expect(
      readDecisions(composed.supergraphSdl).filter(
        ({ isDecided, owners }) => !isDecided || owners.length === 0,
      ),
    ).toEqual([]);
    const cell = /type PublicUtilityCell[\s\S]*?\n\}/u.exec(composed.supergraphSdl)?.[0];
    for (const field of ['kind: PublicUtilityKind', 'district: District', 'people: Cell!']) {
      expect(cell).toContain(field);
    }
    expect(cell).toMatch(/owner\(partner: "volunteer-registry"\)/u);
  });

  it('a file that does not fit the graph is refused with its place, and so is the whole folder', async () => {
    const graph = factGraphOf(await readFile(supergraphFile, 'utf8'));
    const folder = await folderWith(
      'public-utility.graphql',
      text.replace('weeklyHours', 'monthlyHours'),
    );
    await expect(readFactFiles(folder, graph)).rejects.toThrow(
      /^public-utility\.graphql:14: PublicUtilityActivity\.monthlyHours: Cannot query field/u,
    );
    await expect(readFactFiles(folder, graph)).rejects.toBeInstanceOf(FactError);
  });
});

it('the analysis on disk is what the facts say', async () => {
  const sdl = await readFile(analysisFile, 'utf8');
  for (const { name } of facts) expect(sdl).toContain(`  ${name}(\n`);
});

function sqlType(type: ColumnType): string {
  const ofKind = {
    ...{ ENUM: 'VARCHAR', TEXT: 'VARCHAR', BOOLEAN: 'BOOLEAN', INTEGER: 'INTEGER' },
    ...{ NUMBER: 'DOUBLE', DATE: 'DATE', MOMENT: 'TIMESTAMP' },
  };
  return ofKind[type.kind];
}
