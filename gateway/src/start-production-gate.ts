import { randomUUID } from 'node:crypto';
import { createAccessTokenVerifier } from '@tavolo/access-token';
import { createContextSigner } from '@tavolo/caller-context';
import { createAnomalyWatch, createTimestampClient, openEvidenceLog } from '@tavolo/evidence';
import type { Logger } from '@tavolo/process-kit';
import { readTrustedManifest } from '@tavolo/schemas';
import type { GatewayConfig } from './config.ts';
import { createEvidence, type EvidencePolicy } from './evidence/create-evidence.ts';
import { createGate } from './gate/create-gate.ts';
import type { Gate } from './gate/gate.ts';
import { createTrustedDocuments } from './gate/trusted-documents.ts';
import { withFurtherFacts } from './gate/with-further-facts.ts';
import type { QueryLimits } from './limits/query-limits.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { startRegistryFeed } from './registry/start-registry-feed.ts';

/** Puts the gate of production together from the process's configuration; rejects when a part cannot start. */
export async function startProductionGate(
  config: GatewayConfig,
  limits: QueryLimits,
  onSupergraph: (sequence: number) => void,
  logger: Logger,
): Promise<Gate> {
  const now = () => new Date();
  const manifest = await readTrustedManifest(config.TRUSTED_DOCUMENTS_FILE);
  const log = await openEvidenceLog({
    folder: config.EVIDENCE_DIR,
    signingKey: config.EVIDENCE_SIGNING_KEY,
    now,
    ...(config.EVIDENCE_TIMESTAMP_URL === undefined
      ? {}
      : {
          timestamp: createTimestampClient({
            url: config.EVIDENCE_TIMESTAMP_URL,
            timeoutMs: 10_000,
          }),
        }),
    onAlarm: (alarm) => logger.error({ alarm }, 'the evidence log asks for attention'),
  });
  const policy: EvidencePolicy = config.EVIDENCE_POLICY;
  if (policy !== 'fail-closed') {
    logger.warn({ policy }, 'operations are answered also when they cannot be recorded');
  }
  return createGate({
    tokens: createAccessTokenVerifier({
      issuers: config.TOKEN_ISSUERS.map(({ issuer, jwksUrl }) => ({
        issuer,
        ...(jwksUrl === undefined ? {} : { jwksUrl }),
      })),
      audience: config.TOKEN_AUDIENCE,
      requirePurpose: true,
      now,
    }),
    registry: await startRegistryFeed({
      url: config.REGISTRY_URL,
      token: config.REGISTRY_TOKEN,
      publicKey: config.REGISTRY_PUBLIC_KEY,
      stateFile: config.REGISTRY_STATE_FILE,
      graceMs: config.REGISTRY_GRACE_SECONDS * 1_000,
      onSupergraph,
      now,
      logger,
    }),
    rates: createRateLimits({ redisUrl: config.REDIS_URL, now, logger }),
    signer: createContextSigner({
      key: config.CONTEXT_SIGNING_KEY,
      issuer: 'tavolo-gateway',
      now,
      newId: randomUUID,
    }),
    evidence: createEvidence({
      log,
      policy,
      now,
      watch: createAnomalyWatch({
        now,
        onAlarm: (anomaly) => {
          logger.error({ alarm: anomaly }, 'access that is not as usual');
          log.append(anomaly).catch((error: unknown) => {
            logger.error({ err: error }, 'an anomaly was not recorded');
          });
        },
      }),
      logger,
    }),
    trustedDocuments: createTrustedDocuments(
      ({ sdl }) => withFurtherFacts(manifest, config.FURTHER_FACTS_DIR, sdl, logger),
      logger,
    ),
    limits,
    userKey: config.USER_KEY,
    now,
    logger,
  });
}
