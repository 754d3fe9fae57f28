import { setImmediate } from 'node:timers/promises';
import type { Enrolment } from './enrolment.ts';
import type { StateDatabase } from './open-database.ts';

export interface RowPlace {
  /** File or table. */
  readonly source: string;
  readonly line: number | null;
}

/** A row that is not taken in: where, which field, which rule; never the value. */
export interface RefusedRow extends RowPlace {
  readonly field: string | null;
  readonly reason: string;
}

export type TakenRow =
  | { readonly kind: 'accepted'; readonly enrolment: Enrolment; readonly place: RowPlace }
  | { readonly kind: 'refused'; readonly refused: RefusedRow };

export interface SnapshotCounts {
  readonly accepted: number;
  readonly refused: number;
}

const rowsPerTurn = 500;
/** More refusals than these are counted and not kept one by one. */
const maxQuarantined = 10_000;

/**
 * Writes a whole new snapshot beside the current one and then shows it in one step; when `rows` throws, the current
 * one stays. The event loop gets a turn every few hundred rows. One replacement at a time.
 */
export async function replaceSnapshot(
  database: StateDatabase,
  rows: AsyncIterable<TakenRow>,
  { asOf, digest }: { readonly asOf: string; readonly digest: string | null },
): Promise<SnapshotCounts> {
  const { snapshot: old } = database.prepare('SELECT snapshot FROM current').get() as {
    snapshot: number;
  }; // the table has one row
  const snapshot = old + 1;
  await forget(database, old);
  const counts = { accepted: 0, refused: 0 };
  const take = createTake(database, snapshot, counts);
  let waiting: TakenRow[] = [];
  const write = () => {
    database.transaction(() => waiting.forEach(take))();
    waiting = [];
  };
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < rowsPerTurn) continue;
    write();
    await setImmediate();
  }
  write();
  database
    .prepare('UPDATE current SET snapshot = ?, as_of = ?, accepted = ?, refused = ?, digest = ?')
    .run(snapshot, asOf, counts.accepted, counts.refused, digest);
  await forget(database, snapshot);
  return counts;
}

/** The digest of what the current snapshot was made from; the same again changes nothing. */
export function currentDigest(database: StateDatabase): string | null {
  const row = database.prepare('SELECT digest FROM current').get();
  return (row as { digest: string | null }).digest; // the table has one row
}

function createTake(
  database: StateDatabase,
  snapshot: number,
  counts: { accepted: number; refused: number },
): (row: TakenRow) => void {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO enrolment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const quarantine = database.prepare('INSERT INTO quarantine VALUES (?, ?, ?, ?, ?)');
  const refuse = ({ source, line, field, reason }: RefusedRow) => {
    counts.refused += 1;
    if (counts.refused <= maxQuarantined) quarantine.run(snapshot, source, line, field, reason);
  };
  return (row) => {
    if (row.kind === 'refused') return refuse(row.refused);
    const { id, personKey, kind, status, startedOn, endedOn, district, isTargeted } = row.enrolment;
    const targeted = isTargeted === null ? null : Number(isTargeted);
    const { changes } = insert.run(
      snapshot,
      id,
      personKey,
      kind,
      status,
      startedOn,
      endedOn,
      district,
      targeted,
    );
    if (changes === 1) counts.accepted += 1;
    else refuse({ ...row.place, field: 'localId', reason: 'is there twice' });
  };
}

/** Deletes every snapshot but this one, a few rows at a time. */
async function forget(database: StateDatabase, kept: number): Promise<void> {
  database.prepare('DELETE FROM quarantine WHERE snapshot <> ?').run(kept);
  const stale = database.prepare(
    `DELETE FROM enrolment WHERE (snapshot, id) IN
       (SELECT snapshot, id FROM enrolment WHERE snapshot <> ? LIMIT ${rowsPerTurn * 4})`,
  );
  while (stale.run(kept).changes > 0) await setImmediate();
}
