import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ContextSigningKey } from '@tavolo/caller-context';
import type { EntityKeys } from '@tavolo/conformance';
import { z } from 'zod';
import { codeOf, UsageError } from '../cli-error.ts';

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/u),
  d: z.string().regex(/^[\w-]{43}$/u),
  kid: z.string().min(1).max(64),
});

const samples = z.record(z.string(), z.array(z.record(z.string(), z.unknown())).max(1_000));

/** The private key that calls are signed with in the gateway's place; a file that others can read is refused. */
export async function readContextKey(path: string, folder: string): Promise<ContextSigningKey> {
  const file = resolve(folder, path);
  const { mode } = await stat(file).catch((error: unknown) => {
    throw new UsageError(
      `cannot read the key ${path} (${codeOf(error)}): tavolo subgraph conformance --make-key FOLDER makes a pair for tests`,
    );
  });
  if ((mode & 0o077) !== 0) {
    throw new UsageError(`others can read ${path}, which holds a private key: chmod 600 ${path}`);
  }
  const key = privateKey.safeParse(parsed(await readText(path, folder)));
  if (key.success) return key.data;
  throw new UsageError(
    `${path} holds no private Ed25519 key (a JWK with kty, crv, x, d and kid); --make-key FOLDER makes one`,
  );
}

/** Keys of real (test) things by type, as `{"Person": [{"employmentCentreKey": "…"}]}`. */
export async function readSamples(path: string, folder: string): Promise<EntityKeys> {
  const read = samples.safeParse(parsed(await readText(path, folder)));
  if (read.success) return read.data;
  throw new UsageError(
    `${path} must be JSON that names keys by type: {"Person": [{"employmentCentreKey": "…"}]}`,
  );
}

const shortestCanary = 4;
const mostCanaries = 10_000;

/** One value a line that must be in no answer. */
export async function readCanaries(path: string, folder: string): Promise<readonly string[]> {
  const lines = (await readText(path, folder)).split(/\r?\n/u).map((line) => line.trim());
  const canaries = lines.filter((line) => line !== '');
  const short = canaries.findIndex((line) => line.length < shortestCanary);
  if (short !== -1) {
    throw new UsageError(
      `${path}: canary number ${short + 1} has fewer than ${shortestCanary} characters; it would be found by chance`,
    );
  }
  if (canaries.length > 0 && canaries.length <= mostCanaries) return canaries;
  throw new UsageError(`${path} must hold 1 to ${mostCanaries} canaries, one a line`);
}

async function readText(path: string, folder: string): Promise<string> {
  return readFile(resolve(folder, path), 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path} (${codeOf(error)})`);
  });
}

/** Its own error would quote the file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
