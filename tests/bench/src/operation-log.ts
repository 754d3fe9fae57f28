import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const operationLine = z.object({
  operation: z.string().nullable(),
  ms: z.number(),
  calls: z.array(z.object({ subgraph: z.string(), ms: z.number() })),
});

/** One operation as the gateway's log tells it; whole milliseconds, calls in the order they ended. */
export type LoggedOperation = z.infer<typeof operationLine>;

/** The operations among lines of the gateway's log; other lines, and a cut last one, are skipped. */
export function parseOperations(log: string): LoggedOperation[] {
  return log.split('\n').flatMap((line) => {
    if (!line.startsWith('{') || !line.endsWith('}')) return [];
    const parsed = operationLine.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  });
}

export async function endOfLog(file: string): Promise<number> {
  return (await stat(file)).size;
}

/** Waits until `count` operations of this name stand in the log after `offset`; at most ten seconds. */
export async function operationsSince(
  file: string,
  offset: number,
  { name, count }: { readonly name: string; readonly count: number },
): Promise<readonly LoggedOperation[]> {
  for (let turn = 0; turn < 100; turn += 1) {
    const found = parseOperations(await readFrom(file, offset)).filter(
      ({ operation }) => operation === name,
    );
    if (found.length >= count) return found;
    await delay(100);
  }
  throw new Error(`the log does not show the ${count} operations that were answered`);
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file);
  try {
    const size = (await handle.stat()).size - offset;
    const { buffer } = await handle.read({ buffer: Buffer.alloc(size), position: offset });
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
