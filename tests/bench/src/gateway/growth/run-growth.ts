import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { showNumber } from '../../figure-table.ts';
import { describeMachine, fixedWorkMs } from '../../machine-noise.ts';
import { markdownTable } from '../../markdown-table.ts';
import { composeSupergraph } from '../graph/compose-supergraph.ts';
import { bodyOf } from '../graph/questions.ts';
import { startMemorySubgraphs } from '../graph/start-memory-subgraphs.ts';
import { checkAnswer } from '../measure/check-answer.ts';
import { createLoadConnections } from '../measure/load-connections.ts';
import { measureSlice, type SliceFigures } from '../measure/measure-slice.ts';
import { ours } from '../peers/ours.ts';
import type { Arguments } from '../read-arguments.ts';
import { growthSubgraphs } from './growth-graph.ts';
import { type GrowthStep, growthSteps } from './growth-steps.ts';

/** Few: what is looked for is the cost of one answer, and the largest are 10 MB. */
const connections = 4;

type GrowthRow = Omit<GrowthStep, 'question' | 'notes'> & SliceFigures & { readonly bytes: number };

/** Cost of ours over the size of what is asked, each size in a process of its own. */
export async function runGrowth(
  options: Arguments & { readonly folder: string; readonly say: (line: string) => void },
): Promise<string> {
  const { folder, say, seconds, warmUpSeconds } = options;
  const work = [fixedWorkMs()];
  const subgraphs = growthSubgraphs();
  const running = await startMemorySubgraphs(subgraphs);
  const rows: GrowthRow[] = [];
  try {
    for (const step of growthSteps()) {
      const supergraphFile = join(folder, `growth-${step.notes}.graphql`);
      const graph = subgraphs.slice(0, 1 + step.notes);
      await writeFile(supergraphFile, composeSupergraph(graph, running.urls));
      const figures = await measureStep(step, supergraphFile);
      rows.push(figures);
      say(`${step.question.name}: ${showNumber(figures.cpuMicroseconds)} µs`);
    }
  } finally {
    await running.close();
  }
  work.push(fixedWorkMs());
  const machine = describeMachine(work);
  const day = new Date().toISOString().slice(0, 10);
  if (options.json) return `${JSON.stringify({ day, machine, rows }, null, 1)}\n`;
  return `${day}; ${machine}; ${seconds} s of each at ${connections} connections\n\n${growthTable(rows)}\n`;

  async function measureStep(step: GrowthStep, supergraphFile: string): Promise<GrowthRow> {
    const { question, series, unit, size } = step;
    const peer = await ours.start({
      folder,
      supergraphFile,
      protectedSupergraphFile: supergraphFile,
      subgraphs: [],
      installed: '',
      nodeOptions: [],
    });
    try {
      const { bytes } = await checkAnswer(peer, question);
      const { url, headers } = peer;
      const load = createLoadConnections({
        url,
        body: bodyOf(question),
        headers,
        connections,
        bytes,
      });
      try {
        await load.run(warmUpSeconds);
        const figures = await measureSlice(peer.pid, load, seconds, () => running.fetches);
        return { series, unit, size, bytes, ...figures };
      } finally {
        await load.close();
      }
    } finally {
      await peer.close();
    }
  }
}

function growthTable(rows: readonly GrowthRow[]): string {
  return markdownTable(
    ['what grows', 'answer, KB', 'fetches', 'CPU, ms', 'CPU of each, µs', 'p99 ms', 'memory MB'],
    rows.map(({ unit, size, bytes, fetches, cpuMicroseconds, p99Ms, rssMb }) => [
      `${unit}: ${showNumber(size)}`,
      showNumber(bytes / 1000),
      showNumber(fetches),
      showNumber(cpuMicroseconds / 1000),
      showNumber(cpuMicroseconds / size),
      showNumber(p99Ms),
      showNumber(rssMb),
    ]),
  );
}
