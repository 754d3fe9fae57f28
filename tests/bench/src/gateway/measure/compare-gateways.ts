import { bodyOf, type Question } from '../graph/questions.ts';
import type { RunningPeer } from '../peers/gateway-peer.ts';
import { type CheckedAnswer, checkAnswer } from './check-answer.ts';
import { createLoadConnections, type LoadConnections } from './load-connections.ts';
import { measureSlice, type SliceFigures } from './measure-slice.ts';

export interface Comparison {
  readonly gateway: string;
  readonly question: string;
  /** Of the answer that was checked. */
  readonly bytes: number;
  /** One a round, all gateways measured in turns within it. */
  readonly rounds: readonly SliceFigures[];
}

interface Lane {
  readonly peer: RunningPeer;
  readonly question: Question;
  readonly bytes: number;
  readonly load: LoadConnections;
  readonly rounds: SliceFigures[];
}

/** Every gateway with every question in every round; throws when any answer is not the one of the others. */
export async function compareGateways(options: {
  readonly peers: readonly RunningPeer[];
  readonly questions: readonly Question[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  readonly fetches: () => number;
  readonly say: (line: string) => void;
}): Promise<readonly Comparison[]> {
  const { peers, questions, rounds, seconds, warmUpSeconds, connections, fetches, say } = options;
  const lanes: Lane[] = [];
  try {
    for (const question of questions) {
      let expected: CheckedAnswer['data'] | undefined;
      for (const peer of peers) {
        const { bytes, data } = await checkAnswer(peer, question, expected);
        expected ??= data;
        const { url, headers } = peer;
        const load = createLoadConnections({
          url,
          body: bodyOf(question),
          headers,
          connections,
          bytes,
        });
        lanes.push({ peer, question, bytes, load, rounds: [] });
      }
      say(`${question.name}: all answers are equal`);
    }
    for (const { peer, question, load } of lanes) {
      say(`warming up: ${peer.name}, ${question.name}`);
      await load.run(warmUpSeconds);
    }
    for (let round = 0; round < rounds; round += 1) {
      // There and back again: nobody always comes after the same one.
      for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) {
        const figures = await measureSlice(lane.peer.pid, lane.load, seconds, fetches);
        lane.rounds.push(figures);
        say(
          `round ${round + 1}: ${lane.peer.name}, ${lane.question.name}: ${Math.round(figures.cpuMicroseconds)} µs, ${Math.round(figures.perSecond)}/s`,
        );
      }
    }
    for (const question of questions) {
      // Whoever answers otherwise after a million questions measured something else.
      let expected: CheckedAnswer['data'] | undefined;
      for (const peer of peers) expected = (await checkAnswer(peer, question, expected)).data;
    }
  } finally {
    await Promise.all(lanes.map(({ load }) => load.close()));
  }
  return lanes.map(({ peer, question, bytes, rounds: measured }) => ({
    gateway: peer.name,
    question: question.name,
    bytes,
    rounds: measured,
  }));
}
