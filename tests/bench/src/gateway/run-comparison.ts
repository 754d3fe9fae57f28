import { describeMachine, fixedWorkMs } from '../machine-noise.ts';
import { compareGateways } from './measure/compare-gateways.ts';
import type { Arguments } from './read-arguments.ts';
import { comparisonReport } from './report/comparison-report.ts';
import { gatewayTargets } from './report/gateway-targets.ts';
import { startGraph } from './start-graph.ts';
import { startPeers } from './start-peers.ts';

/** The report of a whole run, as Markdown or JSON. */
export async function runComparison(
  options: Arguments & { readonly folder: string; readonly say: (line: string) => void },
): Promise<string> {
  const { folder, say, rounds, seconds, connections } = options;
  const work = [fixedWorkMs()];
  const graph = await startGraph(folder);
  try {
    const peers = await startPeers(
      options.gateways,
      { ...graph.setting, folder, nodeOptions: [] },
      say,
    );
    try {
      const comparisons = await compareGateways({
        ...options,
        peers: peers.running,
        fetches: graph.fetches,
      });
      work.push(fixedWorkMs());
      const machine = describeMachine(work);
      const day = new Date().toISOString().slice(0, 10);
      const { absent } = peers;
      if (options.json) {
        const targets = gatewayTargets(comparisons);
        return `${JSON.stringify({ day, machine, rounds, seconds, connections, comparisons, targets, absent }, null, 1)}\n`;
      }
      return `${day}; ${machine}; ${rounds} rounds of ${seconds} s at ${connections} connections\n\n${comparisonReport(comparisons, absent)}\n`;
    } finally {
      await peers.close();
    }
  } finally {
    await graph.close();
  }
}
