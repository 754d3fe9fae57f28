import type { OracleGraph, OracleQuestion } from './check-case.ts';
import type { Finding } from './oracle.ts';

/** A finding as a file of `counter-examples/`; SDL as lines, for whoever reads it. */
export interface CounterExample {
  /** What must be so, in plain words. */
  readonly promise: string;
  readonly subgraphs: Readonly<Record<string, readonly string[]>>;
  readonly uncut: readonly string[];
  readonly seed: number;
  readonly query: readonly string[];
  readonly variables?: OracleQuestion['variables'];
  readonly faults?: OracleQuestion['faults'];
}

export function writeCounterExample({ graph, question, problem }: Finding): CounterExample {
  const lines = (text: string) => text.split('\n');
  return {
    promise: `TODO, instead of: ${problem}`,
    subgraphs: Object.fromEntries(
      Object.entries(graph.subgraphs).map(([name, sdl]) => [name, lines(sdl)]),
    ),
    uncut: lines(graph.uncut),
    seed: graph.seed,
    query: lines(question.query),
    ...(question.variables && Object.keys(question.variables).length > 0
      ? { variables: question.variables }
      : {}),
    ...(question.faults ? { faults: question.faults } : {}),
  };
}

export function readCounterExample(example: CounterExample): {
  readonly graph: OracleGraph;
  readonly question: OracleQuestion;
} {
  const { subgraphs, uncut, seed, query, variables, faults } = example;
  return {
    graph: {
      subgraphs: Object.fromEntries(
        Object.entries(subgraphs).map(([name, lines]) => [name, lines.join('\n')]),
      ),
      uncut: uncut.join('\n'),
      seed,
    },
    question: {
      query: query.join('\n'),
      ...(variables ? { variables } : {}),
      ...(faults ? { faults } : {}),
    },
  };
}

/** Everything about a finding that helps to understand it. */
export function describeFinding(finding: Finding): string {
  const { graph, question, outcome, problem, plan } = finding;
  const json = (value: unknown) => JSON.stringify(value);
  return [
    `# ${problem}`,
    ...Object.entries(graph.subgraphs).map(
      ([name, sdl]) => `## Subgraph ${name}\n\`\`\`graphql\n${sdl}\n\`\`\``,
    ),
    `## Question\n\`\`\`graphql\n${question.query}\n\`\`\`\nvariables: ${json(question.variables ?? {})}\nfaults: ${json(question.faults ?? [])}`,
    `## Expected\n${json(outcome.expected.data)}`,
    `## Got\n${json(outcome.got.data)}\nerrors: ${json(outcome.got.errors)}`,
    `## Calls\n${outcome.trace.calls.map(({ subgraph, body }) => `- ${subgraph}: \`${body}\``).join('\n')}`,
    `## Lost\n${outcome.trace.lost.map(({ subgraph, identity, field }) => `- ${subgraph}: ${identity} ${field}`).join('\n')}`,
    `## Plan\n\`\`\`json\n${plan}\n\`\`\``,
    `## Test: as a file in gateway/src/oracle/counter-examples/\n\`\`\`json\n${JSON.stringify(writeCounterExample(finding), undefined, 2)}\n\`\`\``,
  ].join('\n\n');
}

/** Equal for findings that look like the same mistake. */
export function signatureOf({ problem, question }: Finding): string {
  const kinds = question.faults?.[0]?.kind ?? '';
  const text = (problem.split('\n')[0] ?? '')
    .replaceAll(/knows it as .*$/gu, '')
    .replaceAll(/ at [\w.]+.*$/gu, '')
    .replaceAll(
      /"[^"]*"|\b[A-Z]\w*\.\w+\b|\b(?:Book|Film|Author|City|Size|Spot|Media|Shape|Thing)\b|\d+/gu,
      '_',
    )
    .replaceAll(/^[a-d] was/gu, '_ was');
  return `${kinds} ${text}`;
}
