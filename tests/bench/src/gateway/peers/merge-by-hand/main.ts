import { createServer } from 'node:http';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';
import { createMerge } from './create-merge.ts';

const config = readConfig(
  { PORT: z.coerce.number().int(), SUBGRAPH_URLS: z.string() },
  process.env,
);
const urls = z.record(z.string(), z.url()).parse(JSON.parse(config.SUBGRAPH_URLS));
const logger = createLogger({ name: 'merge-by-hand', level: 'warn' });

/** Knows the benchmark's three questions and nothing else: how little work can be. */
await runUntilSignal(async () => {
  const merge = createMerge(urls);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      merge.answer(Buffer.concat(chunks).toString('utf8')).then(
        (text) => {
          const bytes = Buffer.from(text);
          response
            .writeHead(200, {
              'content-type': 'application/json; charset=utf-8',
              'content-length': bytes.length,
            })
            .end(bytes);
        },
        (error: unknown) => {
          logger.error({ err: error }, 'no answer');
          response.writeHead(500).end('{"errors":[]}');
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(config.PORT, '127.0.0.1', resolve));
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await merge.close();
    },
  };
}, logger);
