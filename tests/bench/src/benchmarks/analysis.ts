import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import { z } from 'zod';
import { events } from '../analysis/invented-events.ts';
import { askStore, measureQuestions, openPeer } from '../analysis/measure-questions.ts';
import { questionMix } from '../analysis/question-mix.ts';
import type { Benchmark } from '../benchmark.ts';

const sizes = [
  { people: 1_500, perPerson: 10 },
  { people: 100_000, perPerson: 10 },
] as const;
const analysts = 20;
const questions = 2_000;
const secret = 'an invented secret of the benchmark, long enough';
const loadScript = fileURLToPath(new URL('../analysis/measure-load.ts', import.meta.url));
const loadFigures = z.object({
  seconds: z.number(),
  peakMb: z.number(),
  loopP99Ms: z.number(),
  loopMaxMs: z.number(),
});

/** Loading one fact, and protected questions by twenty analysts, against plain SQL on the same rows. */
export const analysis: Benchmark = async ({ rounds, folder, say }) => {
  const measured = new Map<string, number[]>();
  const note = (name: string, value: number) => {
    measured.set(name, [...(measured.get(name) ?? []), value]);
    say(`analysis: ${name}: ${value.toPrecision(3)}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const { people, perPerson } of sizes) {
      const file = join(folder, `facts-${round}-${people}.duckdb`);
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--import',
        'tsx',
        loadScript,
        file,
        String(people),
        String(perPerson),
      ]);
      const load = loadFigures.parse(JSON.parse(stdout));
      note(`${people} load s`, load.seconds);
      note(`${people} peak MB`, load.peakMb);
      note(`${people} loop p99 ms`, load.loopP99Ms);
      const store = await openFactStore({
        file,
        facts: [events],
        disclosure: createDisclosure({}, secret),
        recordKeySecret: secret,
        now: () => new Date('2026-01-01T00:00:00Z'),
      });
      const mix = questionMix(questions);
      // No cube and no answer is kept yet: what the first analysts of a load meet.
      const cold = await measureQuestions(askStore(store), mix, analysts);
      const warm = await measureQuestions(
        askStore(store),
        questionMix(2 * questions).slice(questions),
        analysts,
      );
      const same = await measureQuestions(askStore(store), mix, analysts);
      await store.close();
      const peer = await openPeer(file, 'fact_events_1');
      const raw = await measureQuestions((asked) => peer.ask(asked), mix.slice(0, 500), analysts);
      peer.close();
      for (const [name, { medianMs, p99Ms }] of Object.entries({ cold, warm, same, raw })) {
        note(`${people} ${name} median`, medianMs);
        note(`${people} ${name} p99`, p99Ms);
      }
    }
  }
  const of = (name: string) => measured.get(name) ?? [];
  const atMost = (value: number) => ({ target: { value, is: 'at most' as const } });
  const figures = sizes.flatMap(({ people, perPerson }) => {
    const what = `${people.toLocaleString('en-GB')} people, ${(people * perPerson).toLocaleString('en-GB')} events`;
    const latency = (name: string, quantity: 'median' | 'p99', limit: number) => ({
      name: `– question ${name}, ${quantity}`,
      unit: 'ms',
      rounds: of(`${people} ${name} ${quantity}`),
      peer: { name: 'plain SQL', rounds: of(`${people} raw ${quantity}`) },
      ...atMost(limit),
    });
    return [
      {
        name: `${what}: loaded`,
        unit: 's',
        rounds: of(`${people} load s`),
        ...atMost(people > 10_000 ? 300 : 10),
      },
      {
        name: '– peak memory of the load',
        unit: 'MB',
        rounds: of(`${people} peak MB`),
        ...atMost(1_024),
      },
      { name: '– event loop held up, p99', unit: 'ms', rounds: of(`${people} loop p99 ms`) },
      ...['cold', 'warm', 'same'].flatMap((name) => [
        latency(name, 'median', 50),
        latency(name, 'p99', 250),
      ]),
    ];
  });
  return {
    figures,
    notes: [
      `${analysts} analysts ask without a pause. Cold: nothing computed since the load; warm: other questions of the same dimensions; same: the same questions again. The plain SQL keeps nothing, protects nothing and has no total.`,
    ],
  };
};
