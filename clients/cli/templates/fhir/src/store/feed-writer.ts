import { createHash } from 'node:crypto';
import { deriveSectorKey } from '../hub/sector-key.ts';
import { type EnrolmentRecord, toEnrolment } from './enrolment.ts';
import type { StateDatabase } from './open-database.ts';

/** What one message says. */
export type Fact =
  | { readonly kind: 'put'; readonly record: EnrolmentRecord; readonly recordedAt: string }
  | { readonly kind: 'remove'; readonly localId: string; readonly recordedAt: string }
  /** The reason names the field and the rule, never the value. */
  | { readonly kind: 'refused'; readonly field: string; readonly reason: string };

export type Stored = 'accepted' | 'duplicate' | 'quarantined';

export interface FeedWriter {
  /**
   * Keeps one message and what it says, together; what it returns was committed. A message that came before is
   * taken once; another one under its control id goes to quarantine, with its bytes, for your technicians.
   */
  store(message: { readonly controlId: string; readonly body: Buffer }, fact: Fact): Stored;
  /** Forgets control ids and quarantined messages older than this. */
  forgetBefore(moment: Date): void;
}

export function createFeedWriter(
  database: StateDatabase,
  { sectorKeySecret, now }: { readonly sectorKeySecret: string; readonly now: () => Date },
): FeedWriter {
  const known = database.prepare('SELECT digest FROM message WHERE control_id = ?');
  const note = database.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?)');
  const newest = database.prepare('SELECT recorded_at AS at FROM applied WHERE id = ?');
  const apply = database.prepare(
    'INSERT INTO applied VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET recorded_at = excluded.recorded_at',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO enrolment SELECT snapshot, ?, ?, ?, ?, ?, ?, ?, ? FROM current',
  );
  const remove = database.prepare('DELETE FROM enrolment WHERE id = ?');
  const count = database.prepare(
    'UPDATE current SET as_of = ?, accepted = accepted + ?, refused = refused + ?',
  );

  const change = (fact: Exclude<Fact, { kind: 'refused' }>) => {
    const localId = fact.kind === 'put' ? fact.record.localId : fact.localId;
    const id = deriveSectorKey(sectorKeySecret, 'enrolment', localId);
    const before = newest.get(id) as { at: string } | undefined; // the column of the statement
    // Messages overtake each other: an older one changes nothing any more.
    if (before !== undefined && before.at > fact.recordedAt) return;
    apply.run(id, fact.recordedAt);
    if (fact.kind === 'remove') return void remove.run(id);
    const { personKey, isTargeted, ...row } = toEnrolment(fact.record, sectorKeySecret);
    const targeted = isTargeted === null ? null : Number(isTargeted);
    put.run(
      id,
      personKey,
      row.kind,
      row.status,
      row.startedOn,
      row.endedOn,
      row.district,
      targeted,
    );
  };

  return {
    store: ({ controlId, body }, fact) => {
      const digest = createHash('sha256').update(body).digest('hex');
      const at = now().toISOString();
      return database.transaction((): Stored => {
        const earlier = known.get(controlId) as { digest: string } | undefined; // as above
        if (earlier?.digest === digest) return 'duplicate';
        const refused =
          earlier !== undefined
            ? 'MSH-10: was used for another message'
            : fact.kind === 'refused'
              ? `${fact.field}: ${fact.reason}`
              : null;
        const isAccepted = refused === null && fact.kind !== 'refused';
        if (isAccepted) change(fact);
        // Under its digest: the control id is taken.
        const id = earlier === undefined ? controlId : `${controlId}#${digest}`;
        if (known.get(id) !== undefined) return 'duplicate';
        note.run(id, digest, at, refused, isAccepted ? null : body);
        count.run(at, isAccepted ? 1 : 0, isAccepted ? 0 : 1);
        return isAccepted ? 'accepted' : 'quarantined';
      })();
    },
    forgetBefore(moment) {
      database.prepare('DELETE FROM message WHERE received_at < ?').run(moment.toISOString());
    },
  };
}
