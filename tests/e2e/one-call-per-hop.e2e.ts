import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startHubFrom, type TestHub, tablesQuestion } from '@tavolo/harness';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
});
afterAll(() => hub.close());

/** Calls of one operation, as the gateway's log counts them. */
interface OperationLine {
  readonly operation?: string;
  readonly calls?: readonly { readonly subgraph: string }[];
}

it('the table’s question costs at most one call to each institution a hop, however many the people', async () => {
  const [answer] = await tablesQuestion(hub, 'PARMA');
  const guests = answer?.data.facilities?.nodes.flatMap((node) => node.guests ?? []) ?? [];
  expect(guests.length).toBeGreaterThan(50);

  await expect.poll(readCalls).toBeDefined();
  const calls = await readCalls();
  const counts: Record<string, number> = {};
  for (const { subgraph } of calls ?? []) counts[subgraph] = (counts[subgraph] ?? 0) + 1;
  expect(counts).toEqual({
    // facilities with their guests; in a hop of its own, the entries that the health authority asks for
    'reception-centres': 2,
    // people by their reception key
    'person-index': 1,
    'health-authority': 1,
    'social-services': 1,
    'volunteer-registry': 1,
  });
});

async function readCalls(): Promise<OperationLine['calls']> {
  const log = await readFile(join(hub.folder, 'logs', 'gateway.log'), 'utf8');
  const lines = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as OperationLine);
  return lines.find(({ operation }) => operation === 'TablesQuestion')?.calls;
}
