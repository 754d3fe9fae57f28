import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  analysisTypeNames,
  createFactGraph,
  type Fact,
  FactError,
  type FactGraph,
  type FactProblem,
  readFact,
} from '@tavolo/facts';
import {
  coordinatesOf,
  type FieldDecision,
  readClientSchema,
  readDecisions,
  roleAccess,
} from '@tavolo/schema-check';
import { type DocumentNode, GraphQLError, isTypeDefinitionNode, parse } from 'graphql';
import { readSubgraphSdl } from './read-subgraph-sdl.ts';
import { factsFolder } from './supergraph-file.ts';
import { typesOfOthers } from './types-of-others.ts';

/** What a folder of further fact files gives: those that fit, and why the others were left out. */
export interface FurtherFacts {
  readonly facts: readonly Fact[];
  readonly problems: readonly FactProblem[];
}

/** Each fact is a table, a load and a share of the analysis' SDL. */
const mostFacts = 50;
const mostBytes = 32 * 1024;
/** The longest of ours has 1,009; every check is at the most quadratic in them. */
const mostTokens = 5_000;
const fileName = /^[a-z][a-z0-9-]{0,79}\.graphql$/u;

/**
 * Reads the fact files of a folder besides those of the hub, against the supergraph in force: a file that does not
 * fit is left out and named with its reason, the others work. No folder, or an empty one, is no further facts.
 */
export async function readFurtherFacts(
  folder: string,
  supergraphSdl: string,
): Promise<FurtherFacts> {
  const found = await filesOf(folder);
  if ('problem' in found) return { facts: [], problems: [found.problem] };
  const problems: FactProblem[] = found.files
    .slice(mostFacts)
    .map((file) => whole(file, `a folder holds up to ${mostFacts} facts: put it elsewhere`));
  const files = found.files.slice(0, mostFacts);
  if (files.length === 0) return { facts: [], problems };
  const judge = createJudge(supergraphSdl, await namesOfHubFacts());
  const facts: Fact[] = [];
  for (const file of files) {
    try {
      facts.push(judge(await readText(join(folder, file), file), file));
    } catch (cause) {
      if (!(cause instanceof FactError)) throw cause;
      problems.push(...cause.problems);
    }
  }
  return { facts, problems };
}

async function filesOf(
  folder: string,
): Promise<{ readonly files: readonly string[] } | { readonly problem: FactProblem }> {
  try {
    const all = await readdir(folder);
    return { files: all.filter((file) => file.endsWith('.graphql')).sort() };
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return { files: [] };
    return { problem: whole(basename(folder), `the folder cannot be read (${code}): correct it`) };
  }
}

async function readText(path: string, file: string): Promise<string> {
  try {
    if (!fileName.test(file)) throw refusal(file, 'a fact file is named in kebab-case: rename it');
    const { size } = await stat(path);
    if (size > mostBytes) throw refusal(file, `a fact file has up to ${mostBytes / 1024} KiB`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof FactError) throw cause;
    throw refusal(file, `the file cannot be read (${codeOf(cause)})`);
  }
}

/** Judges one file after the other; each that fits takes its names from those that follow. */
function createJudge(
  supergraphSdl: string,
  namesOfHub: ReadonlySet<string>,
): (text: string, file: string) => Fact {
  const schema = readClientSchema(supergraphSdl);
  const decisions = readDecisions(supergraphSdl);
  const decisionOf = new Map(decisions.map((decision) => [decision.coordinate, decision]));
  const graph = createFactGraph(supergraphSdl, schema, decisions);
  const takenFacts = new Set(namesOfHub);
  const takenTypes = new Set([...typesOfHub(), ...typesOfOthers(supergraphSdl)]);
  return (text, file) => {
    const document = readDocument(text, file);
    const fact = readOne(text, file, graph);
    const problems = [
      // DuckDB's names are the same in small and capital letters.
      ...(takenFacts.has(fact.name.toLowerCase())
        ? [whole(file, `another fact is called ${fact.name}: give it another name`)]
        : []),
      ...analysisTypeNames(fact)
        .filter((name) => takenTypes.has(name))
        .map((name) => whole(file, `the graph has another type ${name}: rename the fact`)),
      ...coordinatesOf(document, schema).flatMap((coordinate) =>
        refusedField(file, coordinate, decisionOf.get(coordinate)),
      ),
    ];
    if (problems.length > 0) throw new FactError(problems);
    takenFacts.add(fact.name.toLowerCase());
    for (const name of analysisTypeNames(fact)) takenTypes.add(name);
    return fact;
  };
}

/** Before anything else walks it: small enough, and one definition. */
function readDocument(text: string, file: string): DocumentNode {
  try {
    const document = parse(text, { maxTokens: mostTokens });
    if (document.definitions.length === 1) return document;
  } catch (cause) {
    if (!(cause instanceof GraphQLError) && !(cause instanceof RangeError)) throw cause;
    const said = cause instanceof GraphQLError ? cause.message : 'it is nested too deeply';
    const line = cause instanceof GraphQLError ? (cause.locations?.[0]?.line ?? null) : null;
    throw new FactError([{ file, line, coordinate: null, message: said }]);
  }
  throw refusal(file, 'a fact file is one query with a name, and nothing else');
}

function readOne(text: string, file: string, graph: FactGraph): Fact {
  try {
    return readFact(text, file, graph);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw refusal(file, 'it is nested too deeply');
  }
}

/** What nobody decided on, what nobody owns, and what the table's own program may not read. */
function refusedField(
  file: string,
  coordinate: string,
  decision: FieldDecision | undefined,
): FactProblem[] {
  const because = (message: string): FactProblem[] => [{ file, line: null, coordinate, message }];
  if (!decision?.isDecided) return because('nobody decided who may read it: its owner must');
  if (decision.owners.length === 0) return because('it has no owner: its subgraph must name one');
  return roleAccess('fact-loader', decision) === 'ALLOWED'
    ? []
    : because('the loading of facts may not read it: its owner decided on other roles or scopes');
}

/** Lower-case: a file's name is its fact's. */
async function namesOfHubFacts(): Promise<ReadonlySet<string>> {
  const files = (await readdir(factsFolder)).filter((file) => file.endsWith('.graphql'));
  return new Set(files.map((file) => basename(file, '.graphql').replaceAll('-', '').toLowerCase()));
}

/** Every type the table's own SDL defines, by hand or for the hub's facts. */
function typesOfHub(): readonly string[] {
  const { definitions } = parse(readSubgraphSdl('coordination-table'), { noLocation: true });
  return definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value);
}

function refusal(file: string, message: string): FactError {
  return new FactError([whole(file, message)]);
}

function whole(file: string, message: string): FactProblem {
  return { file, line: null, coordinate: null, message };
}

/** Only the system's word: a message would quote a path. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'unexpected failure';
}
