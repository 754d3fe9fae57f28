import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import type { Figure } from '../figure.ts';
import {
  answerAlike,
  askingInTurns,
  type GateQuestions,
  gateQuestions,
  type RefusedQuestion,
  refusedQuestions,
  refuseOrThrow,
} from '../gate/gate-questions.ts';
import { measureContexts } from '../gate/measure-contexts.ts';
import { startGateProcesses } from '../gate/start-gate-processes.ts';
import { createJsonPoster, type JsonPoster, postOrThrow } from '../json-poster.ts';
import { cpuSecondsOf } from '../process-usage.ts';
import { runLoad } from '../run-load.ts';
import { createSeries } from '../series.ts';

/** Of each slice; a round has two of each gateway, in the order gated, open, open, gated. */
const loads = {
  small: { count: 1_500, concurrency: 16 },
  table: { count: 60, concurrency: 4 },
} as const;
const refusals = { count: 3_000, concurrency: 16 };
const warmUpShare = 0.5;
/** How many times dearer the gate may make an operation, signing and evidence included. */
const mostTimes = { small: 1.15, table: 1.03 } as const;
const cheaperTimes = 20;
/** The small question's call, and the largest one of the table's. */
const contextBytes = [200, 40_000] as const;
const kinds = ['small', 'table'] as const;
const names = { small: 'small operation', table: 'table’s question' } as const;

/** CPU of the gateway with its gate against the same gateway with a gate that lets everybody in. */
export const gate: Benchmark = async ({ rounds, hub: hubs, folder, profileFolder, say }) => {
  const processes = await startGateProcesses(
    await hubs.shared(),
    join(folder, 'gate'),
    profileFolder,
  );
  const { gated, open, authority } = processes;
  const questions = await gateQuestions();
  const asking = {
    gated: createJsonPoster(`${gated.url}/graphql`, await askingInTurns(authority)),
    open: createJsonPoster(`${open.url}/graphql`),
  };
  const refused = (await refusedQuestions(authority)).map((question) => ({
    ...question,
    poster: createJsonPoster(`${gated.url}/graphql`, question.headers),
  }));
  const series = createSeries();
  try {
    await warmUp();
    for (let round = 0; round < rounds; round += 1) {
      const answerMs: Record<keyof GateQuestions, number> = { small: 0, table: 0 };
      for (const kind of kinds) {
        const spent = { gated: 0, open: 0 };
        for (const side of ['gated', 'open', 'open', 'gated'] as const) {
          spent[side] += await cpuMs(side === 'gated' ? gated.pid : open.pid, loads[kind], () =>
            postOrThrow(asking[side], questions[kind]),
          );
        }
        answerMs[kind] = spent.gated / 2;
        series.add(`gated ${kind}`, spent.gated / 2);
        series.add(`open ${kind}`, spent.open / 2);
        series.add(`times ${kind}`, spent.gated / spent.open);
        say(`gate: round ${round + 1}, ${kind}: ${(spent.gated / spent.open).toFixed(3)} times`);
      }
      for (const question of refused) {
        const { name, against } = question;
        const ms = await cpuMs(gated.pid, refusals, () => refuse(question, question.poster));
        series.add(`refused ${name}`, ms * 1000);
        for (const kind of against) series.add(`cheaper ${kind} ${name}`, answerMs[kind] / ms);
        say(`gate: round ${round + 1}, ${name}: ${Math.round(ms * 1000)} µs`);
      }
      for (const bytes of contextBytes) {
        const { sign, verify } = measureContexts(bytes, 3_000);
        series.add(`sign ${bytes}`, sign);
        series.add(`verify ${bytes}`, verify);
      }
    }
  } finally {
    for (const poster of [asking.gated, asking.open, ...refused.map(({ poster: own }) => own)]) {
      poster.close();
    }
    await processes.close();
  }
  return {
    figures: [
      ...kinds.flatMap(comparedFigures),
      ...refused.flatMap(refusalFigures),
      ...contextBytes.flatMap(contextFigures),
    ],
    notes: [
      'gate: both gateways ask stand-ins that repeat the subgraphs’ answers and verify nobody; signing is in the gated one’s CPU, verifying is not.',
    ],
  };

  async function warmUp(): Promise<void> {
    for (const kind of kinds) {
      await answerAlike([asking.gated, asking.open], questions[kind]);
      const { count, concurrency } = loads[kind];
      for (const poster of [asking.gated, asking.open]) {
        await runLoad({ count: count * warmUpShare, concurrency }, () =>
          postOrThrow(poster, questions[kind]),
        );
      }
    }
    for (const question of refused) {
      await runLoad({ ...refusals, count: refusals.count * warmUpShare }, () =>
        refuse(question, question.poster),
      );
    }
  }

  function refuse({ question, code }: RefusedQuestion, poster: JsonPoster): Promise<string> {
    return refuseOrThrow(poster, questions[question], code);
  }

  function comparedFigures(kind: keyof GateQuestions): Figure[] {
    return [
      {
        name: `gate, CPU of a ${names[kind]}`,
        unit: 'ms',
        rounds: series.of(`gated ${kind}`),
        peer: { name: 'open gate', rounds: series.of(`open ${kind}`) },
      },
      {
        name: `– ${names[kind]}, gated over open`,
        unit: 'times',
        rounds: series.of(`times ${kind}`),
        target: { value: mostTimes[kind], is: 'at most' },
      },
    ];
  }

  function refusalFigures({ name, against }: RefusedQuestion): Figure[] {
    return [
      { name: `refusal, ${name}, CPU`, unit: 'µs', rounds: series.of(`refused ${name}`) },
      ...against.map((kind) => ({
        name: `– cheaper than the answer to the ${names[kind]}`,
        unit: 'times',
        rounds: series.of(`cheaper ${kind} ${name}`),
        target: { value: cheaperTimes, is: 'at least' as const },
      })),
    ];
  }

  function contextFigures(bytes: number): Figure[] {
    return (['sign', 'verify'] as const).map((what) => ({
      name: `context of ${bytes} bytes, digest included, to ${what}`,
      unit: 'µs',
      rounds: series.of(`${what} ${bytes}`),
    }));
  }
};

/** Milliseconds of the process's CPU for each of the tasks. */
async function cpuMs(
  pid: number,
  load: { readonly count: number; readonly concurrency: number },
  task: () => Promise<unknown>,
): Promise<number> {
  const before = await cpuSecondsOf(pid);
  await runLoad(load, task);
  return (((await cpuSecondsOf(pid)) - before) * 1000) / load.count;
}
