import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { receptionCentresConfig } from './config.ts';
import { startReceptionCentres } from './service.ts';

const config = readConfig(receptionCentresConfig, process.env);
const logger = createLogger({ name: 'reception-centres', level: config.LOG_LEVEL });

await runUntilSignal(
  () =>
    startReceptionCentres({
      host: config.HOST,
      port: config.PORT,
      gatewayKeys: config.GATEWAY_KEYS,
      gatewayIssuer: config.GATEWAY_ISSUER,
      dataDir: config.DATA_DIR,
      dropDir: config.DROP_DIR,
      pollIntervalMs: config.POLL_INTERVAL_MS,
      absentSheets: config.ABSENT_SHEETS,
      staleAfterHours: config.STALE_AFTER_HOURS,
      sectorKeySecret: config.SECTOR_KEY_SECRET,
      linkageKey: { id: config.LINKAGE_KEY_ID, hex: config.LINKAGE_KEY },
      personIndex: { url: config.PERSON_INDEX_URL, token: config.PERSON_INDEX_TOKEN },
      logger,
    }),
  logger,
);
