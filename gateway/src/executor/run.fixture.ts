import type { PlanNode } from '@apollo/query-planner';
import { createOperationContext, type OperationContext } from '../operation-context.ts';
import type { JsonObject } from './json-object.ts';
import { entitiesOf, planOf, rootOf } from './plan.fixture.ts';
import type { GraphFacts } from './planning/compile-fetch.ts';
import type { CompiledPlan } from './planning/compile-plan.ts';
import { createMerge } from './running/merge.ts';
import { type PlanResult, runPlan } from './running/run-plan.ts';
import type { SubgraphCall, SubgraphReply } from './subgraph-source.ts';

/** One call that a run made, and the means to answer it when the test wants it answered. */
interface HeardCall {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: SubgraphCall;
  answer(data: JsonObject | null, errors?: SubgraphReply['errors']): Promise<void>;
}

interface Run {
  /** In the order in which they were made. */
  readonly asked: readonly HeardCall[];
  /** Whom it asked. */
  readonly subgraphs: readonly string[];
  readonly result: Promise<PlanResult>;
  /** `undefined` until the run is over. */
  readonly data: JsonObject | undefined;
}

export function beginRun(
  facts: GraphFacts,
  node: PlanNode | undefined,
  variables?: JsonObject,
): Promise<Run> {
  return beginPlan(planOf(facts, node), variables);
}

/** Runs a plan before subgraphs that say nothing until they are told what. */
export async function beginPlan(plan: CompiledPlan, variables: JsonObject = {}): Promise<Run> {
  const asked: HeardCall[] = [];
  let data: JsonObject | undefined;
  const sourceOf = (subgraph: string) => ({
    ask: (call: SubgraphCall) => heardCall(subgraph, call, asked),
  });
  const merge = createMerge((name) => name !== 'Thing');
  const result = runPlan(plan, { sourceOf, merge }, variables, createTestOperation());
  result.then(
    (ended) => {
      data = ended.data;
    },
    () => undefined,
  );
  await allSettled();
  return {
    asked,
    get subgraphs() {
      return asked.map(({ subgraph }) => subgraph);
    },
    result,
    get data() {
      return data;
    },
  };
}

function heardCall(
  subgraph: string,
  call: SubgraphCall,
  asked: HeardCall[],
): Promise<SubgraphReply> {
  return new Promise((resolve) => {
    // Written by the executor.
    const body = JSON.parse(call.body) as Pick<HeardCall, 'query'> & Partial<HeardCall>;
    asked.push({
      subgraph,
      query: body.query,
      variables: body.variables ?? {},
      call,
      async answer(data, errors = []) {
        resolve({ data, errors });
        await allSettled();
      },
    });
  });
}

/** When everything that was ready to go on has gone on, with no look at a clock. */
async function allSettled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export function createTestOperation(): OperationContext {
  return createOperationContext({
    signal: new AbortController().signal,
    remainingMs: () => 60_000,
  });
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const person = (fields: string) => `type Person @key(fields: "id") { id: ID ${fields} }`;

/** Three institutions that know the same people. */
export const peopleTypeDefs = [
  {
    name: 'people',
    url: 'http://127.0.0.1:1/',
    typeDefs: `${link} type Query { people: [Person] guest: Person } type Mutation { add(n: Int): Int }
      ${person('name: String friend: Person')}`,
  },
  {
    name: 'health',
    url: 'http://127.0.0.1:2/',
    typeDefs: `${link} type Query { sites: [String!] } type Site { id: ID! }
      ${person('events(first: Int): [String!] place: Site')}`,
  },
  {
    name: 'work',
    url: 'http://127.0.0.1:3/',
    typeDefs: `${link} type Query { trades: [String!] } ${person('trade: String')}`,
  },
];

export const people = rootOf('people', '{ people { __typename id } }');
export const guest = rootOf('people', '{ guest { __typename id } }');
export const trades = rootOf('work', '{ trades }');
export const ofPerson = (subgraph: string, path: string, field: string): PlanNode =>
  entitiesOf(subgraph, path, {
    requires: '... on Person { __typename id }',
    fields: `... on Person { ${field} }`,
  });
export const ann = () => ({ __typename: 'Person', id: '1' });
export const ben = () => ({ __typename: 'Person', id: '2' });
