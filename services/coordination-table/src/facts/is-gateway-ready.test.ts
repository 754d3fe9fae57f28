import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { isGatewayReady } from './is-gateway-ready.ts';

it.each([
  [503, '{"status":"not ready","missing":["health-authority"],"gate":{"isOpen":true}}', true],
  [503, '{"status":"not ready","missing":[],"gate":{"isOpen":false}}', false],
  [200, '{"status":"ready","gate":{"isOpen":true}}', true],
  [200, 'no JSON', false],
])('a gateway that answers %i %s may be asked for facts: %s', async (status, body, expected) => {
  const gateway = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const address = gateway.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    const ready = await isGatewayReady(`http://127.0.0.1:${port}`, new AbortController().signal);
    expect(ready).toBe(expected);
  } finally {
    gateway.close();
  }
});
