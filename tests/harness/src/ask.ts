import { readFile } from 'node:fs/promises';

/** One source of an answer, as `extensions.sources` lists it. */
export interface AnswerSource {
  readonly name: string;
  readonly status: 'OK' | 'STALE' | 'UNAVAILABLE' | 'DENIED';
  readonly asOf: string | null;
  readonly completeness: number | null;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;
}

export interface Answer<Data> {
  readonly status: number;
  readonly text: string;
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly sources: readonly AnswerSource[];
}

/** Somebody logged in at a hub. */
export interface Asker {
  readonly gatewayUrl: string;
  readonly token: string;
}

/** Asks a graph over HTTP, as a dashboard would. The caller says what shape it expects of the data. */
export async function ask<Data>(
  { gatewayUrl, token }: Asker,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Data>> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  const { data, errors, extensions } = JSON.parse(text) as {
    data: Data;
    errors?: Answer<Data>['errors'] & object;
    extensions?: { sources?: readonly AnswerSource[] };
  };
  return {
    status: response.status,
    text,
    data,
    ...(errors ? { errors } : {}),
    sources: extensions?.sources ?? [],
  };
}

/** The text of one of the explorer's questions, `schemas/examples/<name>.graphql`. */
export async function readExample(name: string): Promise<string> {
  return readFile(new URL(`../../../schemas/examples/${name}.graphql`, import.meta.url), 'utf8');
}
