import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStartError } from '@tavolo/process-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendHealthMessages } from './deliver-demo.ts';

let province: string;
beforeEach(async () => {
  province = await mkdtemp(join(tmpdir(), 'tavolo-province-'));
  await mkdir(join(province, 'health-authority/mllp'), { recursive: true });
  await writeFile(join(province, 'health-authority/mllp/one.hl7'), '\u000bMSH|^~\\&|\r\u001c\r');
  const sources = Object.fromEntries(
    ['social-services', 'health-authority', 'reception-centres', 'volunteer-registry'].map(
      (name) => [name, { files: name === 'health-authority' ? ['mllp/one.hl7'] : [] }],
    ),
  );
  await writeFile(join(province, 'manifest.json'), JSON.stringify({ sources }));
});
afterEach(() => rm(province, { recursive: true, force: true }));

it.each([
  ['that ends', 'end'],
  ['that says nothing', 'wait'],
])('says of a health authority %s what happened, why and what to do', async (_, way) => {
  const silent = createServer((socket) => {
    socket.on('error', () => undefined);
    if (way === 'end') socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const error: unknown = await sendHealthMessages(province, {
    host: '127.0.0.1',
    port,
    acknowledgementTimeoutMs: way === 'end' ? 60_000 : 20,
  }).catch((cause: unknown) => cause);
  expect(describeStartError(error)).toMatch(
    /^The health authority did not acknowledge .* 127\.0\.0\.1:\d+: .*health-authority\.log.*start again/u,
  );
  silent.close();
});
