import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { healthAuthorityConfig } from './config.ts';
import { startHealthAuthority } from './service.ts';

const config = readConfig(healthAuthorityConfig, process.env);
const logger = createLogger({ name: 'health-authority', level: config.LOG_LEVEL });
await runUntilSignal(() => startHealthAuthority(config, { logger }), logger);
