import { randomUUID } from 'node:crypto';
import type { EnrolmentReceipt, EnrolmentSubject, LinkageKeyMark } from '@tavolo/linkage';
import { refOf } from '@tavolo/matching';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Pool } from 'pg';
import {
  createLinkageEngine,
  type EngineChange,
  type EngineOutcome,
  type LinkageEngine,
} from '../link/linkage-engine.ts';
import type { Partner } from '../partner.ts';
import { REMOVED_PARTNER_DAYS } from '../partners/further-partner.ts';
import { readAccesses, writeAccesses } from './accesses.ts';
import { checkLinkageKey } from './check-linkage-key.ts';
import { dayBefore } from './day-before.ts';
import { forgetExpired } from './forget-expired.ts';
import type { IndexDatabase } from './index-database.ts';
import { readLinkageQuality } from './linkage-quality.ts';
import { migrate, WRITER_LOCK } from './migrations.ts';
import {
  forgetPartners,
  isRemoved,
  readPartners,
  readRemovedRecords,
  removePartner,
  savePartner,
} from './partners.ts';
import { PartnerRemovedError, type PersonIndexStore } from './person-index-store.ts';
import { createPersonRefs } from './person-refs.ts';
import {
  readClustersByIds,
  readClustersBySectorKeys,
  readHouseholdsByPersonIds,
} from './read-clusters.ts';
import { readEngineState, readTouchedHouseholds, readTouchedPeople } from './read-engine-state.ts';
import {
  readEpoch,
  readFigures,
  readLastEnrolmentAt,
  readManifest,
  readStatus,
} from './read-figures.ts';
import { readClustersByRefs, readPeople } from './read-people.ts';
import { readEvents, readReviewQueue, writeDecision } from './review.ts';
import { createRecordSeal } from './sealed-record.ts';
import { createTableStatistics } from './table-statistics.ts';
import { writeOutcome } from './write-outcome.ts';
import {
  deleteRecords,
  type WriteScope,
  type WrittenKeys,
  writeHouseholds,
  writePeople,
} from './write-records.ts';

export interface PostgresPersonIndexStoreOptions {
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** At least 32 characters; seals the encodings. */
  readonly storeSecret: string;
  /** At least 32 characters; makes the references by which the coordination table knows people. */
  readonly refSecret: string;
  /** Days for which what an institution has just learnt is not shared. */
  readonly embargoDays: number;
  /** Days after which the record of a closed file is forgotten. */
  readonly retentionDays: number;
  readonly now: () => Date;
  /** 0 to 1; draws the bands in which filters meet. */
  readonly random: () => number;
  /** Told of every statement, without its values. */
  readonly onStatement?: (statement: string) => void;
  /** Told when an idle connection breaks; the next read opens another. */
  readonly onConnectionLost?: (cause: Error) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** The server gives up first: a statement that only this side gave up on would keep its connection, and its locks. */
const QUERY_TIMEOUT_MS = 65_000;
const NO_CHANGE: EngineChange = {
  people: [],
  removedPeople: [],
  households: [],
  removedHouseholds: [],
  decisions: [],
};

/** The engine and the state of the store it knows; another process may have written since. */
interface LoadedEngine {
  readonly engine: LinkageEngine;
  revision: string;
}

/** The index in PostgreSQL; connects and migrates at the first need, so it starts without its database. */
export function createPostgresPersonIndexStore(
  options: PostgresPersonIndexStoreOptions,
): PersonIndexStore {
  const { now, embargoDays, retentionDays } = options;
  const seal = createRecordSeal(options.storeSecret);
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // Without a listener a database restart would end this process.
  pool.on('error', (cause) => options.onConnectionLost?.(cause));
  pool.on('connect', (client) => {
    // The pool listens to idle ones only: a connection cut during a statement would end the process.
    client.on('error', (cause) => options.onConnectionLost?.(cause));
  });
  const db = new Kysely<IndexDatabase>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => options.onStatement?.(event.query.sql),
  });
  const statistics = createTableStatistics();
  const refs = createPersonRefs(options.refSecret);
  let migrated: Promise<void> | undefined;
  let loaded: LoadedEngine | undefined;
  /** The engine has taken a change that is not committed yet. */
  let isAhead = false;
  /** One writer at a time in this process too: the engine takes one change at a time. */
  let lastWrite: Promise<unknown> = Promise.resolve();

  async function ready(): Promise<Kysely<IndexDatabase>> {
    migrated ??= migrate(db).catch((cause: unknown) => {
      migrated = undefined;
      throw cause;
    });
    await migrated;
    return db;
  }

  const visibility = () => ({ embargoFrom: dayBefore(now(), embargoDays) });

  /** Writers take turns: two institutions enrolling the same person at once must see each other. */
  function inTurn<T>(work: (transaction: Transaction<IndexDatabase>) => Promise<T>): Promise<T> {
    const turn = lastWrite.then(async () => {
      try {
        return await (await ready()).transaction().execute(async (transaction) => {
          await sql`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
          return work(transaction);
        });
      } catch (cause) {
        // What the engine took and the database did not must not be believed.
        if (isAhead) loaded = undefined;
        throw cause;
      } finally {
        isAhead = false;
      }
    });
    lastWrite = turn.catch(() => undefined);
    return turn;
  }

  async function engineFor(transaction: Transaction<IndexDatabase>): Promise<LoadedEngine> {
    const revision = await readRevision(transaction);
    if (loaded?.revision === revision) return loaded;
    const engine = createLinkageEngine(options.random);
    await engine.load(await readEngineState(transaction, seal));
    loaded = { engine, revision };
    return loaded;
  }

  async function link(
    transaction: Transaction<IndexDatabase>,
    { engine }: LoadedEngine,
    change: EngineChange | 'everybody',
    added: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    isAhead = true;
    const outcome: EngineOutcome =
      change === 'everybody' ? await engine.relinkAll() : await engine.apply(change);
    await writeOutcome(
      { transaction, now: now().toISOString(), newId: randomUUID, added },
      outcome,
    );
    if (loaded !== undefined) loaded.revision = await nextRevision(transaction);
  }

  function scopeOf(transaction: Transaction<IndexDatabase>, partner: Partner): WriteScope {
    return {
      transaction,
      partner,
      seal,
      now: now().toISOString(),
      forgetClosedBefore: dayBefore(now(), retentionDays),
      newId: randomUUID,
    };
  }

  function write(
    partner: Partner,
    subject: EnrolmentSubject,
    received: number,
    key: LinkageKeyMark | null,
    change: (scope: WriteScope) => Promise<WrittenKeys>,
  ): Promise<EnrolmentReceipt> {
    return inTurn(async (transaction) => {
      if (await isRemoved(transaction, partner)) {
        throw new PartnerRemovedError('this institution was removed from the index');
      }
      if (key !== null) await checkLinkageKey(transaction, partner, key);
      const changed = await takeIn(transaction, partner, subject, change);
      await sql`
        INSERT INTO person_index.enrolment (partner, last_at)
        VALUES (${partner}, ${now().toISOString()}::timestamptz)
        ON CONFLICT (partner) DO UPDATE SET last_at = excluded.last_at`.execute(transaction);
      return { epoch: await readEpoch(transaction), received, changed };
    });
  }

  /** Changes records and links anew whatever they touch; answers how many. */
  async function takeIn(
    transaction: Transaction<IndexDatabase>,
    partner: Partner,
    subject: EnrolmentSubject,
    change: (scope: WriteScope) => Promise<WrittenKeys>,
  ): Promise<number> {
    const present = await engineFor(transaction);
    const keys = await change(scopeOf(transaction, partner));
    const changed = keys.written.length + keys.removed.length;
    if (changed > 0) {
      const added = new Set([...keys.added].map((sectorKey) => refOf(partner, sectorKey)));
      const linked = await changeOf(transaction, partner, subject, keys);
      await link(transaction, present, linked, added);
    }
    await statistics.noteChanges(transaction, changed);
    return changed;
  }

  async function changeOf(
    transaction: Transaction<IndexDatabase>,
    partner: Partner,
    subject: EnrolmentSubject,
    { written, removed, formerPrincipals }: Omit<WrittenKeys, 'added'>,
  ): Promise<EngineChange> {
    if (subject === 'households') {
      const households = await readTouchedHouseholds(transaction, seal, partner, written);
      return {
        ...NO_CHANGE,
        households,
        removedHouseholds: removed.map((key) => refOf(partner, key)),
      };
    }
    const touched = [...new Set([...written, ...removed, ...formerPrincipals])];
    const { people, absent, duplicates, judged } = await readTouchedPeople(
      transaction,
      seal,
      partner,
      touched,
    );
    await sql`
      UPDATE person_index.record SET is_duplicate = sector_key = ANY(${duplicates}::text[])
      WHERE subject = 'people' AND partner = ${partner} AND sector_key = ANY(${judged}::text[])
        AND is_duplicate <> (sector_key = ANY(${duplicates}::text[]))`.execute(transaction);
    return { ...NO_CHANGE, people, removedPeople: absent };
  }

  return {
    enrolPeople: (partner, key, records) =>
      write(partner, 'people', records.length, key, (scope) => writePeople(scope, records)),
    enrolHouseholds: (partner, key, records) =>
      write(partner, 'households', records.length, key, (scope) => writeHouseholds(scope, records)),
    remove: (partner, subject, sectorKeys) =>
      write(partner, subject, sectorKeys.length, null, (scope) =>
        deleteRecords(scope, subject, sectorKeys),
      ),
    figures: async (partner) => readFigures(await ready(), partner),
    manifest: async (partner, subject, after, size) =>
      readManifest(await ready(), partner, subject, after, size),
    clustersBySectorKeys: async (subject, keys) =>
      readClustersBySectorKeys(await ready(), subject, keys, visibility()),
    clustersByIds: async (subject, ids) =>
      readClustersByIds(await ready(), subject, ids, visibility()),
    householdsByPersonIds: async (ids) =>
      readHouseholdsByPersonIds(await ready(), ids, visibility()),
    async peopleAfter(ref, size) {
      const index = await ready();
      await refs.fill(index);
      return readPeople(index, ref, size, visibility());
    },
    async clustersByRefs(asked) {
      const index = await ready();
      const found = await readClustersByRefs(index, asked, visibility());
      if (found.length === new Set(asked).size) return found;
      // Whoever is missing may have come in since the references were kept.
      await refs.fill(index);
      return readClustersByRefs(index, asked, visibility());
    },
    reviewQueue: (first) =>
      inTurn(async (transaction) => {
        const { engine } = await engineFor(transaction);
        return (await readReviewQueue(transaction, first, visibility())).map((item) => ({
          ...item,
          agreement: engine.agreementOf([
            refOf(item.a.partner, item.a.sectorKey),
            refOf(item.b.partner, item.b.sectorKey),
          ]),
        }));
      }),
    decide: (decision) =>
      inTurn(async (transaction) => {
        const present = await engineFor(transaction);
        if (!(await writeDecision(transaction, decision, now().toISOString()))) return false;
        const a = refOf(decision.a.partner, decision.a.sectorKey);
        const b = refOf(decision.b.partner, decision.b.sectorKey);
        await link(transaction, present, {
          ...NO_CHANGE,
          decisions: [{ refs: a < b ? [a, b] : [b, a], verdict: decision.verdict }],
        });
        return true;
      }),
    events: async (afterId, first) => readEvents(await ready(), afterId, first),
    noteAccesses: async (accesses) => writeAccesses(await ready(), accesses),
    accessesOf: async (key) => readAccesses(await ready(), key),
    sweep: () =>
      inTurn(async (transaction) => {
        // Before anything goes: whoever was linked through it is looked at again.
        const present = await engineFor(transaction);
        const forgotten = await forgetExpired(transaction, {
          now: now().toISOString(),
          forgetClosedBefore: dayBefore(now(), retentionDays),
          forgetAccessesBefore: dayBefore(now(), ACCESS_RETENTION_DAYS),
        });
        if (forgotten.size === 0) return 0;
        const changes: EngineChange[] = [];
        for (const [partner, removed] of forgotten) {
          const keys = { written: [], removed, formerPrincipals: [] };
          changes.push(await changeOf(transaction, partner, 'people', keys));
        }
        // In one change: while one institution's are linked anew, none of another's may still be there.
        await link(transaction, present, {
          ...NO_CHANGE,
          people: changes.flatMap(({ people }) => people),
          removedPeople: changes.flatMap(({ removedPeople }) => removedPeople),
        });
        return [...forgotten.values()].reduce((sum, keys) => sum + keys.length, 0);
      }),
    relinkAll: () =>
      inTurn(async (transaction) => link(transaction, await engineFor(transaction), 'everybody')),
    status: async (partners) => readStatus(await ready(), visibility(), partners),
    partners: async () => readPartners(await ready()),
    savePartner: (partner, most) =>
      inTurn((transaction) => savePartner(transaction, partner, now().toISOString(), most)),
    removePartner: (name) =>
      inTurn((transaction) => removePartner(transaction, name, now().toISOString())),
    forgetRemoved: () =>
      inTurn(async (transaction) => {
        const found = await readRemovedRecords(transaction, FORGOTTEN_AT_ONCE);
        if (found === null) {
          const removedBefore = dayBefore(now(), REMOVED_PARTNER_DAYS);
          await forgetPartners(transaction, removedBefore);
          return 0;
        }
        const { partner, subject, sectorKeys } = found;
        return takeIn(transaction, partner, subject, (scope) =>
          deleteRecords(scope, subject, sectorKeys),
        );
      }),
    quality: async () => readLinkageQuality(await ready()),
    lastEnrolmentAt: async () => readLastEnrolmentAt(await ready()),
    async isReady() {
      await sql`SELECT 1`.execute(await ready());
      return true;
    },
    async close() {
      await lastWrite;
      await db.destroy();
    },
  };
}

/** As many as an institution may remove in one request. */
const FORGOTTEN_AT_ONCE = 500;

/** What the data subject may ask for reaches back ten years at the most (art. 2946 c.c.). */
const ACCESS_RETENTION_DAYS = 3_652;

async function readRevision(transaction: Transaction<IndexDatabase>): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    SELECT epoch || '/' || revision AS revision FROM person_index.identity`.execute(transaction);
  return rows[0]?.revision ?? '';
}

async function nextRevision(transaction: Transaction<IndexDatabase>): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    UPDATE person_index.identity SET revision = revision + 1
    RETURNING epoch || '/' || revision AS revision`.execute(transaction);
  return rows[0]?.revision ?? '';
}
