import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { showNumber } from '../../figure-table.ts';
import { markdownTable } from '../../markdown-table.ts';
import { bodyOf, type Question } from '../graph/questions.ts';
import { checkAnswer } from '../measure/check-answer.ts';
import { createLoadConnections } from '../measure/load-connections.ts';
import { measureSlice, type SliceFigures } from '../measure/measure-slice.ts';
import type { RunningPeer } from '../peers/gateway-peer.ts';
import { freePort } from '../peers/start-pinned-process.ts';
import type { Arguments } from '../read-arguments.ts';
import { startGraph } from '../start-graph.ts';
import { startPeers } from '../start-peers.ts';
import { type CpuProfile, groupSelfTime } from './group-self-time.ts';
import { inspectProcess, type ProcessInspector } from './inspect-process.ts';
import { withSourceUrls } from './with-source-urls.ts';

/** Below this share of a request a group is counted with the rest. */
const leastShare = 0.005;

/** Profiles of ours, with and without its gate: a file a question, and where the time of a request goes. */
export async function runProfile(
  options: Arguments & {
    readonly folder: string;
    readonly profileFolder: string;
    readonly say: (line: string) => void;
  },
): Promise<string> {
  const { folder, profileFolder, questions, say, json } = options;
  const graph = await startGraph(folder);
  const results: object[] = [];
  const texts: string[] = [];
  try {
    for (const gateway of options.gateways) {
      if (!gateway.name.startsWith('ours')) {
        throw new Error(`--profile looks into ours only, not into ${gateway.name}`);
      }
      const port = await freePort();
      const nodeOptions = [`--inspect=127.0.0.1:${port}`];
      const peers = await startPeers([gateway], { ...graph.setting, folder, nodeOptions }, say);
      try {
        const inspector = await inspectProcess(port);
        for (const peer of peers.running) {
          for (const question of questions) {
            say(`profiling ${peer.name}, ${question.name}`);
            const { profile, figures } = await profileQuestion(peer, question, inspector);
            const name = `${peer.name}-${question.name}`.replaceAll(' ', '-');
            await writeFile(join(profileFolder, `${name}.cpuprofile`), JSON.stringify(profile));
            const requests = figures.perSecond * options.seconds;
            const groups = perRequest(await withSourceUrls(profile), requests);
            results.push({ gateway: peer.name, question: question.name, groups });
            texts.push(`### ${peer.name}, ${question.name}\n\n${groupTable(groups, figures)}`);
          }
        }
        inspector.close();
      } finally {
        await peers.close();
      }
    }
  } finally {
    await graph.close();
  }
  if (json) return `${JSON.stringify(results, null, 1)}\n`;
  return `${texts.join('\n\n')}\n\nThe profiles are in ${profileFolder}.\n`;

  async function profileQuestion(
    peer: RunningPeer,
    question: Question,
    inspector: ProcessInspector,
  ): Promise<{ profile: CpuProfile; figures: SliceFigures }> {
    const { url, headers } = peer;
    const { bytes } = await checkAnswer(peer, question);
    const { connections } = options;
    const load = createLoadConnections({
      url,
      body: bodyOf(question),
      headers,
      connections,
      bytes,
    });
    try {
      await load.run(options.warmUpSeconds);
      const measured: SliceFigures[] = [];
      const profile = await inspector.profile(async () => {
        measured.push(await measureSlice(peer.pid, load, options.seconds, graph.fetches));
      });
      const [figures] = measured;
      if (!figures) throw new Error('nothing was measured');
      return { profile, figures };
    } finally {
      await load.close();
    }
  }
}

interface GroupTime {
  readonly group: string;
  readonly microseconds: number;
  readonly share: number;
}

function perRequest(profile: CpuProfile, requests: number): GroupTime[] {
  const sums = groupSelfTime(profile);
  const total = [...sums.values()].reduce((sum, value) => sum + value, 0);
  const all = [...sums].map(([group, sum]) => ({
    group,
    microseconds: sum / requests,
    share: sum / total,
  }));
  const shown = all.filter(({ share }) => share >= leastShare);
  const rest = all.filter(({ share }) => share < leastShare);
  return [
    ...shown,
    {
      group: 'the rest',
      microseconds: rest.reduce((sum, { microseconds }) => sum + microseconds, 0),
      share: rest.reduce((sum, { share }) => sum + share, 0),
    },
  ];
}

function groupTable(groups: readonly GroupTime[], figures: SliceFigures): string {
  const sum = groups.reduce((total, { microseconds }) => total + microseconds, 0);
  return markdownTable(
    ['where', 'µs a request', 'share'],
    [
      ...groups.map(({ group, microseconds, share }) => [
        group,
        showNumber(microseconds),
        `${(share * 100).toFixed(1)} %`,
      ]),
      ['main thread together', showNumber(sum), '100 %'],
      ['CPU of the process, profiler included', showNumber(figures.cpuMicroseconds), ''],
    ],
  );
}
