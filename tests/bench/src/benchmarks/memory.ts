import { readExample } from '@tavolo/harness';
import type { Benchmark } from '../benchmark.ts';
import { askingTheHub } from '../call-headers.ts';
import { createJsonPoster, type JsonPoster, postOrThrow } from '../json-poster.ts';
import { describeGrowth, warmUpShare } from '../memory-growth.ts';
import { memoryOf } from '../process-usage.ts';
import { postPatiently } from '../rate-allowance.ts';
import { runLoad } from '../run-load.ts';

/** One question in so many is the table's, over all four districts and many pages. */
const tableEvery = 50;
const concurrency = 8;
const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;
const firstDay = Date.parse('2011-03-01');

const smallQuestion = `query Receptions($from: Date, $to: Date) {
  immediateReceptions(from: $from, to: $to, first: 1) { nodes { id startedAt } }
}`;
const facilityCursors = `query Cursors($after: String) {
  facilities(first: 1, after: $after) { pageInfo { hasNextPage endCursor } }
}`;

/** The gateway's resident memory over many questions, no two with the same variables in a row of thousands. */
export const memory: Benchmark = async ({ questions, hub: hubs, say }) => {
  const hub = await hubs.shared();
  const pid = hub.processes.get('gateway')?.pid ?? 0;
  const gateway = createJsonPoster(`${hub.gatewayUrl}/graphql`, await askingTheHub(hub));
  try {
    const table = await readExample('table-question');
    const cursors = await readCursors(gateway);
    const bodyOf = (index: number): string => {
      if (index % tableEvery !== 0)
        return JSON.stringify({ query: smallQuestion, variables: days(index) });
      const turn = index / tableEvery;
      const after = cursors[Math.floor(turn / districts.length) % cursors.length] ?? null;
      const district = districts[turn % districts.length];
      return JSON.stringify({ query: table, variables: { district, after } });
    };
    const samples: { x: number; y: number }[] = [];
    const step = Math.max(100, Math.round(questions / 100));
    for (let done = 0; done < questions; done += step) {
      await runLoad({ count: Math.min(step, questions - done), concurrency }, (index) =>
        postPatiently(gateway, bodyOf(done + index)),
      );
      const { rssKb } = await memoryOf(pid);
      samples.push({ x: (done + step) / 1000, y: rssKb });
      if (samples.length % 10 === 0) {
        say(`memory: ${done + step} questions, ${Math.round(rssKb / 1024)} MB resident`);
      }
    }
    const settled = samples.slice(Math.floor(samples.length * warmUpShare));
    const growth = describeGrowth(settled);
    return {
      figures: [
        {
          name: `gateway resident (Rss), after the first ${warmUpShare * 100} %`,
          unit: 'MB',
          rounds: settled.map(({ y }) => y / 1024),
        },
        {
          name: 'gateway growth after warm-up',
          unit: 'KB per 1,000 questions',
          rounds: [growth.slopeKb],
        },
      ],
      notes: [growth.verdict],
    };
  } finally {
    gateway.close();
  }
};

/** Two days that no other question of the run has, as long as there are days since 2011. */
function days(index: number): { from: string; to: string } {
  const from = firstDay + (index % 5_000) * 86_400_000;
  const to = from + Math.floor(index / 5_000) * 86_400_000;
  return { from: isoDay(from), to: isoDay(to) };
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

async function readCursors(gateway: JsonPoster): Promise<readonly (string | null)[]> {
  const cursors: (string | null)[] = [null];
  for (let more = true; more; ) {
    const text = await postOrThrow(
      gateway,
      JSON.stringify({ query: facilityCursors, variables: { after: cursors.at(-1) } }),
    );
    // The query above, answered without an error.
    const { data } = JSON.parse(text) as {
      data: { facilities: { pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
    };
    more = data.facilities.pageInfo.hasNextPage;
    if (more) cursors.push(data.facilities.pageInfo.endCursor);
  }
  return cursors;
}
