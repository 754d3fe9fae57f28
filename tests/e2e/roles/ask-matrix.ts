import { type Asker, ask } from '@tavolo/harness';
import { documentHash } from '@tavolo/schemas';

/** What became of one question, in the words of the gate. */
export type Outcome =
  | 'ANSWERED'
  | { readonly code: string; readonly reason?: string; readonly coordinate?: string };

/** Asks by the document's hash where the purpose runs trusted documents only. */
export async function askMatrix(
  { gatewayUrl, token }: Asker,
  query: string,
  by: 'TRUSTED' | 'FREE',
): Promise<Outcome> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(by === 'TRUSTED' ? { documentId: documentHash(query) } : { query }),
    signal: AbortSignal.timeout(60_000),
  });
  // The tests assert on what is in it.
  const answer = (await response.json()) as {
    data?: unknown;
    errors?: readonly { readonly extensions: Readonly<Record<string, string>> }[];
  };
  if (response.status === 200 && answer.data !== undefined) return 'ANSWERED';
  const { code = 'NONE', reason, coordinate } = answer.errors?.[0]?.extensions ?? {};
  return {
    code,
    ...(reason === undefined ? {} : { reason }),
    ...(coordinate === undefined ? {} : { coordinate }),
  };
}

/** What a caller is shown of the graph, as coordinates. */
export async function askSchema(asker: Asker): Promise<readonly string[] | null> {
  const answer = await ask<{
    __schema: {
      types: readonly {
        name: string;
        kind: string;
        fields: readonly { name: string }[] | null;
      }[];
    };
  } | null>(asker, '{ __schema { types { name kind fields { name } } } }');
  return (
    answer.data?.__schema.types
      .filter(({ name, kind }) => kind === 'OBJECT' && !name.startsWith('__'))
      .flatMap(({ name, fields }) => (fields ?? []).map((field) => `${name}.${field.name}`))
      .sort() ?? null
  );
}

/** Does `work` for each item, a few at a time: the hub has two cores. */
export async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
