import { createAccessTokenVerifier } from '@tavolo/access-token';
import { EvidenceProblem, openEvidenceLog } from '@tavolo/evidence';
import { createLogger, readConfig, runUntilSignal, StartProblem } from '@tavolo/process-kit';
import { importJWK } from 'jose';
import { registryConfig } from './config.ts';
import { evidenceOfChange } from './evidence-of-change.ts';
import { startRegistry } from './service.ts';
import { createPostgresRegistryStore } from './store/postgres-registry-store.ts';

const config = readConfig(registryConfig, process.env);
const logger = createLogger({ name: 'registry', level: config.LOG_LEVEL });
const now = () => new Date();

await runUntilSignal(async () => {
  const signingKey = await importJWK(config.REGISTRY_SIGNING_KEY, 'EdDSA').catch(() => undefined);
  if (signingKey === undefined || signingKey instanceof Uint8Array) {
    throw new StartProblem('REGISTRY_SIGNING_KEY is no Ed25519 key; make another pair');
  }
  const verifier = createAccessTokenVerifier({
    issuers: config.TOKEN_ISSUERS.map(({ issuer, jwksUrl }) =>
      jwksUrl === undefined ? { issuer } : { issuer, jwksUrl },
    ),
    audience: 'urn:tavolo:registry',
    requirePurpose: false,
    now,
  });
  const evidence = await openEvidenceLog({
    folder: config.EVIDENCE_DIR,
    signingKey: config.EVIDENCE_SIGNING_KEY,
    now,
    onAlarm: (alarm) => logger.error(alarm, 'the evidence log needs attention'),
  }).catch((cause: unknown) => {
    throw cause instanceof EvidenceProblem ? new StartProblem(cause.message) : cause;
  });
  try {
    const registry = await startRegistry({
      host: config.HOST,
      port: config.PORT,
      publicUrl: config.PUBLIC_URL,
      store: createPostgresRegistryStore({
        databaseUrl: config.DATABASE_URL,
        poolSize: config.DATABASE_POOL_SIZE,
        onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
      }),
      evidence: { append: (change) => evidence.append(evidenceOfChange(change)) },
      allowedNetworks: config.ROUTING_ALLOWED_NETWORKS,
      verifyToken: (request) => verifier.verify(request),
      operators: config.REGISTRY_OPERATORS,
      pseudonymSecret: config.PSEUDONYM_SECRET,
      gatewayTokens: config.GATEWAY_TOKENS,
      signingKey,
      logger,
      now,
    });
    return {
      async close() {
        await registry.close();
        await evidence.close();
      },
    };
  } catch (cause) {
    await evidence.close();
    throw cause;
  }
}, logger);
