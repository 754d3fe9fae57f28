import { Arbitrary, type Random, Stream, Value } from 'fast-check';
import { drawFrom } from './draw.ts';
import { type CaseSize, type DrawnCase, type DrawnQuestion, drawCase } from './drawn-case.ts';
import { smallerGraphs } from './shrink-graph.ts';
import { smallerQuestions } from './shrink-question.ts';

/**
 * Draws by chance, and shrinks what was drawn by taking pieces away: of the question first, since what no
 * question names can then leave the graph.
 */
export class CaseArbitrary extends Arbitrary<DrawnCase> {
  readonly #size: CaseSize;

  constructor(size: CaseSize) {
    super();
    this.#size = size;
  }

  override generate(random: Random): Value<DrawnCase> {
    return new Value(drawCase(drawFrom(random), this.#size), 0);
  }

  override canShrinkWithoutContext(value: unknown): value is DrawnCase {
    // Whatever it is, what it was drawn from is not known.
    return value instanceof CaseArbitrary;
  }

  /** `context`: how many pieces of the graph could not be taken away before this one; they are tried again last. */
  override shrink(value: DrawnCase, context: unknown): Stream<Value<DrawnCase>> {
    const [only] = value.questions;
    const isSingle = only && value.questions.length === 1 && only.runs.length < 2;
    const ofQuestion = isSingle ? smallerQuestionsOf(value, only) : smallerCases(value);
    const ofGraph = isSingle
      ? smallerGraphs(value.graph).map((graph) => ({ ...value, graph }))
      : [];
    const start = typeof context === 'number' ? context : 0;
    const question = ofQuestion.map((each) => new Value(each, start));
    const graph = ofGraph.map((each, at) => new Value(each, at));
    const turned = [...graph.slice(start), ...graph.slice(0, start)];
    return new Stream([...question, ...turned][Symbol.iterator]());
  }
}

/** One question of many, or one run of its question. */
function smallerCases(drawn: DrawnCase): DrawnCase[] {
  const [only] = drawn.questions;
  if (drawn.questions.length > 1 || !only) {
    return drawn.questions.map((each) => ({ ...drawn, questions: [each] }));
  }
  return [[], ...only.runs.map((run) => [run])].map((runs) => ({
    ...drawn,
    questions: [{ ...only, runs }],
  }));
}

function smallerQuestionsOf(drawn: DrawnCase, only: DrawnQuestion): DrawnCase[] {
  const [run = []] = only.runs;
  const fewer = run.length > 1 ? run.map((pick) => [pick]) : [];
  const earlier = run.some(({ number }) => number > 20)
    ? [0, 1, 2, 3].map((number) => run.map((pick) => ({ ...pick, number })))
    : [];
  return [
    ...fewer.map((each) => ({ ...only, runs: [each] })),
    ...smallerQuestions(only.question).map((question) => ({ ...only, question })),
    ...earlier.map((each) => ({ ...only, runs: [each] })),
  ].map((question) => ({ ...drawn, questions: [question] }));
}
