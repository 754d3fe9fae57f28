import { z } from 'zod';

const answer = z.object({ data: z.unknown() });

/** Asks one subgraph a question about itself. */
export async function askGraph<Schema extends z.ZodType>(
  url: string,
  query: string,
  shape: Schema,
): Promise<z.infer<Schema>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(10_000),
  });
  return shape.parse(answer.parse(await response.json()).data);
}
