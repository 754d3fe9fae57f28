import type { FeedDatabase } from '@tavolo/feed-kit';
import { createDropLedger, type DropEntry } from './drop-ledger.ts';
import { createExportWriter, type ExportWriter } from './export-writer.ts';
import { createFacilityRegister, type FacilityRegister } from './facility-register.ts';
import { createIdentityMap, type IdentityMap } from './identity-map.ts';
import { createPersonAttributeBook, type PersonAttributeBook } from './person-attribute-book.ts';
import { createPresenceWriter, type PresenceWriter } from './presence-writer.ts';

/** What a feed may do inside one drop's transaction. */
export interface DropTransaction {
  readonly facilities: FacilityRegister;
  readonly people: Pick<IdentityMap, 'resolve'>;
  readonly attributes: Pick<PersonAttributeBook, 'learn'>;
  readonly presences: Pick<PresenceWriter, 'write'>;
  readonly exports: Omit<ExportWriter, 'movePerson'>;
}

/** Where the feeds write. One drop at a time. */
export interface ReceptionFeedStore {
  hasDrop(sha256: string): boolean;
  /**
   * Commits the drop's rows, its rejections and its entry together, or nothing. The work may give way to
   * the event loop: readers have a connection of their own and see the last commit.
   */
  commitDrop(work: (transaction: DropTransaction) => Promise<DropEntry>): Promise<DropEntry>;
}

export function createReceptionFeedStore(
  database: FeedDatabase,
  options: { readonly sectorKeySecret: string; readonly absentSheets: number },
): ReceptionFeedStore {
  const { sectorKeySecret, absentSheets } = options;
  const ledger = createDropLedger(database);
  const presences = createPresenceWriter(database, sectorKeySecret, absentSheets);
  const exports = createExportWriter(database, sectorKeySecret);
  const attributes = createPersonAttributeBook(database);
  const people = createIdentityMap(database, sectorKeySecret, (from, into) => {
    presences.movePerson(from, into);
    exports.movePerson(from, into);
    attributes.movePerson(from, into);
  });
  const facilities = createFacilityRegister(database, sectorKeySecret);
  return {
    hasDrop: (sha256) => ledger.has(sha256),
    async commitDrop(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const entry = await work({ facilities, people, attributes, presences, exports });
        ledger.record(entry);
        database.exec('COMMIT');
        return entry;
      } catch (error) {
        database.exec('ROLLBACK');
        people.reload();
        attributes.reload();
        presences.forget();
        throw error;
      }
    },
  };
}
