import { cpuSecondsOf, memoryOf } from '../../process-usage.ts';
import { quantile } from '../../quantiles.ts';
import type { LoadConnections } from './load-connections.ts';

/** One gateway and one question for some seconds. */
export interface SliceFigures {
  /** All threads of the gateway's process. */
  readonly cpuMicroseconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Questions to subgraphs for one question of a client. */
  readonly fetches: number;
  /** Largest resident set seen. */
  readonly rssMb: number;
  /** Share of one core that the gateway used; well below 1, it waited for its load. */
  readonly coreShare: number;
}

const memoryEveryMs = 500;

/** `fetches` tells how many questions the subgraphs heard so far. */
export async function measureSlice(
  pid: number,
  load: LoadConnections,
  seconds: number,
  fetches: () => number,
): Promise<SliceFigures> {
  const rssKb: number[] = [];
  const look = () =>
    memoryOf(pid).then(
      (memory) => void rssKb.push(memory.rssKb),
      // Gone: the load says so.
      () => undefined,
    );
  const looking = setInterval(() => void look(), memoryEveryMs);
  try {
    const cpuBefore = await cpuSecondsOf(pid);
    const fetchesBefore = fetches();
    const { latenciesMs, seconds: took } = await load.run(seconds);
    const cpuSeconds = (await cpuSecondsOf(pid)) - cpuBefore;
    const asked = latenciesMs.length;
    const heard = fetches() - fetchesBefore;
    await look();
    return {
      cpuMicroseconds: (cpuSeconds * 1e6) / asked,
      perSecond: asked / took,
      p50Ms: quantile(latenciesMs, 0.5),
      p99Ms: quantile(latenciesMs, 0.99),
      fetches: heard / asked,
      rssMb: Math.max(...rssKb) / 1024,
      coreShare: cpuSeconds / took,
    };
  } finally {
    clearInterval(looking);
  }
}
