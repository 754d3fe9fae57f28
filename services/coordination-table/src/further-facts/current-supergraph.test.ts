import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signSupergraphRelease } from '@tavolo/registry-api';
import { exportJWK, generateKeyPair } from 'jose';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { readCurrentSupergraph } from './current-supergraph.ts';

const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const strange = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const publicKey = await exportJWK(keys.publicKey);

function signed(sdl: string, sequence: number, key = keys.privateKey): Promise<string> {
  const id = createHash('sha256').update(sdl).digest('hex');
  const issuedAt = '2026-11-22T04:00:00Z';
  const release = {
    sequence,
    id,
    contract: null,
    issuedAt,
    cause: 'PUBLISHED' as const,
    subgraphs: [],
    sdl,
  };
  return signSupergraphRelease(release, key);
}

/** A registry whose answer a test changes; null = it is away. */
async function startRegistry(first: string | null) {
  const registry = { answer: first, asked: 0 };
  const server = createServer((request, response) => {
    registry.asked += 1;
    const mayAsk = request.headers.authorization === `Bearer ${'t'.repeat(32)}`;
    if (registry.answer === null || !mayAsk) response.writeHead(503).end();
    else if (registry.answer === '') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/jose' }).end(registry.answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const keptFile = join(folder, 'supergraph.jws');
  const read = () =>
    readCurrentSupergraph({
      registryUrl: `http://127.0.0.1:${port}`,
      token: 't'.repeat(32),
      publicKey,
      keptFile,
      logger: pino({ level: 'silent' }),
      wait: () => Promise.resolve(),
      signal: new AbortController().signal,
    });
  return { registry, keptFile, read };
}

it('is the registry’s; while it is away, after three attempts, the last one that was had', async () => {
  const { registry, read } = await startRegistry(await signed('type A', 1));
  expect(await read()).toBe('type A');
  registry.answer = null;
  registry.asked = 0;
  expect(await read()).toBe('type A');
  expect(registry.asked).toBe(3);
});

it('is none before the first publication, and without a registry and anything kept', async () => {
  const { registry, read } = await startRegistry('');
  expect(await read()).toBeNull();
  registry.answer = null;
  expect(await read()).toBeNull();
});

it('is never one that the registry did not sign, from the wire or from the disk', async () => {
  const { registry, read, keptFile } = await startRegistry(
    await signed('type Evil', 9, strange.privateKey),
  );
  expect(await read()).toBeNull();
  registry.answer = null;
  await writeFile(keptFile, await signed('type Evil', 9, strange.privateKey));
  expect(await read()).toBeNull();
});

it('never goes back to an older one', async () => {
  const { registry, read } = await startRegistry(await signed('type B', 2));
  expect(await read()).toBe('type B');
  registry.answer = await signed('type A', 1);
  expect(await read()).toBe('type B');
});
