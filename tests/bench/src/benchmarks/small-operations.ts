import type { Benchmark } from '../benchmark.ts';
import { askingTheHub, signedAsGateway } from '../call-headers.ts';
import { readGatewayKey } from '../gateway-key.ts';
import { createJsonPoster, postOrThrow } from '../json-poster.ts';
import { cpuSecondsOf } from '../process-usage.ts';
import { runLoad } from '../run-load.ts';

const question = JSON.stringify({
  query: '{ facilities(first: 1) { nodes { id receptionType } } }',
});
const count = 3_000;
const concurrency = 16;

/** A small question the gateway has planned before, against the same question asked at the subgraph. */
export const smallOperations: Benchmark = async ({ rounds, hub: hubs, say }) => {
  const hub = await hubs.shared();
  const gateway = createJsonPoster(`${hub.gatewayUrl}/graphql`, await askingTheHub(hub));
  const subgraph = createJsonPoster(
    `${hub.subgraphUrls['reception-centres']}/graphql`,
    signedAsGateway(await readGatewayKey(hub.folder), 'reception-centres'),
  );
  const gatewayPid = hub.processes.get('gateway')?.pid ?? 0;
  const through: number[] = [];
  const direct: number[] = [];
  const cpuMs: number[] = [];
  try {
    for (const poster of [gateway, subgraph]) {
      await runLoad({ count: 500, concurrency }, () => postOrThrow(poster, question));
    }
    for (let round = 0; round < rounds; round += 1) {
      const cpuBefore = await cpuSecondsOf(gatewayPid);
      const load = await runLoad({ count, concurrency }, () => postOrThrow(gateway, question));
      cpuMs.push((((await cpuSecondsOf(gatewayPid)) - cpuBefore) * 1000) / count);
      through.push(load.perSecond);
      direct.push(
        (await runLoad({ count, concurrency }, () => postOrThrow(subgraph, question))).perSecond,
      );
      say(`small-operations: round ${round + 1}, ${Math.round(load.perSecond)}/s`);
    }
  } finally {
    gateway.close();
    subgraph.close();
  }
  return {
    figures: [
      {
        name: `small operations, ${concurrency} at a time`,
        unit: 'operations/s',
        rounds: through,
        peer: { name: 'asked at the subgraph', rounds: direct },
      },
      { name: 'gateway CPU a small operation', unit: 'ms', rounds: cpuMs },
    ],
    notes: [],
  };
};
