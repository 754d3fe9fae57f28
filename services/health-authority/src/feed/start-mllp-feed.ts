import { randomUUID } from 'node:crypto';
import { buildHl7Acknowledgement, type MllpListener, startMllpListener } from '@tavolo/feed-kit';
import type { Logger } from '@tavolo/process-kit';
import type { HealthFeedStore } from '../store/health-feed-store.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { AdtConventions } from './parse-adt.ts';
import { type Hl7Delivery, readHl7Delivery } from './read-hl7-delivery.ts';

export interface MllpFeedOptions {
  readonly host: string;
  readonly port: number;
  readonly maxMessageBytes: number;
  readonly idleTimeoutMs: number;
  readonly conventions: AdtConventions;
  readonly queue: CommitQueue;
  readonly store: HealthFeedStore;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Takes ADT messages over MLLP; AA is written only after the message is on disk. */
export function startMllpFeed(options: MllpFeedOptions): Promise<MllpListener> {
  const { queue, store, now, logger, conventions } = options;

  async function acknowledge(
    message: Buffer,
    { delivery, isForeign }: Hl7Delivery,
  ): Promise<Buffer> {
    const answer = { at: now(), controlId: randomUUID().slice(0, 20) };
    try {
      const outcome = await queue.take(delivery);
      if (outcome.kind !== 'quarantined') {
        return buildHl7Acknowledgement(message, { ...answer, code: 'AA' });
      }
      const { problem } = outcome;
      logger.warn({ field: problem.field, reason: problem.reason }, 'message quarantined');
      return buildHl7Acknowledgement(message, {
        ...answer,
        code: isForeign ? 'AR' : 'AE',
        problem,
      });
    } catch (cause) {
      const reason = store.isDiskFull(cause) ? 'no space to store' : 'could not be stored';
      logger.error({ err: cause, reason }, 'message not stored');
      // Not AA: the sender keeps the message and sends it again.
      return buildHl7Acknowledgement(message, {
        ...answer,
        code: 'AE',
        problem: { field: null, reason },
      });
    }
  }

  return startMllpListener({
    host: options.host,
    port: options.port,
    maxMessageBytes: options.maxMessageBytes,
    idleTimeoutMs: options.idleTimeoutMs,
    handle: async (message) => {
      const origin = { source: 'mllp', line: null, receivedAt: now().toISOString() };
      return acknowledge(message, readHl7Delivery(message, origin, conventions));
    },
    refuseOversized: async (head) => {
      const origin = { source: 'mllp', line: null, receivedAt: now().toISOString() };
      const { delivery } = readHl7Delivery(head, origin, conventions);
      const problem = {
        field: null,
        reason: `message is longer than ${options.maxMessageBytes} bytes`,
      };
      // The head is not the message: it isn't kept, only noted.
      const refused = {
        ...delivery,
        bytes: Buffer.alloc(0),
        reading: { kind: 'refused', problem },
      } as const;
      return acknowledge(head, { delivery: refused, isForeign: true });
    },
    onConnectionError: (cause) => logger.warn({ err: cause }, 'MLLP connection failed'),
  });
}
