import { connectMllpSender, readHl7Acknowledgement } from '@tavolo/feed-kit';
import { createLogger } from '@tavolo/process-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLibsqlHealthFeedStore } from '../store/libsql-health-feed-store.ts';
import { openHealthDatabase } from '../store/open-health-database.ts';
import { adt, visit } from '../testing/adt.ts';
import { createCommitQueue } from './commit-queue.ts';
import { startMllpFeed } from './start-mllp-feed.ts';

const database = openHealthDatabase(':memory:');
const store = createLibsqlHealthFeedStore(database, {
  deriveId: (label, id) => `${label}:${id}`,
  dayOf: (instant) => instant.slice(0, 10),
});
let feed: Awaited<ReturnType<typeof startMllpFeed>>;

beforeEach(async () => {
  feed = await startMllpFeed({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes: 1_000_000,
    idleTimeoutMs: 60_000,
    conventions: { patientAuthority: 'AUSLPR', timeZone: 'Europe/Rome' },
    queue: createCommitQueue(store, { onCommitted: () => undefined }),
    store,
    now: () => new Date('2026-03-01T12:00:00Z'),
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
});
afterEach(() => feed.close());

describe('a full disk', () => {
  it('gives no message an AA, keeps none half, and what is sent again later is applied once', async () => {
    const messages = Array.from({ length: 40 }, (_, index) =>
      adt(`C${index}`, {
        segments: [visit(`V${index}`, '20260101100000'), `OBX|1|TX|||${'x'.repeat(8_000)}`],
      }),
    );
    const sender = await connectMllpSender({ host: '127.0.0.1', port: feed.port, window: 4 });
    const send = async () => {
      const answers = await Promise.all(messages.map((text) => sender.send(Buffer.from(text))));
      return answers.map((answer) => readHl7Acknowledgement(answer).code);
    };
    const count = (table: string) =>
      database.prepare(`SELECT count(*) AS n FROM ${table}`).get([]) as { n: number };
    const pages = database.prepare('PRAGMA page_count').get([]) as { page_count: number };

    database.exec(`PRAGMA max_page_count = ${pages.page_count + 30}`);
    const during = await send();
    const acknowledged = during.filter((code) => code === 'AA').length;
    expect(during).toContain('AE');
    expect(count('message').n).toBe(acknowledged);
    expect(count('event').n).toBe(acknowledged);
    // One that fits, right after one that did not: stored as itself, not as the failed one.
    const small = adt('SMALL', { segments: [visit('Vsmall', '20260101100000')] });
    expect(readHl7Acknowledgement(await sender.send(Buffer.from(small))).code).toBe('AA');
    const stored = database.prepare("SELECT bytes FROM message WHERE control_id = 'SMALL'").get([]);
    expect(stored).toMatchObject({ bytes: Buffer.from(small) });

    database.exec('PRAGMA max_page_count = 1000000');
    expect(new Set(await send())).toEqual(new Set(['AA']));
    expect(count('event').n).toBe(41);
    expect(count('message').n).toBe(41);
    await sender.close();
  });
});
