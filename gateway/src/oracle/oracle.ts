import { parse, validate } from 'graphql';
import {
  type OracleGraph,
  type OracleQuestion,
  type Outcome,
  type ServedGraph,
  serveGraph,
} from './check-case.ts';
import {
  type DrawnCase,
  type DrawnQuestion,
  type FaultPick,
  readQuestionSchema,
  renderGraph,
} from './drawn-case.ts';
import { callFaults, type Fault } from './faults.ts';
import type { StartFederation } from './federation.ts';
import type { KnownLimit } from './known-limit.ts';
import { renderQuestion, variablesOf } from './question.ts';
import type { Trace } from './subgraph-calls.ts';

/** A wrong answer, with all that is needed to see it again. */
export interface Finding {
  readonly graph: OracleGraph;
  readonly question: OracleQuestion;
  readonly outcome: Outcome;
  readonly problem: string;
  readonly plan: string;
}

export interface OracleCounts {
  /** Answers compared. */
  cases: number;
  /** Of them, those during which something was lost. */
  faulty: number;
  /** Of them, those that asked for what is computed from something computed. */
  chained: number;
  /** Of them, those that told what could not be had for no fault of anybody's. */
  unresolved: Readonly<Partial<Record<KnownLimit, number>>>;
  graphs: number;
  /** Cuts that do not compose. */
  discarded: number;
}

/** Compares a federation with the monolith, case by case. */
export interface Oracle {
  readonly counts: OracleCounts;
  /** The first of the case's answers that is wrong and `isNews`. */
  check(drawn: DrawnCase, isNews: (finding: Finding) => boolean): Promise<Finding | undefined>;
  stop(): Promise<void>;
}

export function createOracle(start: StartFederation): Oracle {
  const counts: OracleCounts = {
    cases: 0,
    faulty: 0,
    chained: 0,
    unresolved: {},
    graphs: 0,
    discarded: 0,
  };
  let last: { readonly text: string; readonly served: ServedGraph | undefined } | undefined;

  async function serve(graph: OracleGraph): Promise<ServedGraph | undefined> {
    const text = JSON.stringify(graph);
    if (last?.text === text) return last.served;
    await last?.served?.stop();
    last = undefined;
    counts.graphs += 1;
    let served: ServedGraph | undefined;
    try {
      served = await serveGraph(graph, start);
    } finally {
      // What the composer refuses by throwing composes no better.
      if (!served) counts.discarded += 1;
      last = { text, served };
    }
    return served;
  }

  function count({ trace, limit, isChained }: Outcome): void {
    counts.cases += 1;
    if (trace.lost.length > 0) counts.faulty += 1;
    if (isChained) counts.chained += 1;
    if (limit) {
      const before = counts.unresolved[limit] ?? 0;
      counts.unresolved = { ...counts.unresolved, [limit]: before + 1 };
    }
  }

  return {
    counts,
    async check(drawn, isNews) {
      const graph = renderGraph(drawn);
      const valid = validQuestions(graph, drawn.questions);
      const served = valid.length > 0 ? await serve(graph) : undefined;
      if (!served) return undefined;
      for (const { question, query, runs } of valid) {
        const asked = { query, variables: variablesOf(question) };
        const whole = await served.ask(asked);
        count(whole);
        const finding = (outcome: Outcome, faults: readonly Fault[]): Finding | undefined =>
          outcome.problem === undefined
            ? undefined
            : {
                graph,
                question: { ...asked, ...(faults.length > 0 ? { faults } : {}) },
                outcome,
                problem: outcome.problem,
                plan: served.planOf(query),
              };
        const found = finding(whole, []);
        // What was refused once is refused again, after as long a time.
        if (whole.limit === 'TOO_LONG_TO_PLAN') continue;
        if (found) {
          if (isNews(found)) return found;
          continue;
        }
        for (const run of runs) {
          const faults = tellable(run.flatMap((pick) => faultOf(pick, whole.trace) ?? []));
          if (faults.length === 0) continue;
          const outcome = await served.ask({ ...asked, faults });
          count(outcome);
          const foundFaulty = finding(outcome, faults);
          if (foundFaulty && isNews(foundFaulty)) return foundFaulty;
        }
      }
      return undefined;
    },
    async stop() {
      await last?.served?.stop();
    },
  };
}

/** What shrinking took from the graph, a question may still name. */
function validQuestions(graph: OracleGraph, questions: readonly DrawnQuestion[]) {
  try {
    const schema = readQuestionSchema(graph.uncut);
    return questions
      .filter(({ question }) => question.type === 'query' || schema.getMutationType())
      .map((each) => ({ ...each, query: renderQuestion(each.question) }))
      .filter(({ query }) => validate(schema, parse(query)).length === 0);
  } catch {
    // What is left is no schema.
    return [];
  }
}

/** A list cut short and made longer again is as long as it was: nobody can tell that its entries have moved. */
function tellable(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((fault, at) => {
    if (fault.kind !== 'short' && fault.kind !== 'long') return true;
    return !faults
      .slice(0, at)
      .some(
        (each) =>
          (each.kind === 'short' || each.kind === 'long') &&
          each.subgraph === fault.subgraph &&
          each.call === fault.call,
      );
  });
}

/** What the pick means in a run that went well; `undefined` where nothing of the kind can go wrong. */
function faultOf({ kind, number }: FaultPick, trace: Trace): Fault | undefined {
  const isOfCall = callFaults.some((each) => each === kind);
  if (isOfCall) {
    const chosen = trace.calls[number % trace.calls.length];
    if (!chosen) return undefined;
    const earlier = trace.calls.slice(0, trace.calls.indexOf(chosen));
    const call = earlier.filter((each) => each.subgraph === chosen.subgraph).length;
    return { kind, subgraph: chosen.subgraph, call } as Fault;
  }
  const isOfEntity = kind.startsWith('entity');
  const reads = trace.reads.filter(({ field }) =>
    isOfEntity ? field === '' : field !== '' && field !== '__typename',
  );
  const read = reads[number % reads.length];
  if (!read) return undefined;
  const { subgraph, identity, field } = read;
  // The kind says which of the two it is.
  return (isOfEntity ? { kind, subgraph, identity } : { kind, subgraph, identity, field }) as Fault;
}
