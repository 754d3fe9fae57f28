import { readFile, writeFile } from 'node:fs/promises';
import { startGateway } from '@tavolo/gateway';
import { createOpenGate } from '@tavolo/gateway/open-gate';
import { createLogger } from '@tavolo/process-kit';
import { readAllowedNetworks } from '@tavolo/routing-address';

// A process of its own, with --expose-gc, so that its heap is of the swaps alone:
// measure-swap-heap.ts SUPERGRAPH-A SUPERGRAPH-B FILE SWAPS
const [fileA = '', fileB = '', file = '', swaps = '0'] = process.argv.slice(2);
const texts = [await readFile(fileA, 'utf8'), await readFile(fileB, 'utf8')];
const collect = globalThis.gc;
if (!collect) throw new Error('node --expose-gc');
/** Forty samples, whatever the number of swaps. */
const every = Math.max(1, Math.floor(Number(swaps) / 40));

await writeFile(file, texts[0] ?? '');
const gateway = await startGateway({
  supergraphFile: file,
  allowedNetworks: readAllowedNetworks(['127.0.0.0/8']),
  host: '127.0.0.1',
  port: 0,
  gate: createOpenGate(),
  logger: createLogger({ name: 'swaps', level: 'silent' }),
});
const samples: { x: number; y: number }[] = [];
for (let swap = 1; swap <= Number(swaps); swap += 1) {
  await writeFile(file, texts[swap % 2] ?? '');
  await gateway.reloadSupergraph();
  // Each version answers something, as in life: what it compiles and caches has to go with it.
  await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ synthetic01Record(id: "1") { id amount1 } }' }),
  }).then((response) => response.text());
  if (swap % every === 0) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    samples.push({ x: swap, y: process.memoryUsage().heapUsed / 1_024 });
  }
}
const alive = gateway.versionsAlive;
await gateway.close();
process.stdout.write(JSON.stringify({ samples, alive }));
