import path from 'node:path';
import { type DroppedFile, openFeedDatabase, startDropFolder } from '@tavolo/feed-kit';
import { createLinkageKey, startEnrolment } from '@tavolo/linkage';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { type ContextKeys, startSubgraph } from '@tavolo/subgraph-kit';
import { createContext } from './context.ts';
import { createIngestDrop, isReceptionFile } from './feed/ingest-drop.ts';
import { romeDay } from './feed/rome-instant.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { migrations } from './store/migrations.ts';
import { householdsToEnrol, peopleToEnrol } from './store/read-enrolment.ts';
import { createReceptionFeedStore } from './store/reception-feed-store.ts';
import type { ReceptionStore } from './store/reception-store.ts';
import { createSourceStatus } from './store/source-figures.ts';
import { createSqliteReceptionStore } from './store/sqlite-reception-store.ts';

export interface ReceptionCentresOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The gateway's public keys, and the issuer it signs as where that is not the usual one. */
  readonly gatewayKeys: ContextKeys;
  readonly gatewayIssuer?: string;
  /** Where the institution's own store lives. */
  readonly dataDir: string;
  readonly dropDir: string;
  readonly pollIntervalMs: number;
  /** How many sheets without a guest end that guest's stay. */
  readonly absentSheets: number;
  readonly staleAfterHours: number;
  /** At least 32 characters; changing it changes every key other institutions have seen. */
  readonly sectorKeySecret: string;
  readonly linkageKey: { readonly id: string; readonly hex: string };
  readonly personIndex: { readonly url: string; readonly token: string };
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Lets a test count the calls of the graph to the store. */
  readonly observeStore?: (store: ReceptionStore) => ReceptionStore;
}

export interface RunningReceptionCentres {
  readonly url: string;
  /** Resolves when no dropped file is waiting. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const enrolmentIntervalMs = 60_000;

/** Serves the reception centres: the drop folder on one side, the graph on `/graphql` on the other. */
export async function startReceptionCentres(
  options: ReceptionCentresOptions,
): Promise<RunningReceptionCentres> {
  const { logger, sectorKeySecret, now = () => new Date() } = options;
  const file = path.join(options.dataDir, 'reception-centres.sqlite');
  const writing = openFeedDatabase(file, migrations);
  // Readers see the last commit only because they have a connection of their own.
  const reading = openFeedDatabase(file, migrations);
  const sqliteStore = createSqliteReceptionStore(reading);
  const store = options.observeStore?.(sqliteStore) ?? sqliteStore;
  const sourceStatus = createSourceStatus(reading, options.staleAfterHours);
  const feedStore = createReceptionFeedStore(writing, {
    sectorKeySecret,
    absentSheets: options.absentSheets,
  });
  const enrolment = startEnrolment({
    indexUrl: options.personIndex.url,
    token: options.personIndex.token,
    linkageKey: createLinkageKey(options.linkageKey.id, options.linkageKey.hex),
    people: () => peopleToEnrol(reading, () => romeDay(now())),
    households: () => householdsToEnrol(reading),
    intervalMs: enrolmentIntervalMs,
    logger,
  });
  const ingestDrop = createIngestDrop(feedStore, now);
  const drops = await startDropFolder({
    folder: options.dropDir,
    accepts: isReceptionFile,
    ingest: async (dropped: DroppedFile) => {
      const outcome = await ingestDrop.ingest(dropped);
      if (outcome.kind === 'ingested') enrolment.changed();
      return outcome;
    },
    foresee: (dropped) => ingestDrop.foresee(dropped),
    intervalMs: options.pollIntervalMs,
    logger,
  });
  const subgraph = await startSubgraph({
    engine: 'mercurius',
    name: 'reception-centres',
    typeDefs: readSubgraphSdl('reception-centres'),
    resolvers,
    createContext: (_request, caller) => createContext(store, () => romeDay(now()), caller),
    sourceStatus: async () => sourceStatus(now()),
    isReady: async () => reading.prepare('SELECT 1').get() !== undefined,
    gatewayKeys: options.gatewayKeys,
    gatewayIssuer: options.gatewayIssuer,
    host: options.host,
    port: options.port,
    logger,
  });
  return {
    url: subgraph.url,
    idle: () => drops.idle(),
    async close() {
      await drops.close();
      await enrolment.close();
      await subgraph.close();
      writing.close();
      reading.close();
    },
  };
}
