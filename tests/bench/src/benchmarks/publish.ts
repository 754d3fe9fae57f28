import { join } from 'node:path';
import {
  checkReport,
  type PublicationResult,
  publicationResult,
  type SubmittedSubgraph,
} from '@tavolo/registry-api';
import { readSubgraphSdl, subgraphNames } from '@tavolo/schemas';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../figure.ts';
import { cpuSecondsOf } from '../process-usage.ts';
import {
  operator,
  type PublishingHub,
  startPublishingHub,
} from '../publishing/start-publishing-hub.ts';
import { startStandIn } from '../publishing/start-stand-in.ts';
import { syntheticName, syntheticSubgraph } from '../publishing/synthetic-subgraph.ts';
import { createSeries, type Series } from '../series.ts';

const gateways = 2;

interface Graph {
  readonly name: string;
  /** The repository's own six, or none of them. */
  readonly real: boolean;
  readonly synthetic: number;
  readonly targetSeconds: number;
}

const graphs: readonly Graph[] = [
  { name: '10 subgraphs', real: true, synthetic: 4, targetSeconds: 2 },
  { name: '30 synthetic subgraphs', real: false, synthetic: 30, targetSeconds: 15 },
];

/** From `POST /publications` to the answer, and to the last gateway that serves it; checks and rollbacks as well. */
export const publish: Benchmark = async (context) => {
  const series = createSeries();
  for (const graph of graphs) await measure(graph, series, context);
  return {
    figures: graphs.flatMap(({ name, targetSeconds }) => figuresOf(name, targetSeconds, series)),
    notes: [
      `publish: a real registry over the embedded PostgreSQL and ${gateways} real gateways; each publication adds a field to one subgraph, and is served when /health/ready of every gateway says so, asked every 10 ms.`,
    ],
  };
};

async function measure(graph: Graph, series: Series, context: BenchmarkContext): Promise<void> {
  const { rounds, folder, say } = context;
  const standIn = await startStandIn(() => ({ data: { __typename: 'Query' } }));
  const numbers = Array.from({ length: graph.synthetic }, (_, index) => index + 1);
  const real = graph.real ? subgraphNames : [];
  const hub = await startPublishingHub({
    folder: join(folder, `publish-${graph.synthetic}`),
    partners: [...real, ...numbers.map(syntheticName)],
    gateways,
  });
  const synthetic = (number: number, further: readonly string[] = []) =>
    syntheticSubgraph(number, standIn.urlOf(syntheticName(number)), further);
  try {
    const first = await publishAll(hub, [
      ...real.map((name) => ({
        name,
        url: standIn.urlOf(name),
        files: [{ path: `${name}.graphql`, text: readSubgraphSdl(name) }],
      })),
      ...numbers.map((number) => synthetic(number)),
    ]);
    await hub.served(first.sequence ?? 0);
    for (let round = 0; round < rounds; round += 1) {
      const changed = synthetic(
        1,
        Array.from({ length: round + 1 }, (_, at) => `added${at}`),
      );
      // Another change than the one that is published: the registry remembers what it has composed.
      const other = synthetic(1, [`checked${round}`]);
      const checked = await timed(async () =>
        checkReport.parse(await hub.call(operator, 'POST', '/checks', { subgraphs: [other] })),
      );
      series.add(`${graph.name} check`, checked.seconds);
      const cpuBefore = await cpuOf(hub);
      const published = await timed(() => publishAll(hub, [changed]));
      const served = await timed(() => hub.served(published.result.sequence ?? 0));
      const cpuAfter = await cpuOf(hub);
      series.add(`${graph.name} registry CPU`, cpuAfter.registry - cpuBefore.registry);
      series.add(`${graph.name} gateway CPU`, cpuAfter.gateways - cpuBefore.gateways);
      series.add(`${graph.name} answered`, published.seconds);
      series.add(`${graph.name} served`, published.seconds + served.seconds);
      const rolledBack = await timed(async () => {
        const result = publicationResult.parse(
          await hub.call(operator, 'POST', `/subgraphs/${syntheticName(1)}/rollback`, {
            version: round + 1,
            reason: 'benchmark',
            acceptBreaking: true,
          }),
        );
        await hub.served(result.sequence ?? 0);
      });
      series.add(`${graph.name} rollback`, rolledBack.seconds);
      say(
        `publish: ${graph.name}, round ${round + 1}: check ${checked.seconds.toFixed(2)} s, answered ${published.seconds.toFixed(2)} s, served ${(published.seconds + served.seconds).toFixed(2)} s, rolled back ${rolledBack.seconds.toFixed(2)} s`,
      );
    }
  } finally {
    await hub.close();
    await standIn.close();
  }
}

async function publishAll(
  hub: PublishingHub,
  subgraphs: readonly SubmittedSubgraph[],
): Promise<PublicationResult> {
  return publicationResult.parse(
    await hub.call(operator, 'POST', '/publications', { subgraphs, acceptBreaking: true }),
  );
}

function figuresOf(name: string, targetSeconds: number, series: Series): Figure[] {
  const figure = (what: string, said: string, most?: number): Figure => ({
    name: `${name}, ${said}`,
    unit: 's',
    rounds: series.of(`${name} ${what}`),
    ...(most === undefined ? {} : { target: { value: most, is: 'at most' } }),
  });
  const isSmall = targetSeconds === 2;
  return [
    figure('served', 'published to served by every gateway', targetSeconds),
    figure('answered', '– of it until the registry answered'),
    figure('registry CPU', '– CPU of the registry for it'),
    figure('gateway CPU', '– CPU of each gateway for it'),
    figure('check', 'subgraph check', isSmall ? 5 : undefined),
    figure('rollback', 'rollback to served by every gateway', isSmall ? 2 : undefined),
  ];
}

/** CPU seconds so far: of the registry, and of a gateway on average. */
async function cpuOf({ registry, gateways: all }: PublishingHub) {
  const each = await Promise.all(all.map(({ pid }) => cpuSecondsOf(pid)));
  return {
    registry: await cpuSecondsOf(registry.pid),
    gateways: each.reduce((sum, seconds) => sum + seconds, 0) / each.length,
  };
}

async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedAt) / 1_000 };
}
