import { type FeedDatabase, type FeedRejection, prepareSql } from '@tavolo/feed-kit';

/** What became of one dropped file. */
export interface DropEntry {
  readonly sha256: string;
  readonly name: string;
  readonly kind: string;
  readonly outcome: 'ingested' | 'rejected';
  /** RFC 3339; how new the file's data are; null when it could not be read. */
  readonly dataAt: string | null;
  readonly receivedAt: string;
  readonly accepted: number;
  readonly identifiersIgnored: number;
  readonly rejections: readonly FeedRejection[];
}

export interface DropLedger {
  has(sha256: string): boolean;
  /** Writes the entry and its rejections; inside the transaction of the rows. */
  record(entry: DropEntry): void;
}

/** Remembers every file by its digest: the same bytes dropped again change nothing. */
export function createDropLedger(database: FeedDatabase): DropLedger {
  const found = prepareSql(database, 'SELECT 1 FROM drop_file WHERE sha256 = ?');
  const insert = prepareSql(database, 'INSERT INTO drop_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const reject = prepareSql(
    database,
    'INSERT INTO rejection (sha256, source, line, field, reason, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    has: (sha256) => found.tuple([sha256]) !== undefined,
    record(entry) {
      insert.run([
        entry.sha256,
        entry.name,
        entry.kind,
        entry.outcome,
        entry.dataAt,
        entry.receivedAt,
        entry.accepted,
        entry.rejections.length,
        entry.identifiersIgnored,
      ]);
      for (const { source, line, field, reason, at } of entry.rejections) {
        reject.run([entry.sha256, source, line, field, reason, at]);
      }
    },
  };
}
