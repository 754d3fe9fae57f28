import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withoutAccessControl } from '@tavolo/dev-graph/without-access-control';
import { publicationResult } from '@tavolo/registry-api';
import { z } from 'zod';
import type { Benchmark } from '../benchmark.ts';
import { withToken } from '../call-headers.ts';
import { showNumber } from '../figure-table.ts';
import { createJsonPoster, type JsonPoster } from '../json-poster.ts';
import { fitLine } from '../linear-fit.ts';
import { type OpenLoopResult, startOpenLoop } from '../publishing/open-loop.ts';
import {
  operator,
  type PublishingHub,
  startPublishingHub,
} from '../publishing/start-publishing-hub.ts';
import { startStandIn } from '../publishing/start-stand-in.ts';
import { registerSwapPurpose, swapQuestions } from '../publishing/swap-purpose.ts';
import { syntheticName, syntheticSubgraph } from '../publishing/synthetic-subgraph.ts';
import { quantile } from '../quantiles.ts';
import { createSeries } from '../series.ts';
import { startMeasuredProcess } from '../start-measured-process.ts';

/** One request in so many asks the field that comes and goes. */
const toggledEvery = 10;
/** Swaps for each publication of the run, of the measurement of the heap. */
const heapSwapsTimes = 5;
const heapScript = fileURLToPath(new URL('../publishing/measure-swap-heap.ts', import.meta.url));
const heapFigures = z.object({
  samples: z.array(z.object({ x: z.number(), y: z.number() })),
  alive: z.number(),
});
const warmUpShare = 0.2;
const mostPauseMs = 250;

/** Requests under way while supergraphs are published one after another, against the stock gateway's own update. */
export const swap: Benchmark = async ({ rounds, publications, rate, folder, say }) => {
  const series = createSeries();
  const notes: string[] = [];
  const standIn = await startStandIn(answerOf);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const hub = await startPublishingHub({
        folder: join(folder, `swap-${round}`),
        partners: [1, 2].map(syntheticName),
        gateways: 2,
      });
      let texts: readonly [string, string];
      let pauseMs: number;
      try {
        const publishFirst = (further: readonly string[]) =>
          publishOne(hub, standIn.urlOf(syntheticName(1)), further);
        await publish(
          hub,
          [1, 2].map((each) =>
            syntheticSubgraph(
              each,
              standIn.urlOf(syntheticName(each)),
              each === 1 ? ['toggled'] : [],
            ),
          ),
        );
        const posters = await askable(hub);
        const withField = await supergraphOf(hub);
        const loop = startOpenLoop(rate, (index) => ask(posters, index));
        const startedAt = performance.now();
        for (let each = 0; each < publications; each += 1) {
          await publishFirst(each % 2 === 0 ? [] : ['toggled']);
          if (each % 20 === 19) say(`swap: round ${round + 1}, ${each + 1} publications`);
        }
        pauseMs = Math.min((performance.now() - startedAt) / publications, mostPauseMs);
        note('ours', await loop.stop(), (performance.now() - startedAt) / publications);
        await publishFirst([]);
        texts = [withField, await supergraphOf(hub)];
        for (const poster of posters) poster.close();
      } finally {
        await hub.close();
      }
      await measureStock(texts, pauseMs, round);
      await measureHeap(texts, round);
    }
  } finally {
    await standIn.close();
  }
  return {
    figures: [
      {
        name: `requests lost of ${rate}/s over ${publications} publications`,
        unit: 'per 10,000',
        rounds: series.of('ours lost'),
        peer: { name: 'stock gateway’s update', rounds: series.of('stock lost') },
        target: { value: 0, is: 'at most' },
      },
      ...(['p50', 'p99'] as const).map((name) => ({
        name: `– ${name}, from when it was due`,
        unit: 'ms',
        rounds: series.of(`ours ${name}`),
        peer: { name: 'stock gateway', rounds: series.of(`stock ${name}`) },
      })),
      {
        name: `heap after forced collections, over ${publications * heapSwapsTimes} swaps`,
        unit: 'KB per 1,000 swaps',
        rounds: series.of('heap slope'),
      },
    ],
    notes,
  };

  function note(side: 'ours' | 'stock', result: OpenLoopResult, msEach: number): void {
    const { latenciesMs, failures, sent, seconds } = result;
    const lost = [...failures].filter(([why]) => why !== removed);
    const count = lost.reduce((sum, [, times]) => sum + times, 0);
    const sorted = [...latenciesMs].sort((one, other) => one - other);
    series.add(`${side} lost`, (count * 10_000) / sent);
    series.add(`${side} p50`, quantile(sorted, 0.5));
    series.add(`${side} p99`, quantile(sorted, 0.99));
    const why = lost.map(([name, times]) => `${times} × ${name}`).join('; ');
    const told = `swap, ${side}: ${sent} requests in ${seconds.toFixed(0)} s, a new supergraph every ${msEach.toFixed(0)} ms, ${count} lost${why === '' ? '' : ` (${why})`}, ${failures.get(removed) ?? 0} asked the field while it was removed.`;
    say(told);
    notes.push(told);
  }

  async function measureStock(
    [withField, without]: readonly [string, string],
    pauseMs: number,
    round: number,
  ): Promise<void> {
    const stock = await startMeasuredProcess({
      entry: 'tests/bench/src/peers/stock-gateway/main.ts',
      env: { SUPERGRAPH: withoutAccessControl(withField) },
      logFile: join(folder, `stock-${round}.log`),
    });
    const poster = createJsonPoster(`${stock.url}/graphql`);
    try {
      const loop = startOpenLoop(rate, (index) => ask([poster], index));
      for (let each = 0; each < publications; each += 1) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        const body = withoutAccessControl(each % 2 === 0 ? without : withField);
        await fetch(`${stock.url}/supergraph`, { method: 'PUT', body });
      }
      note('stock', await loop.stop(), pauseMs);
    } finally {
      poster.close();
      await stock.close();
    }
  }

  async function measureHeap(texts: readonly [string, string], round: number): Promise<void> {
    const files = await Promise.all(
      texts.map(async (text, index) => {
        const file = join(folder, `swap-${round}-${index}.graphql`);
        await writeFile(file, withoutAccessControl(text));
        return file;
      }),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--import',
      'tsx',
      heapScript,
      ...files,
      join(folder, `swap-${round}.graphql`),
      String(publications * heapSwapsTimes),
    ]);
    const { samples, alive } = heapFigures.parse(JSON.parse(stdout));
    const settled = samples.slice(Math.floor(samples.length * warmUpShare));
    const { slope, scatter } = fitLine(settled);
    series.add('heap slope', slope * 1_000);
    const grownKb = slope * ((settled.at(-1)?.x ?? 0) - (settled[0]?.x ?? 0));
    notes.push(
      `swap, heap: ${showNumber(grownKb)} KB along the line after the first ${warmUpShare * 100} %, samples lie ${showNumber(scatter)} KB from it (${Math.abs(grownKb) <= 2 * scatter ? 'flat within its own noise' : grownKb > 0 ? 'GROWS' : 'shrinks'}); ${alive} version alive at the end.`,
    );
  }
};

const removed = 'the field is removed';

/** Every question there is, answered without looking. */
function answerOf(name: string, body: string): object {
  if (name === syntheticName(2)) return { data: { synthetic02Record: { id: '1' } } };
  const record = body.includes('toggled') ? { id: '1', toggled: 2 } : { id: '1', amount1: 1 };
  return { data: { synthetic01Record: record } };
}

async function ask(posters: readonly JsonPoster[], index: number): Promise<string | null> {
  const isToggled = index % toggledEvery === 0;
  const query = swapQuestions[isToggled ? 'toggled' : 'steady'];
  const poster = posters[index % posters.length];
  const answer = await poster?.post(JSON.stringify({ query }));
  if (answer?.status === 200 && !answer.text.includes('"errors":')) return null;
  if (isToggled) return removed;
  return `${answer?.status ?? 0} ${/"code":"([A-Z_]+)"/u.exec(answer?.text ?? '')?.[1] ?? 'no code'}`;
}

/** The gateways with a token whose purpose they have heard of. */
async function askable(hub: PublishingHub): Promise<readonly JsonPoster[]> {
  const headers = withToken(await registerSwapPurpose(hub));
  const posters = hub.gateways.map(({ url }) => createJsonPoster(`${url}/graphql`, headers));
  for (const poster of posters) {
    const giveUpAt = performance.now() + 10_000;
    for (;;) {
      const { status, text } = await poster.post(JSON.stringify({ query: swapQuestions.toggled }));
      if (status === 200 && !text.includes('"errors":')) break;
      if (performance.now() > giveUpAt) throw new Error(`not answered: ${text.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return posters;
}

async function publishOne(hub: PublishingHub, url: string, further: readonly string[]) {
  await publish(hub, [syntheticSubgraph(1, url, further)]);
}

async function publish(hub: PublishingHub, subgraphs: readonly object[]): Promise<void> {
  const { sequence } = publicationResult.parse(
    await hub.call(operator, 'POST', '/publications', { subgraphs, acceptBreaking: true }),
  );
  await hub.served(sequence ?? 0);
}

/** What the registry hands to gateways now. */
async function supergraphOf({ registry, gatewayToken }: PublishingHub): Promise<string> {
  const response = await fetch(`${registry.url}/supergraph`, {
    headers: { authorization: `Bearer ${gatewayToken}` },
  });
  const [, payload = ''] = (await response.text()).split('.');
  return z
    .object({ sdl: z.string() })
    .parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).sdl;
}
