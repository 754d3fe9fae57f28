import { buildSchema, type DocumentNode, parse, validate } from 'graphql';
import { compareDamaged, compareWhole } from './compare.ts';
import { composeCut } from './compose-cut.ts';
import type { Fault } from './faults.ts';
import type { FederatedAnswer, Federation, StartFederation } from './federation.ts';
import { chainedPaths, type KnownLimit, knownLimit, limitOfRefusal } from './known-limit.ts';
import { answerByMonolith, type MonolithAnswer } from './monolith.ts';
import { readFacts } from './read-facts.ts';
import { createSubgraph, takenCoordinates } from './subgraph.ts';
import { createSubgraphCalls, type SubgraphCalls, type Trace } from './subgraph-calls.ts';
import { createWorld, type World } from './world.ts';

/** A schema, its cut and the seed of all values. */
export interface OracleGraph {
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly uncut: string;
  readonly seed: number;
}

/** One question to an {@link OracleGraph}, and what goes wrong meanwhile. */
export interface OracleQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly faults?: readonly Fault[];
}

/** What came of one question. */
export interface Outcome {
  /** What is wrong with the answer; `undefined` for nothing. */
  readonly problem: string | undefined;
  /** What could not be had for no fault of anybody's, and is told. */
  readonly limit: KnownLimit | undefined;
  /** Whether something asked is computed from what is computed itself. */
  readonly isChained: boolean;
  readonly expected: MonolithAnswer;
  readonly got: FederatedAnswer;
  readonly trace: Trace;
}

/** A graph that is served twice: whole by graphql-js, and cut by a federation. */
export interface ServedGraph {
  readonly world: World;
  ask(question: OracleQuestion): Promise<Outcome>;
  planOf(query: string): string;
  stop(): Promise<void>;
}

/** `undefined` for a cut that does not compose. */
export async function serveGraph(
  graph: OracleGraph,
  start: StartFederation,
): Promise<ServedGraph | undefined> {
  const { supergraph } = composeCut(graph.subgraphs);
  if (supergraph === undefined) return undefined;
  const world = createWorld(buildSchema(graph.uncut), graph.subgraphs, graph.seed);
  const facts = Object.values(graph.subgraphs).map(readFacts);
  const calls = createSubgraphCalls(
    Object.entries(graph.subgraphs).map(([name, sdl]) =>
      createSubgraph(name, sdl, world, takenCoordinates(facts, name)),
    ),
  );
  const federation = await start(supergraph, calls.subgraphs);
  return {
    world,
    ask: (question) => ask(world, calls, federation, question),
    planOf: (query) => federation.planOf(query),
    stop: () => federation.stop(),
  };
}

async function ask(
  world: World,
  calls: SubgraphCalls,
  federation: Federation,
  question: OracleQuestion,
): Promise<Outcome> {
  const { query, variables = {}, faults = [] } = question;
  const document: DocumentNode = parse(query);
  const [invalid] = validate(world.schema, document);
  if (invalid) throw new Error(`the question is not valid: ${invalid.message}`);
  const expected = await answerByMonolith(world, document, variables);
  const trace = calls.begin(faults);
  let got: FederatedAnswer;
  try {
    got = await federation.answer({ query, document, variables });
  } catch (error) {
    const problem = `it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    const limit = limitOfRefusal(error, trace);
    const nothing = { data: undefined, errors: [] };
    return {
      problem: limit ? undefined : problem,
      limit,
      isChained: false,
      expected,
      got: nothing,
      trace,
    };
  }
  const problem = problemOf(world, expected, got, trace);
  const chained = chainedPaths(world, expected);
  const isExcusable = problem !== undefined && isGood(expected, trace);
  const limit = isExcusable ? knownLimit(world, expected, got, trace.lost, chained) : undefined;
  return {
    problem: limit ? undefined : problem,
    limit,
    isChained: chained.length > 0,
    expected,
    got,
    trace,
  };
}

/** Whether the question could be answered whole, and nobody was asked for what they cannot know. */
function isGood(expected: MonolithAnswer, { violations, lost, failed, effects }: Trace): boolean {
  if (expected.errors.length > 0) return false;
  const isUnharmed = lost.length === 0 && failed.length === 0;
  return !isUnharmed || (violations.length === 0 && String(expected.effects) === String(effects));
}

function problemOf(
  world: World,
  expected: MonolithAnswer,
  got: FederatedAnswer,
  trace: Trace,
): string | undefined {
  if (expected.errors.length > 0) return `the question is not good: ${expected.errors.join(', ')}`;
  const [violation] = trace.violations;
  if (trace.lost.length > 0 || trace.failed.length > 0) {
    // A subgraph that gave a wrong key is asked with it.
    return compareDamaged(world, expected, got, trace.lost);
  }
  const problem = compareWhole(expected, got);
  if (violation)
    return `${violation.subgraph} was ${violation.message}${problem ? `; ${problem}` : ''}`;
  if (problem === undefined && String(expected.effects) !== String(trace.effects))
    return 'mutations in another order';
  return problem;
}
