import { type DropOutcome, type DroppedFile, startDropFolder } from '@tavolo/feed-kit';
import { type LinkageKey, startEnrolment } from '@tavolo/linkage';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { type ContextKeys, startSubgraph } from '@tavolo/subgraph-kit';
import { createVolunteerContext } from './context.ts';
import { householdsToEnrol, peopleToEnrol } from './enrol-registry.ts';
import { createRegisterIngest } from './feed/ingest-register.ts';
import { resolvers } from './resolvers/index.ts';
import { readRegistryStatus } from './source-status.ts';
import { openMongooseRegistryStore } from './store/mongoose-registry-store.ts';

export interface VolunteerRegistryOptions {
  readonly host: string;
  readonly port: number;
  /** The gateway's public keys, and the issuer it signs as where that is not the usual one. */
  readonly gatewayKeys: ContextKeys;
  readonly gatewayIssuer?: string;
  readonly dataDirectory: string;
  readonly dropDirectory: string;
  readonly mongodbUri: string | undefined;
  readonly sectorKeySecret: string;
  /** Where asylum seekers who volunteer are enrolled; null = nowhere, for tests of this service alone. */
  readonly personIndex: {
    readonly url: string;
    readonly token: string;
    readonly linkageKey: LinkageKey;
  } | null;
  readonly logger: Logger;
  readonly now?: () => Date;
  /** How often the drop folder is looked at; 500 when absent. */
  readonly pollIntervalMs?: number;
  readonly onQuery?: (collection: string, method: string) => void;
}

export interface RunningVolunteerRegistry {
  readonly url: string;
  /** Resolves once the drop folder holds nothing left to take. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the volunteer registry: store, drop folder, enrolment and subgraph; resolves once it listens. */
export async function startVolunteerRegistry(
  options: VolunteerRegistryOptions,
): Promise<RunningVolunteerRegistry> {
  const { logger, now = () => new Date(), onQuery } = options;
  const store = await openMongooseRegistryStore({
    mongodbUri: options.mongodbUri,
    dataDirectory: options.dataDirectory,
    ...(onQuery && { onQuery }),
  });
  const enrolment =
    options.personIndex &&
    startEnrolment({
      indexUrl: options.personIndex.url,
      token: options.personIndex.token,
      linkageKey: options.personIndex.linkageKey,
      people: () => peopleToEnrol(store, now().toISOString().slice(0, 10)),
      households: () => householdsToEnrol(store),
      intervalMs: 60_000,
      logger,
    });
  const ingest = createRegisterIngest({ store, sectorKeySecret: options.sectorKeySecret, now });
  const folder = await startDropFolder({
    folder: options.dropDirectory,
    accepts: (name) => name.toLowerCase().endsWith('.csv'),
    async ingest(file: DroppedFile): Promise<DropOutcome> {
      const outcome = await ingest(file);
      if (outcome.kind === 'ingested') enrolment?.changed();
      return outcome;
    },
    intervalMs: options.pollIntervalMs ?? 500,
    logger,
  });
  const subgraph = await startSubgraph({
    engine: 'apollo',
    name: 'volunteer-registry',
    typeDefs: readSubgraphSdl('volunteer-registry'),
    resolvers,
    createContext: (_request, caller) => createVolunteerContext(store, now, caller),
    sourceStatus: async () => readRegistryStatus(await store.newestDrops(), now()),
    isReady: () => store.isReachable(),
    gatewayKeys: options.gatewayKeys,
    gatewayIssuer: options.gatewayIssuer,
    host: options.host,
    port: options.port,
    logger,
  });
  return {
    url: subgraph.url,
    idle: () => folder.idle(),
    async close() {
      await subgraph.close();
      await folder.close();
      await enrolment?.close();
      await store.close();
    },
  };
}
