import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectMllpSender, readHl7Acknowledgement } from '@tavolo/feed-kit';
import type { Benchmark } from '../benchmark.ts';
import { writeCleanSources } from '../clean-sources.ts';
import { drawGatewayKey } from '../gateway-key.ts';
import { loneServiceEnvironment } from '../lone-service-environment.ts';
import { splitMllpBlocks } from '../split-mllp-blocks.ts';
import { startMeasuredProcess } from '../start-measured-process.ts';

interface Traffic {
  readonly connections: number;
  /** Messages sent ahead of their acknowledgement on each connection. */
  readonly window: number;
  readonly messages: number;
}

const traffics: readonly Traffic[] = [
  { connections: 1, window: 1, messages: 1_000 },
  { connections: 1, window: 64, messages: 5_000 },
  { connections: 4, window: 16, messages: 5_000 },
  { connections: 8, window: 1, messages: 4_000 },
];

/** Named as in the table; each is a process started anew for each round, so that no message is a repetition. */
const receivers = ['health authority', 'no store', 'append and flush'] as const;

/** Messages acknowledged after store, against a listener that keeps nothing and one that only appends. */
export const hl7: Benchmark = async ({ rounds, size, folder, profileFolder, say }) => {
  const messages = await drawMessages(join(folder, 'hl7-source'), size);
  const rates = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, traffic] of traffics.entries()) {
      for (const receiver of receivers) {
        const rate = await measure(receiver, traffic, `${round}-${index}-${receiver[0]}`);
        const key = keyOf(receiver, traffic);
        rates.set(key, [...(rates.get(key) ?? []), rate]);
        say(`hl7: round ${round + 1}, ${key}: ${Math.round(rate)}/s`);
      }
    }
  }
  const figures = traffics.flatMap((traffic) =>
    (['no store', 'append and flush'] as const).map((peer) => ({
      name: `HL7 ${traffic.connections} × window ${traffic.window}`,
      unit: 'messages/s',
      rounds: rates.get(keyOf('health authority', traffic)) ?? [],
      peer: { name: peer, rounds: rates.get(keyOf(peer, traffic)) ?? [] },
      target: { value: 500, is: 'at least' } as const,
    })),
  );
  return { figures, notes: [] };

  async function measure(receiver: string, traffic: Traffic, place: string): Promise<number> {
    const own = join(folder, 'hl7', place);
    await mkdir(join(own, 'drop'), { recursive: true });
    const isPeer = receiver !== 'health authority';
    const receiving = await startMeasuredProcess({
      entry: isPeer
        ? 'tests/bench/src/peers/mllp/main.ts'
        : 'services/health-authority/src/main.ts',
      env: isPeer
        ? receiver === 'no store'
          ? {}
          : { STORE_FILE: join(own, 'messages') }
        : loneServiceEnvironment(own, drawGatewayKey()),
      logFile: join(own, 'log'),
      profileFolder: isPeer ? undefined : profileFolder,
    });
    try {
      return await send(messages.slice(0, traffic.messages), receiving.mllpPort, traffic);
    } finally {
      await receiving.close();
    }
  }
};

/** Messages a second, from the first byte to the last acknowledgement; each must be `AA`. */
async function send(
  messages: readonly Buffer[],
  port: number,
  { connections, window }: Traffic,
): Promise<number> {
  const senders = await Promise.all(
    Array.from({ length: connections }, () =>
      connectMllpSender({ host: '127.0.0.1', port, window }),
    ),
  );
  const startedAt = performance.now();
  await Promise.all(
    messages.map(async (message, index) => {
      const answer = await senders[index % connections]?.send(message);
      const code = answer && readHl7Acknowledgement(answer).code;
      if (code !== 'AA') throw new Error(`message ${index} was answered ${code ?? 'nothing'}`);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(senders.map((sender) => sender.close()));
  return messages.length / seconds;
}

async function drawMessages(folder: string, size: number): Promise<readonly Buffer[]> {
  const files = await writeCleanSources('health-authority', size, folder);
  const mllp = files.filter((file) => file.endsWith('.mllp'));
  const contents = await Promise.all(mllp.map((file) => readFile(join(folder, file))));
  return contents.flatMap(splitMllpBlocks);
}

function keyOf(receiver: string, { connections, window }: Traffic): string {
  return `${receiver}, ${connections} × window ${window}`;
}
