import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readExample } from '@tavolo/harness';
import type { Benchmark } from '../benchmark.ts';
import { askingTheHub } from '../call-headers.ts';
import type { Figure } from '../figure.ts';
import { readGatewayKey } from '../gateway-key.ts';
import { createJsonPoster, type JsonPoster, postOrThrow } from '../json-poster.ts';
import { endOfLog, operationsSince } from '../operation-log.ts';
import { cpuSecondsOf } from '../process-usage.ts';
import { quantile } from '../quantiles.ts';
import { waitForAllowance } from '../rate-allowance.ts';
import { runLoad } from '../run-load.ts';
import { startMeasuredProcess } from '../start-measured-process.ts';
import { splitTableQuestion } from '../table-question-split.ts';

/** About 400 of the 1,500 people live there. */
const district = 'FIDENZA';
const warmUpQuestions = 30;
const questionsPerRound = 100;
const concurrencies = [1, 8] as const;

interface Measured {
  readonly p50: number[];
  readonly p95: number[];
  readonly cpuMs: number[];
}

/** The table's question of one district through the gateway, against a merge written by hand for it alone. */
export const tableQuestion: Benchmark = async ({ rounds, hub: hubs, folder, say }) => {
  const hub = await hubs.shared();
  const body = JSON.stringify({
    query: await readExample('table-question'),
    variables: { district, after: null },
  });
  const byHand = await startMeasuredProcess({
    entry: 'tests/bench/src/peers/merge-by-hand/main.ts',
    env: {
      CONTEXT_SIGNING_KEY: JSON.stringify(await readGatewayKey(hub.folder)),
      SUBGRAPH_URLS: JSON.stringify(
        Object.fromEntries(
          Object.entries(hub.subgraphUrls).map(([name, url]) => [name, `${url}/graphql`]),
        ),
      ),
    },
    logFile: join(folder, 'merge-by-hand.log'),
  });
  const gateway = createJsonPoster(`${hub.gatewayUrl}/graphql`, await askingTheHub(hub));
  const peer = createJsonPoster(byHand.url);
  try {
    const guests = await sameAnswer(gateway, peer, body);
    say(`table-question: ${guests} guests, both answers are equal`);
    for (const poster of [gateway, peer]) {
      await runLoad({ count: warmUpQuestions, concurrency: 4 }, () => postOrThrow(poster, body));
    }
    const figures: Figure[] = [];
    const log = join(hub.folder, 'logs', 'gateway.log');
    const gatewayPid = hub.processes.get('gateway')?.pid ?? 0;
    for (const concurrency of concurrencies) {
      const ours: Measured = { p50: [], p95: [], cpuMs: [] };
      const theirs: Measured = { p50: [], p95: [], cpuMs: [] };
      const gatewayMs: number[] = [];
      const subgraphsMs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await waitForAllowance(gateway, body, neededShare(concurrency));
        const offset = await endOfLog(log);
        await measure(gateway, gatewayPid, concurrency, ours);
        const logged = await operationsSince(log, offset, {
          name: 'TablesQuestion',
          count: questionsPerRound,
        });
        const splits = logged.map(splitTableQuestion);
        gatewayMs.push(
          quantile(
            splits.map((split) => split.gatewayMs),
            0.5,
          ),
        );
        subgraphsMs.push(
          quantile(
            splits.map((split) => split.subgraphsMs),
            0.5,
          ),
        );
        await measure(peer, byHand.pid, concurrency, theirs);
        say(`table-question: ${concurrency} at a time, round ${round + 1}`);
      }
      const name = (what: string) => `table’s question, ${concurrency} at a time, ${what}`;
      const compared = (what: string, key: keyof Measured): Figure => ({
        name: name(what),
        unit: 'ms',
        rounds: ours[key],
        peer: { name: 'merge by hand', rounds: theirs[key] },
      });
      figures.push(
        compared('p50', 'p50'),
        compared('p95', 'p95'),
        { name: name('waiting for subgraphs'), unit: 'ms', rounds: subgraphsMs },
        { name: name('in the gateway'), unit: 'ms', rounds: gatewayMs },
        compared('CPU of the process', 'cpuMs'),
      );
    }
    return {
      figures,
      notes: [`The table’s question is asked for ${guests} guests of ${district}.`],
    };
  } finally {
    gateway.close();
    peer.close();
    await byHand.close();
  }

  async function measure(poster: JsonPoster, pid: number, concurrency: number, into: Measured) {
    const cpuBefore = await cpuSecondsOf(pid);
    const { latenciesMs } = await runLoad({ count: questionsPerRound, concurrency }, () =>
      postOrThrow(poster, body),
    );
    into.cpuMs.push((((await cpuSecondsOf(pid)) - cpuBefore) * 1000) / questionsPerRound);
    into.p50.push(quantile(latenciesMs, 0.5));
    into.p95.push(quantile(latenciesMs, 0.95));
  }
};

/**
 * Of the minute's cost: each question under way holds a tenth, however little it will have cost, and the
 * hundred of a round, settled, less than another quarter.
 */
function neededShare(concurrency: number): number {
  return Math.min(0.95, concurrency / 10 + 0.25);
}

/** A peer that answers something else would be no measure; returns how many guests both tell of. */
async function sameAnswer(gateway: JsonPoster, peer: JsonPoster, body: string): Promise<number> {
  const [ours, theirs] = await Promise.all(
    [gateway, peer].map(async (poster) => {
      // Only compared, and counted below.
      const answer = JSON.parse(await postOrThrow(poster, body)) as {
        data: { facilities: { nodes: { guests: unknown[] | null }[] } };
      };
      return answer.data;
    }),
  );
  if (!ours || !isDeepStrictEqual(ours, theirs)) {
    throw new Error('the merge by hand does not answer what the gateway answers');
  }
  return ours.facilities.nodes.reduce((sum, { guests }) => sum + (guests?.length ?? 0), 0);
}
