import { createLinkageKey } from '@tavolo/linkage';
import { ConfigError, createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { volunteerRegistryConfig } from './config.ts';
import { startVolunteerRegistry } from './service.ts';

try {
  const config = readConfig(volunteerRegistryConfig, process.env);
  const logger = createLogger({ name: 'volunteer-registry', level: config.LOG_LEVEL });
  await runUntilSignal(
    () =>
      startVolunteerRegistry({
        host: config.HOST,
        port: config.PORT,
        gatewayKeys: config.GATEWAY_KEYS,
        gatewayIssuer: config.GATEWAY_ISSUER,
        dataDirectory: config.DATA_DIR,
        dropDirectory: config.DROP_DIR,
        mongodbUri: config.MONGODB_URI,
        sectorKeySecret: config.SECTOR_KEY_SECRET,
        personIndex: {
          url: config.PERSON_INDEX_URL,
          token: config.PERSON_INDEX_TOKEN,
          linkageKey: createLinkageKey(config.LINKAGE_KEY_ID, config.LINKAGE_KEY),
        },
        logger,
      }),
    logger,
  );
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
