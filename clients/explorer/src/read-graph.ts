import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from 'graphql';

/** The part of the graph that this token may read, or the gateway's own words on why there is none. */
export async function readGraph(
  url: string,
  accessToken: string | null,
): Promise<GraphQLSchema | string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorizationOf(accessToken) },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const answer: unknown = await response.json();
  if (isIntrospection(answer)) return buildClientSchema(answer.data);
  return messageOf(answer);
}

/** The headers a question takes with this token; none where nobody asks for one. */
export function authorizationOf(accessToken: string | null): Record<string, string> {
  return accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
}

type Introspection = Parameters<typeof buildClientSchema>[0];

function isIntrospection(answer: unknown): answer is { data: Introspection } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'data' in answer &&
    typeof answer.data === 'object' &&
    answer.data !== null &&
    '__schema' in answer.data
  );
}

function messageOf(answer: unknown): string {
  const errors: unknown =
    typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return typeof first === 'object' && first !== null && 'message' in first
    ? String(first.message)
    : 'The gateway gave no schema.';
}
