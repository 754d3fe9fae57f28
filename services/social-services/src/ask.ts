import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller } from '@tavolo/subgraph-kit/testing';

/** An answer of GraphQL over HTTP, as a test reads it. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions: {
    readonly source: {
      readonly asOf: string | null;
      readonly completeness: number | null;
      readonly stale: boolean;
    };
  };
}

/** Asks a running service one question, as somebody who may see everything or as `caller`; for tests. */
export async function ask(
  url: string,
  query: string,
  variables: object = {},
  caller: Caller = testCaller(),
): Promise<Answer> {
  const text = await askAs({ url, subgraph: 'social-services', caller }, query, variables);
  // Checked by the expectations of the test that asked.
  return JSON.parse(text) as Answer;
}
