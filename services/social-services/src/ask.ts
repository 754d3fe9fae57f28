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

/** Asks a running service one question; for tests. */
export async function ask(url: string, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  // Checked by the expectations of the test that asked.
  return (await response.json()) as Answer;
}
