import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tablesQuestion } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';
import { logIn } from './log-in.ts';

/** Calls of one operation, as the gateway's log counts them. */
interface OperationLine {
  readonly operation?: string;
  readonly calls?: readonly { readonly subgraph: string }[];
}

it('the table’s question costs at most one call to each institution a hop, however many the people', async () => {
  const asker = await logIn('case-worker-province');
  const before = (await readLog()).length;
  const [answer] = await tablesQuestion(asker, 'PARMA');
  const guests = answer?.data.facilities?.nodes.flatMap((node) => node.guests ?? []) ?? [];
  expect(guests.length).toBeGreaterThan(50);

  await expect.poll(() => readCalls(before)).toBeDefined();
  const calls = await readCalls(before);
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

/** Of the first of the table's questions that is written after the given place of the log. */
async function readCalls(after: number): Promise<OperationLine['calls']> {
  const log = await readLog();
  const lines = log
    .slice(after)
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as OperationLine);
  return lines.find(({ operation }) => operation === 'TablesQuestion')?.calls;
}

function readLog(): Promise<string> {
  return readFile(join(inject('sharedHub').folder, 'logs', 'gateway.log'), 'utf8');
}
