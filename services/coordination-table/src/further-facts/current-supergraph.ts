import { readFile, rename, writeFile } from 'node:fs/promises';
import { createDeadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import {
  fetchSupergraph,
  openSupergraphRelease,
  type SupergraphRelease,
} from '@tavolo/registry-api';
import type { JWK } from 'jose';

export interface SupergraphSource {
  /** Without a path. */
  readonly registryUrl: string;
  /** What the registry knows this table by. */
  readonly token: string;
  /** Of the registry: a release that another key signed is none. */
  readonly publicKey: JWK;
  /** The last release, kept so that a table starts as it was while the registry is away. */
  readonly keptFile: string;
  readonly logger: Logger;
  /** Resolves after so many milliseconds, or rejects with the signal. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

const attempts = 3;
const usualTimeoutMs = 5_000;

/** The supergraph in force, or the last one known; null when there is neither. Never rejects for the registry's sake. */
export async function readCurrentSupergraph(source: SupergraphSource): Promise<string | null> {
  const { keptFile, publicKey, logger } = source;
  const kept = await readKept(keptFile, publicKey);
  const fetched = await fetchAgain(source);
  if (fetched === null) {
    if (kept)
      logger.warn({ sequence: kept.sequence }, 'registry away: the last supergraph is used');
    return kept?.sdl ?? null;
  }
  if (kept && fetched.release.sequence < kept.sequence) {
    logger.error(
      { sequence: fetched.release.sequence, kept: kept.sequence },
      'the registry gave an older supergraph than is known: the known one is used',
    );
    return kept.sdl;
  }
  await keep(keptFile, fetched.jws).catch((err: unknown) => {
    logger.warn({ err }, 'the supergraph could not be kept for a start without the registry');
  });
  return fetched.release.sdl;
}

interface Fetched {
  readonly jws: string;
  readonly release: SupergraphRelease;
}

async function fetchAgain(source: SupergraphSource): Promise<Fetched | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchOnce(source);
    } catch (err) {
      source.signal.throwIfAborted();
      source.logger.warn({ err, attempt }, 'the supergraph in force could not be had');
      if (attempt === attempts) return null;
      await source.wait(1_000 * attempt, source.signal);
    }
  }
}

async function fetchOnce(source: SupergraphSource): Promise<Fetched | null> {
  const { registryUrl, token, publicKey, timeoutMs = usualTimeoutMs } = source;
  const deadline = createDeadline(timeoutMs, source.signal);
  try {
    const request = { registryUrl, token, contract: null, signal: deadline.signal };
    const jws = await fetchSupergraph(request);
    if (jws === undefined) return null;
    return { jws, release: await openSupergraphRelease(jws, publicKey) };
  } finally {
    deadline.release();
  }
}

/** Signed as it came, so that what lies on the disk is believed no more than the wire. */
async function readKept(file: string, publicKey: JWK): Promise<SupergraphRelease | null> {
  try {
    return await openSupergraphRelease((await readFile(file, 'utf8')).trim(), publicKey);
  } catch {
    return null;
  }
}

async function keep(file: string, jws: string): Promise<void> {
  const written = `${file}.new`;
  await writeFile(written, jws, { mode: 0o600 });
  await rename(written, file);
}
