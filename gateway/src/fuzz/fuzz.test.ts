import { supergraphFile } from '@tavolo/schemas';
import { expect, test } from 'vitest';
import { startTestHub } from '../test-subgraphs/start-test-hub.ts';
import { fuzz } from './fuzz.ts';
import { noRates, readFuzzSetting } from './fuzz-setting.ts';
import { createRandom } from './random.ts';
import { questionCanary } from './random-operation.ts';
import { answerCanary, startCanarySubgraphs } from './start-canary-subgraphs.ts';

test('Sixty random questions: none fails, none is told more than it asked, each leaves one record', async () => {
  const setting = await readFuzzSetting();
  const random = createRandom(20_261_122);
  const subgraphs = await startCanarySubgraphs(
    setting.withMachinery,
    new Set(setting.purpose.coordinates),
    random,
  );
  const hub = await startTestHub({
    rates: noRates,
    state: setting.state,
    graph: { supergraphFile, subgraphUrls: setting.subgraphUrls(subgraphs.url) },
  });
  const report = await fuzz({
    url: hub.gateway.url,
    token: await hub.token('fuzz'),
    allowed: setting.allowed,
    whole: setting.whole,
    random,
    isOver: (asked) => asked >= 60,
  });
  expect(report.broken).toEqual([]);
  expect(report.statuses['200']).toBeGreaterThan(5);
  expect(report.codes['FORBIDDEN']).toBeGreaterThan(5);
  expect(hub.records).toHaveLength(60);
  const kept = `${await hub.evidenceText()}${hub.logLines.join('')}`;
  expect(kept).not.toContain(questionCanary);
  expect(kept).not.toContain(answerCanary);
  await hub.close();
  await subgraphs.close();
}, 60_000);
