import { createServer } from 'node:http';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';
import { parseGatewayKey } from '../../gateway-key.ts';
import { createTableMerge } from './table-merge.ts';

const config = readConfig(
  {
    HOST: z.literal('127.0.0.1'),
    LOG_LEVEL: z.literal('info'),
    /** JSON, subgraph name to the address of its `/graphql`. */
    SUBGRAPH_URLS: z.string(),
    /** JSON: the key of the gateway it stands for. */
    CONTEXT_SIGNING_KEY: z.string(),
  },
  process.env,
);
const urls = z.record(z.string(), z.url()).parse(JSON.parse(config.SUBGRAPH_URLS));
const logger = createLogger({ name: 'merge-by-hand', level: config.LOG_LEVEL });
const question = z.object({
  variables: z.object({ district: z.string(), after: z.string().nullable().default(null) }),
});

/** Answers the table's question and nothing else, over HTTP as the gateway does. */
await runUntilSignal(async () => {
  const merge = createTableMerge(urls, parseGatewayKey(config.CONTEXT_SIGNING_KEY));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const asked = question.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      merge.answer(asked.variables).then(
        (data) => response.end(JSON.stringify({ data })),
        (error: unknown) => {
          logger.error({ err: error }, 'no answer');
          response.writeHead(500).end('{"errors":[]}');
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, config.HOST, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  logger.info({ url: `http://${config.HOST}:${address.port}` }, 'listening');
  return {
    close: async () => {
      merge.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}, logger);
