import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRegistryMessage } from '@tavolo/access-model';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const start = (env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'pipe'] });

describe('the registry as a process', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let publicKey: JWK;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tavolo-registry-'));
    postgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
    const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    publicKey = await exportJWK(keys.publicKey);
    const key = JSON.stringify({ ...(await exportJWK(keys.privateKey)), kid: 'test' });
    env = {
      PORT: '0',
      DATABASE_URL: postgres.url,
      TOKEN_ISSUERS: JSON.stringify([{ issuer: 'http://127.0.0.1:9' }]),
      REGISTRY_SIGNING_KEY: key,
      EVIDENCE_SIGNING_KEY: key,
      EVIDENCE_DIR: join(folder, 'evidence'),
      PSEUDONYM_SECRET: 'p'.repeat(32),
      GATEWAY_TOKENS: JSON.stringify([
        createHash('sha256').update('token-of-a-gateway').digest('hex'),
      ]),
    };
  });
  afterAll(async () => {
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts, is ready, publishes a state signed with its key, and ends when told to', async () => {
    const child = start(env);
    const url = await new Promise<string>((resolve, reject) => {
      let log = '';
      const read = (chunk: Buffer) => {
        log += chunk.toString();
        const found = /"url":"([^"]+)","msg":"listening"/u.exec(log)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', () => reject(new Error(log)));
    });
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/purposes`)).status).toBe(401);
    const authorization = 'Bearer token-of-a-gateway';
    const state = await fetch(`${url}/state`, { headers: { authorization } });
    expect(await openRegistryMessage(await state.text(), publicKey)).toMatchObject({
      kind: 'state',
      state: { version: 0, partners: [], consumers: [], purposes: [] },
    });
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('names every problem of its environment at once and none of its secrets', async () => {
    const secret = 'canary-secret';
    const child = start({
      HOST: '0.0.0.0',
      REGISTRY_SIGNING_KEY: secret,
      PSEUDONYM_SECRET: secret,
    });
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number]; // of a process that ends by itself
    expect(code).toBe(1);
    for (const name of [
      'HOST',
      'DATABASE_URL',
      'TOKEN_ISSUERS',
      'REGISTRY_SIGNING_KEY',
      'EVIDENCE_DIR',
    ]) {
      expect(text).toContain(`${name}: `);
    }
    expect(text).not.toContain(secret);
  });
});
