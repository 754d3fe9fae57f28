import { createLinkageKey } from '@tavolo/linkage';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { config } from './config.ts';
import { startSocialServices } from './service.ts';
import { readSocialServices } from './social-service.ts';

const env = readConfig(config, process.env);
const logger = createLogger({ name: 'social-services', level: env.LOG_LEVEL });
const services = readSocialServices(env.SOCIAL_SERVICES_FILE);
const linkageKey = createLinkageKey(env.LINKAGE_KEY_ID, env.LINKAGE_KEY);

await runUntilSignal(
  () =>
    startSocialServices({
      host: env.HOST,
      port: env.PORT,
      gatewayKeys: env.GATEWAY_KEYS,
      gatewayIssuer: env.GATEWAY_ISSUER,
      logger,
      databaseUrl: env.DATABASE_URL,
      poolMax: env.DATABASE_POOL_MAX,
      statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
      services,
      sectorKeySecret: env.SECTOR_KEY_SECRET,
      scanIntervalMs: env.SCAN_INTERVAL_MS,
      enrolment: {
        indexUrl: env.PERSON_INDEX_URL,
        token: env.PERSON_INDEX_TOKEN,
        linkageKey,
        intervalMs: env.ENROLMENT_INTERVAL_MS,
      },
    }),
  logger,
);
