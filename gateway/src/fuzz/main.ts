import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { supergraphFile } from '@tavolo/schemas';
import { startTestHub } from '../test-subgraphs/start-test-hub.ts';
import { type FuzzReport, fuzz } from './fuzz.ts';
import { noRates, readFuzzSetting } from './fuzz-setting.ts';
import { nextMessage } from './next-message.ts';
import { createRandom } from './random.ts';
import { questionCanary } from './random-operation.ts';
import { answerCanary, startCanarySubgraphs } from './start-canary-subgraphs.ts';

/** `npm run fuzz -w @tavolo/gateway -- --seconds 60 [--seed 1]`: questions from one process, the gateway in this one. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    child: { type: 'boolean', default: false },
  },
});
const setting = await readFuzzSetting();
const random = createRandom(Number(values.seed));
if (values.child) await ask();
else await serve();

async function ask(): Promise<void> {
  const subgraphs = await startCanarySubgraphs(
    setting.withMachinery,
    new Set(setting.purpose.coordinates),
    random,
  );
  const told = once(process, 'message');
  process.send?.(subgraphs.url);
  // The parent below is the only one who writes.
  const [{ url, token }] = (await told) as [{ url: string; token: string }];
  const run = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    return fuzz({ ...setting, url, token, random, isOver: () => performance.now() >= end });
  };
  await run(2_000);
  process.send?.('warm');
  process.send?.(await run(Number(values.seconds) * 1_000));
  await subgraphs.close();
  process.disconnect();
}

async function serve(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--child'], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const { report, ...measured } = await measure(child);
    console.log(JSON.stringify({ ...report, ...measured }, undefined, 2));
    if (report.broken.length > 0) process.exitCode = 1;
  } catch (error) {
    child.kill();
    console.error(`The fuzz did not finish: ${error instanceof Error ? error.message : 'unknown'}`);
    process.exitCode = 1;
  }
}

async function measure(child: ChildProcess) {
  // The child above is the only one who writes.
  const subgraphUrl = (await nextMessage(child)) as string;
  const hub = await startTestHub({
    rates: noRates,
    state: setting.state,
    graph: { supergraphFile, subgraphUrls: setting.subgraphUrls(subgraphUrl) },
  });
  try {
    // Should it have ended, the next line says so.
    child.send({ url: hub.gateway.url, token: await hub.token('fuzz') }, () => undefined);
    await nextMessage(child);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const report = (await nextMessage(child)) as FuzzReport;
    delay.disable();
    const kept = `${await hub.evidenceText()}${hub.logLines.join('')}`;
    const inMs = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
    return {
      report,
      eventLoopDelayMs: {
        max: inMs(delay.max),
        p99: inMs(delay.percentile(99)),
        p999: inMs(delay.percentile(99.9)),
      },
      canaryKept: kept.includes(questionCanary) || kept.includes(answerCanary),
    };
  } finally {
    await hub.close();
  }
}
