import { Pool } from 'undici';

export interface SubgraphAsker {
  /** The answer's `data`, unread. */
  ask(body: string): Promise<string>;
  close(): Promise<void>;
}

/** As many connections as a gateway of ours has; throws for any status but 200. */
export function createSubgraphAsker(url: string): SubgraphAsker {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 16 });
  return {
    async ask(body) {
      const { statusCode, body: answer } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await answer.text();
      if (statusCode !== 200) throw new Error(`a subgraph answered ${statusCode}`);
      return text;
    },
    close: () => pool.close(),
  };
}
