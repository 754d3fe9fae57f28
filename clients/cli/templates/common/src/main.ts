import { pino } from 'pino';
import { readProcessConfig } from './config.ts';
import { describeError } from './hub/errors.ts';
import { runUntilSignal } from './hub/run-until-signal.ts';
import { startService } from './service.ts';
import { openSource } from './source/open-source.ts';

const logger = pino({
  level: process.env['LOG_LEVEL'] ?? 'info',
  // Only what may be read by anybody: a driver's message quotes rows.
  serializers: { err: describeError, req: () => undefined, res: () => undefined },
});

await runUntilSignal(async () => {
  const config = readProcessConfig(process.env);
  const now = () => new Date();
  const store = await openSource(config, { logger, now });
  try {
    return await startService({
      store,
      gatewayKeys: config.GATEWAY_KEYS,
      issuer: config.CONTEXT_ISSUER,
      host: config.HOST,
      port: config.PORT,
      logger,
      now,
      tellsCalls: config.CONFORMANCE === '1',
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}, logger);
