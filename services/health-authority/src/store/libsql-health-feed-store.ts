import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import { createApplyFact, type DeriveId } from './apply-fact.ts';
import type { Delivery, DeliveryOutcome, HealthFeedStore } from './health-feed-store.ts';

/** The feeds' side of the store; `dayOf` says on which day of the institution an instant falls. */
export function createLibsqlHealthFeedStore(
  database: FeedDatabase,
  { deriveId, dayOf }: { readonly deriveId: DeriveId; readonly dayOf: (instant: string) => string },
): HealthFeedStore {
  const sql = (text: string) => prepareSql(database, text);
  const applyFact = createApplyFact(database, deriveId);
  const findApplied = sql(
    "SELECT content_sha256 FROM message WHERE sender = ? AND control_id = ? AND state = 'APPLIED'",
  );
  const findRefused = sql(
    "SELECT id FROM message WHERE sender = ? AND control_id = ? AND content_sha256 = ? AND state <> 'APPLIED'",
  );
  const insertMessage = sql(`
    INSERT INTO message (source, sender, control_id, content_sha256, received_at, state, bytes)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const insertRejection = sql(
    'INSERT INTO rejection (message_id, source, line, field, reason, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const count = sql(`
    INSERT INTO feed_day (day, received, applied, quarantined, duplicates) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET received = received + excluded.received, applied = applied + excluded.applied,
      quarantined = quarantined + excluded.quarantined, duplicates = duplicates + excluded.duplicates`);
  const readCursor = sql('SELECT value FROM feed_cursor WHERE name = ?');
  const writeCursor = sql('INSERT OR REPLACE INTO feed_cursor (name, value) VALUES (?, ?)');
  const localIdByFhirId = sql('SELECT local_id FROM fhir_patient WHERE fhir_id = ?');
  const forget = sql('UPDATE message SET bytes = NULL WHERE bytes IS NOT NULL AND received_at < ?');

  function insert(delivery: Delivery, state: 'APPLIED' | 'QUARANTINED' | 'REPEATED_ID'): number {
    const { source, sender, controlId, contentSha256, receivedAt, bytes } = delivery;
    const parameters = [source, sender, controlId, contentSha256, receivedAt, state, bytes];
    return Number(insertMessage.run(parameters).lastInsertRowid);
  }

  function takeOne(delivery: Delivery): DeliveryOutcome {
    const { sender, controlId, contentSha256, source, line, receivedAt, reading } = delivery;
    const refuse = (id: number, field: string | null, reason: string) =>
      insertRejection.run([id, source, line, field, reason, receivedAt]);
    const applied =
      controlId === ''
        ? undefined
        : findApplied.get<{ content_sha256: string }>([sender, controlId]);
    const refusedBefore = () => findRefused.get([sender, controlId, contentSha256]) !== undefined;
    if (applied) {
      if (applied.content_sha256 !== contentSha256 && !refusedBefore()) {
        // Senders that restart their counter reuse ids: acknowledged, not applied, and kept where people look.
        refuse(
          insert(delivery, 'REPEATED_ID'),
          'MSH-10',
          'repeats an earlier id with other content; not applied',
        );
      }
      return { kind: 'duplicate' };
    }
    if (reading.kind === 'refused') {
      const { problem } = reading;
      // Sent again unchanged, or read again after a crash: one quarantine entry is enough.
      const again = refusedBefore();
      if (!again) refuse(insert(delivery, 'QUARANTINED'), problem.field, problem.reason);
      return { kind: 'quarantined', problem, again };
    }
    const id = insert(delivery, 'APPLIED');
    for (const fact of reading.facts) applyFact(fact, id, receivedAt);
    for (const { field, reason } of reading.warnings) refuse(id, field, reason);
    return { kind: 'applied' };
  }

  function inTransaction<Result>(work: () => Result): Result {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (cause) {
      // SQLite has already rolled back by itself when the disk is full.
      if (database.inTransaction) database.exec('ROLLBACK');
      throw cause;
    }
  }

  return {
    take: (deliveries) =>
      inTransaction(() => {
        const outcomes = deliveries.map(takeOne);
        const applied = outcomes.filter(({ kind }) => kind === 'applied').length;
        const quarantined = outcomes.filter(
          (one) => one.kind === 'quarantined' && !one.again,
        ).length;
        const received = outcomes.length;
        const day = dayOf(deliveries[0]?.receivedAt ?? new Date(0).toISOString());
        count.run([day, received, applied, quarantined, received - applied - quarantined]);
        return outcomes;
      }),
    isDiskFull: (cause) =>
      cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_FULL',
    localIdByFhirId: (fhirId) =>
      localIdByFhirId.get<{ local_id: string }>([fhirId])?.local_id ?? null,
    reject: (source, { field, reason }, at) => {
      insertRejection.run([null, source, null, field, reason, at]);
    },
    readCursor: (name) => readCursor.get<{ value: string }>([name])?.value ?? null,
    writeCursor: (name, value) => {
      writeCursor.run([name, value]);
    },
    forgetRawBefore: (instant) => forget.run([instant]).changes,
  };
}
