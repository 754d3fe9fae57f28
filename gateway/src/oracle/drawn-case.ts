import { pruneSchema } from '@graphql-tools/utils';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { OracleGraph } from './check-case.ts';
import type { Draw } from './draw.ts';
import { drawGraph } from './draw-graph.ts';
import { drawQuestion } from './draw-question.ts';
import { type FaultKind, faultKinds } from './faults.ts';
import type { Graph } from './graph.ts';
import type { Question } from './question.ts';
import { renderSubgraph } from './render-subgraph.ts';
import { renderUncut } from './render-uncut.ts';

/** A graph and what is asked of it. */
export interface DrawnCase {
  readonly graph: Graph;
  readonly seed: number;
  readonly questions: readonly DrawnQuestion[];
}

export interface DrawnQuestion {
  readonly question: Question;
  /** Each is one more run of the question, with these going wrong. */
  readonly runs: readonly (readonly FaultPick[])[];
}

/** Which of the things that can go wrong in this way: the number counts them in the run without faults. */
export interface FaultPick {
  readonly kind: FaultKind;
  readonly number: number;
}

/** How much is drawn for one graph. */
export interface CaseSize {
  readonly questions: number;
  readonly faultyRuns: number;
}

export function drawCase(draw: Draw, size: CaseSize): DrawnCase {
  const graph = drawGraph(draw);
  const schema = readQuestionSchema(renderUncut(graph));
  const questions = Array.from({ length: size.questions }, () => ({
    question: drawQuestion(draw, schema),
    runs: Array.from({ length: size.faultyRuns }, () =>
      Array.from({ length: draw.chance(0.2) ? 2 : 1 }, () => ({
        kind: draw.pick(faultKinds),
        number: draw.below(1_000),
      })),
    ),
  }));
  return { graph, seed: draw.below(1_000_000), questions };
}

/** What a question may name: a gateway shows no types that no answer can hold. */
export function readQuestionSchema(uncut: string): GraphQLSchema {
  return pruneSchema(buildSchema(uncut));
}

export function renderGraph({ graph, seed }: DrawnCase): OracleGraph {
  return {
    subgraphs: Object.fromEntries(
      graph.subgraphs.map((name) => [name, renderSubgraph(graph, name)]),
    ),
    uncut: renderUncut(graph),
    seed,
  };
}
