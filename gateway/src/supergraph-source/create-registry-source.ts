import { createDeadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { SupergraphRelease } from '@tavolo/registry-api';
import type { JWK } from 'jose';
import { SupergraphProblem } from '../supergraph/supergraph-problem.ts';
import { createKeptRelease } from './kept-release.ts';
import { openRelease } from './open-release.ts';
import { persist } from './persist.ts';
import { ReleaseRefused } from './release-refused.ts';
import type { RefusedSupergraph, SupergraphSource, TakeSupergraph } from './supergraph-source.ts';

export interface RegistrySourceOptions {
  /** The newest signed release; `undefined` when the registry has none yet. */
  readonly fetch: (signal: AbortSignal) => Promise<string | undefined>;
  /** The key every release must be signed with. */
  readonly publicKey: JWK;
  /** The schema variant this gateway serves; `null` = the whole graph. */
  readonly contract: string | null;
  /** Keeps the last good release, so that a gateway can start while the registry is down. */
  readonly keptFile: string;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly times?: Partial<RegistrySourceTimes>;
}

export interface RegistrySourceTimes {
  /** How long a start waits for the registry before it serves what is kept. */
  readonly startMs: number;
  readonly fetchMs: number;
  readonly shortestRetryMs: number;
  readonly longestRetryMs: number;
  /** How long until a release that could not be kept is written again. */
  readonly keepAgainMs: number;
}

const defaultTimes: RegistrySourceTimes = {
  startMs: 3_000,
  fetchMs: 20_000,
  shortestRetryMs: 100,
  longestRetryMs: 10_000,
  keepAgainMs: 60_000,
};
/** A release issued later than this from now is not believed. */
const clockToleranceMs = 60_000;

type Outcome = 'reloaded' | 'unchanged';

/** The registry as the source of supergraphs. */
export interface RegistrySource extends SupergraphSource {
  /** The registry's stream says that this release is in force. */
  announce(sequence: number): void;
}

/**
 * Takes the newest release the registry signed, and never an older one than it has, also after a restart. What was
 * announced meanwhile is not queued: only the newest matters.
 */
export function createRegistrySource(options: RegistrySourceOptions): RegistrySource {
  const { logger, now, publicKey, contract } = options;
  const times = { ...defaultTimes, ...options.times };
  const kept = createKeptRelease(options.keptFile);
  const closing = new AbortController();
  let take: TakeSupergraph | undefined;
  /** The newest that was taken, now or before the last restart. */
  let floor: Pick<SupergraphRelease, 'sequence' | 'id'> | undefined;
  let served: number | null = null;
  let announced = 0;
  /** Well signed and not servable: asked for again it would be the same. */
  let unservable = 0;
  let refused: RefusedSupergraph | null = null;
  let unkept: string | undefined;
  let looking: Promise<Outcome> | undefined;

  function refuse(sequence: number | null, error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown';
    const subgraphs = error instanceof SupergraphProblem ? error.subgraphs : [];
    const isTold = refused?.reason === reason && refused.sequence === sequence;
    refused = { sequence, reason, subgraphs, at: now().toISOString() };
    // Once, and not at every attempt.
    if (isTold) return;
    logger.error(
      { alarm: 'SUPERGRAPH_REFUSED', sequence, reason, subgraphs },
      'a supergraph of the registry is refused; the last good one goes on',
    );
  }

  function check({ sequence, id, issuedAt }: SupergraphRelease): void {
    if (Date.parse(issuedAt) > now().getTime() + clockToleranceMs) {
      throw new ReleaseRefused('it is from the future: compare the clocks', sequence);
    }
    if (floor && sequence < floor.sequence) {
      throw new ReleaseRefused(`it is older than release ${floor.sequence}`, sequence);
    }
    if (floor && sequence === floor.sequence && id !== floor.id) {
      throw new ReleaseRefused('it is another one under the same number', sequence);
    }
  }

  async function swap(release: SupergraphRelease): Promise<Outcome> {
    if (!take) throw new Error('a source that was not started');
    try {
      const outcome = await take(release.sdl);
      served = release.sequence;
      refused = null;
      return outcome;
    } catch (error) {
      unservable = release.sequence;
      refuse(release.sequence, error);
      throw error;
    }
  }

  async function keep(jws: string): Promise<void> {
    try {
      await kept.write(jws);
      unkept = undefined;
    } catch (error) {
      if (unkept === undefined) {
        logger.error(
          { alarm: 'SUPERGRAPH_NOT_KEPT', err: error },
          'the supergraph is served and not on the disk: a restart without the registry would serve an older one',
        );
      }
      unkept = jws;
    }
  }

  async function fetchRelease(timeMs: number): Promise<string | undefined> {
    const call = createDeadline(timeMs, closing.signal);
    try {
      return await options.fetch(call.signal);
    } finally {
      call.release();
    }
  }

  async function look(timeMs: number): Promise<Outcome> {
    const jws = await fetchRelease(timeMs);
    if (jws === undefined && !floor) return 'unchanged';
    let release: SupergraphRelease;
    try {
      if (jws === undefined) throw new ReleaseRefused('the registry has lost all of its releases');
      release = await openRelease(jws, publicKey, contract);
      check(release);
    } catch (error) {
      if (error instanceof ReleaseRefused) refuse(error.sequence, error);
      throw error;
    }
    const { sequence, id, cause } = release;
    if (sequence === served || sequence === unservable) return 'unchanged';
    const outcome = await swap(release);
    const isKept = floor?.sequence === sequence;
    floor = { sequence, id };
    logger.info({ sequence, supergraph: id, cause, outcome }, 'supergraph of the registry taken');
    if (!isKept) await keep(jws);
    return outcome;
  }

  /** Whoever asks while one look is under way has its outcome. */
  function lookOnce(timeMs: number): Promise<Outcome> {
    looking ??= look(timeMs).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  const isWanted = () => announced > Math.max(served ?? 0, unservable);

  const following = persist({
    shortestMs: times.shortestRetryMs,
    longestMs: times.longestRetryMs,
    async attempt() {
      if (isWanted() || served === null) {
        await lookOnce(times.fetchMs).catch((error: unknown) => {
          if (!closing.signal.aborted && !isPermanent()) {
            logger.warn({ err: error, announced }, 'the supergraph announced could not be had');
            throw error;
          }
        });
        if (isWanted()) throw new Error('the release announced is not there yet');
      }
      if (unkept !== undefined) await keep(unkept);
      if (unkept !== undefined) return times.keepAgainMs;
      // Nothing to serve yet: the registry announces the first, and is asked now and then all the same.
      return served === null ? times.longestRetryMs : undefined;
    },
  });

  /** Whether asking again cannot help before there is another release. */
  const isPermanent = () => served !== null && !isWanted();

  async function startFromKept(jws: string): Promise<void> {
    try {
      // Its time is not asked: it was when it came, and a clock set back since must not stop a start.
      const release = await openRelease(jws, publicKey, contract);
      floor = release;
      await lookOnce(times.startMs).catch(() => undefined);
      if (served !== null) return;
      await swap(release);
      logger.warn({ sequence: release.sequence }, 'the supergraph kept on the disk is served');
    } catch (error) {
      if (error instanceof ReleaseRefused) refuse(error.sequence, error);
    }
  }

  return {
    async start(serve) {
      take = serve;
      const jws = await kept.read();
      if (jws === undefined) await lookOnce(times.startMs).catch(() => undefined);
      else await startFromKept(jws);
      following.nudge();
    },
    reload() {
      unservable = 0;
      return lookOnce(times.fetchMs);
    },
    announce(sequence) {
      if (sequence <= announced) return;
      announced = sequence;
      if (take) following.nudge();
    },
    get standing() {
      const kept = served === null ? null : unkept === undefined;
      return { source: 'registry' as const, sequence: served, refused, kept };
    },
    async close() {
      closing.abort();
      await following.close();
      await looking?.catch(() => undefined);
    },
  };
}
