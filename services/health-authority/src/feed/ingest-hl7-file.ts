import { setImmediate } from 'node:timers/promises';
import { type DropOutcome, type DroppedFile, Hl7Error, readHl7Batch } from '@tavolo/feed-kit';
import type { HealthFeedStore } from '../store/health-feed-store.ts';
import { labelOfFile } from './label-of-file.ts';
import type { AdtConventions } from './parse-adt.ts';
import { readHl7Delivery } from './read-hl7-delivery.ts';

/** Messages in one commit: few enough to leave the event loop to others. */
const messagesPerCommit = 100;

/**
 * Takes in a dropped batch file. A file read again, whole or after a crash half way, changes nothing more:
 * every message is recognised by its control id.
 */
export async function ingestHl7File(
  file: DroppedFile,
  {
    store,
    conventions,
    now,
  }: {
    readonly store: HealthFeedStore;
    readonly conventions: AdtConventions;
    readonly now: () => Date;
  },
): Promise<DropOutcome> {
  const source = labelOfFile(file);
  let messages: ReturnType<typeof readHl7Batch>;
  try {
    messages = readHl7Batch(file.bytes);
  } catch (cause) {
    if (!(cause instanceof Hl7Error)) throw cause;
    store.reject(source, { field: cause.field, reason: cause.message }, now().toISOString());
    return { kind: 'rejected', reason: cause.message };
  }
  let news = 0;
  for (let start = 0; start < messages.length; start += messagesPerCommit) {
    const deliveries = messages.slice(start, start + messagesPerCommit).map(({ line, bytes }) => {
      const origin = { source, line, receivedAt: now().toISOString() };
      return readHl7Delivery(bytes, origin, conventions).delivery;
    });
    news += store.take(deliveries).filter(({ kind }) => kind !== 'duplicate').length;
    await setImmediate();
  }
  return { kind: news === 0 && messages.length > 0 ? 'duplicate' : 'ingested' };
}
