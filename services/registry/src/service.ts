import type { Logger } from '@tavolo/process-kit';
import type { AllowedNetworks } from '@tavolo/routing-address';
import type { CryptoKey } from 'jose';
import type { BootstrapOperator, VerifyToken } from './caller.ts';
import type { EvidencePort } from './evidence.ts';
import { createApp } from './http/create-app.ts';
import { createKeepChange } from './keep-change.ts';
import { createOrganisations } from './organisations.ts';
import { createOwnersInForce } from './owners/owners-in-force.ts';
import { createPublication } from './publication/publication.ts';
import { createPurposes } from './purposes.ts';
import type { ResolveHost } from './schemas/check-routing-urls.ts';
import { type Composer, createComposer } from './schemas/composition/composer.ts';
import { createOperations } from './schemas/operations.ts';
import { createSchemas } from './schemas/schemas.ts';
import { createSupergraphs } from './schemas/supergraphs.ts';
import { createStops } from './stops.ts';
import type { RegistryStore } from './store/registry-store.ts';

export interface RegistryOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** How callers reach it, when not at host and port; without a path. */
  readonly publicUrl?: string | undefined;
  /** Closed with the registry. */
  readonly store: RegistryStore;
  readonly evidence: EvidencePort;
  /** Networks that routing addresses may lead to although they are not public. */
  readonly allowedNetworks?: AllowedNetworks;
  /** The machine's own resolver when absent. */
  readonly resolveHost?: ResolveHost;
  /** In a worker thread of its own when absent; closed with the registry. */
  readonly composer?: Composer;
  readonly verifyToken: VerifyToken;
  readonly operators: readonly BootstrapOperator[];
  /** At least 32 characters. */
  readonly pseudonymSecret: string;
  /** SHA-256, in hexadecimal, of each gateway's token. */
  readonly gatewayTokens: readonly string[];
  readonly signingKey: CryptoKey;
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Milliseconds between looks for what other processes changed. */
  readonly pollEveryMs?: number;
  readonly stillEveryMs?: number;
}

export interface RunningRegistry {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the registry; resolves once it listens, with or without its database. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { store, evidence, logger, host, port, now = () => new Date() } = options;
  const publication = createPublication({
    store,
    key: options.signingKey,
    now,
    ...(options.pollEveryMs === undefined ? {} : { pollEveryMs: options.pollEveryMs }),
    ...(options.stillEveryMs === undefined ? {} : { stillEveryMs: options.stillEveryMs }),
    logError: (err) => logger.error({ err }, 'the state could not be read; gateways hear nothing'),
  });
  const keepChange = createKeepChange({
    store,
    evidence,
    now,
    onChanged: () => publication.refresh(),
  });
  const composer =
    options.composer ??
    createComposer({ logError: (err) => logger.error({ err }, 'a composition ended its worker') });
  const schemas = createSchemas({
    store,
    evidence,
    composer,
    allowedNetworks: options.allowedNetworks ?? [],
    resolveHost: options.resolveHost,
    now,
    onChanged: () => publication.refresh(),
  });
  let listensAt = '';
  const app = await createApp({
    store,
    organisations: createOrganisations(keepChange),
    purposes: createPurposes({ keepChange, ownersInForce: createOwnersInForce(), now }),
    stops: createStops(keepChange, now),
    schemas,
    supergraphs: createSupergraphs({ store, key: options.signingKey }),
    operations: createOperations({
      store: store.operations,
      now,
      logError: (err) => logger.error({ err }, 'old operations could not be forgotten'),
    }),
    publication,
    verifyToken: options.verifyToken,
    operators: options.operators,
    pseudonymSecret: options.pseudonymSecret,
    publicUrl: () => options.publicUrl ?? listensAt,
    gatewayTokens: options.gatewayTokens,
    now,
    logger,
  });
  await app.listen({ host, port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  listensAt = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  logger.info({ url: listensAt }, 'listening');
  return {
    url: listensAt,
    async close() {
      await publication.close();
      await app.close();
      await composer.close();
      await store.close();
    },
  };
}
