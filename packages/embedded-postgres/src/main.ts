import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

const { DATA_DIR, PORT = '0' } = process.env;

try {
  const port = Number(PORT);
  if (DATA_DIR === undefined || DATA_DIR === '') throw new Error('DATA_DIR: is missing');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('PORT: must be 0-65535');
  const stop = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    process.once('disconnect', () => resolve());
  });
  const postgres = await startEmbeddedPostgres({ dataDir: DATA_DIR, port, host: '127.0.0.1' });
  process.stdout.write(`${JSON.stringify({ msg: 'listening', url: postgres.url })}\n`);
  await stop;
  await postgres.close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'could not start'}\n`);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
