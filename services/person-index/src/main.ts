import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { personIndexConfig } from './config.ts';
import { startPersonIndex } from './service.ts';

const config = readConfig(personIndexConfig, process.env);
const logger = createLogger({ name: 'person-index', level: config.LOG_LEVEL });

await runUntilSignal(
  () =>
    startPersonIndex({
      host: config.HOST,
      port: config.PORT,
      gatewayKeys: config.GATEWAY_KEYS,
      gatewayIssuer: config.GATEWAY_ISSUER,
      databaseUrl: config.DATABASE_URL,
      poolSize: config.DATABASE_POOL_SIZE,
      refSecret: config.REF_SECRET,
      storeSecret: config.STORE_SECRET,
      embargoDays: config.EMBARGO_DAYS,
      retentionDays: config.RETENTION_DAYS,
      relinkHour: config.RELINK_HOUR,
      partnerTokens: config.PARTNER_TOKENS,
      reviewerTokens: config.REVIEWER_TOKENS,
      operatorTokens: config.OPERATOR_TOKENS,
      logger,
    }),
  logger,
);
