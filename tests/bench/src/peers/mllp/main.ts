import { open } from 'node:fs/promises';
import { buildHl7Acknowledgement, startMllpListener } from '@tavolo/feed-kit';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';

const config = readConfig(
  {
    HOST: z.literal('127.0.0.1'),
    LOG_LEVEL: z.literal('info'),
    /** Where each message is appended and flushed before it is acknowledged; without, none is kept. */
    STORE_FILE: z.string().optional(),
  },
  process.env,
);
const logger = createLogger({ name: 'mllp-peer', level: config.LOG_LEVEL });

/** The least that an acknowledgement can cost: no parsing, no index, one flush a message or none. */
await runUntilSignal(async () => {
  const file = config.STORE_FILE === undefined ? undefined : await open(config.STORE_FILE, 'a');
  const acknowledge = async (message: Buffer) => {
    if (file) {
      await file.appendFile(message);
      await file.datasync();
    }
    return buildHl7Acknowledgement(message, { code: 'AA', at: new Date(), controlId: 'PEER' });
  };
  const listener = await startMllpListener({
    host: config.HOST,
    port: 0,
    handle: acknowledge,
    refuseOversized: acknowledge,
  });
  logger.info({ url: `mllp://${config.HOST}`, mllpPort: listener.port }, 'listening');
  return {
    close: async () => {
      await listener.close();
      await file?.close();
    },
  };
}, logger);
