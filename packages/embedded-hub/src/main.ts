import { createLogger, describeStartError, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { embeddedHubConfig } from './config.ts';
import { startEmbeddedHub } from './start-embedded-hub.ts';
import { welcome } from './welcome.ts';

const config = readConfig(embeddedHubConfig, process.env);
const startedAt = Date.now();
const say = (line: string) => {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds} s  ${line}\n`);
};

await runUntilSignal(
  async () => {
    const hub = await startEmbeddedHub({
      folder: config.TAVOLO_FOLDER,
      logLevel: config.LOG_LEVEL,
      ports: 'default',
      gatewayPort: config.GATEWAY_PORT,
      demo:
        config.DEMO_SIZE === 0
          ? null
          : {
              seed: config.DEMO_SEED,
              size: config.DEMO_SIZE,
              today: new Date().toISOString().slice(0, 10),
              dirtyShare: config.DEMO_DIRTY_SHARE,
            },
      onProgress: say,
    }).catch((error: unknown) => {
      process.stderr.write(`\n${describeStartError(error) ?? 'The hub could not start.'}\n\n`);
      throw error;
    });
    say('ready');
    process.stdout.write(welcome(hub, config.TAVOLO_FOLDER));
    return hub;
  },
  createLogger({ name: 'embedded-hub', level: 'warn' }),
);
