import { setTimeout as delay } from 'node:timers/promises';
import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';
import { askGraph } from '../ask-graph.ts';
import type { SigningKey } from '../draw-signing-key.ts';
import { droppingPartners } from '../hub-environment.ts';
import { countWaitingFiles } from './deliver-demo.ts';

const pollMs = 500;
/** The institutions enrol a moment after they take something in: so long nothing may change. */
const quietMs = 3_000;
const giveUpMs = 600_000;

const indexStatus = z.object({
  personIndexStatus: z.object({ partners: z.array(z.object({ people: z.number() })) }),
});

/** Resolves once every file is taken and the index has stopped growing. */
export async function waitUntilSettled({
  folder,
  personIndexUrl,
  gatewayKey,
  onProgress,
}: {
  readonly folder: string;
  readonly personIndexUrl: string;
  readonly gatewayKey: SigningKey;
  readonly onProgress: (line: string) => void;
}): Promise<void> {
  const deadline = Date.now() + giveUpMs;
  let before = '';
  let unchangedSince = Date.now();
  while (Date.now() < deadline) {
    const waiting = await Promise.all(
      droppingPartners.map((name) => countWaitingFiles(folder, name)),
    );
    const { personIndexStatus } = await askGraph(
      { name: 'person-index', url: personIndexUrl, key: gatewayKey },
      '{ personIndexStatus { partners { people } } }',
      indexStatus,
    );
    const enrolled = personIndexStatus.partners.reduce((sum, { people }) => sum + people, 0);
    const filesWaiting = waiting.reduce((sum, count) => sum + count, 0);
    const now = `${filesWaiting} files waiting, ${enrolled} records enrolled in the person index`;
    if (now !== before) {
      onProgress(now);
      before = now;
      unchangedSince = Date.now();
    }
    if (filesWaiting === 0 && Date.now() - unchangedSince >= quietMs) return;
    await delay(pollMs);
  }
  throw new StartProblem(`The demo province did not settle: ${before}`);
}
