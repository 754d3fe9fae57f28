import { createServer } from 'node:http';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';
import { parseGatewayKey } from '../../gateway-key.ts';
import { createRecordedAnswers } from './recorded-answers.ts';

const config = readConfig(
  {
    HOST: z.literal('127.0.0.1'),
    LOG_LEVEL: z.literal('info'),
    /** JSON, subgraph name to the address of the real `/graphql`. */
    SUBGRAPH_URLS: z.string(),
    /** JSON: the key of the gateway that the real ones know. */
    CONTEXT_SIGNING_KEY: z.string(),
  },
  process.env,
);
const urls = z.record(z.string(), z.url()).parse(JSON.parse(config.SUBGRAPH_URLS));
const logger = createLogger({ name: 'stand-in-subgraphs', level: config.LOG_LEVEL });

/** Every subgraph at `/<name>`, verifying nobody; each question is asked of the real one once and then known. */
await runUntilSignal(async () => {
  const answers = createRecordedAnswers(urls, parseGatewayKey(config.CONTEXT_SIGNING_KEY));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const name = (request.url ?? '').slice(1);
      answers.answer(name, Buffer.concat(chunks).toString('utf8')).then(
        (body) =>
          response
            .writeHead(200, {
              'content-type': 'application/json',
              'content-length': body.length,
            })
            .end(body),
        (error: unknown) => {
          logger.error({ subgraph: name, err: error }, 'no answer to repeat');
          response.writeHead(500).end();
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
      answers.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}, logger);
