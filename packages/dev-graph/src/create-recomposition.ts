import { createHash } from 'node:crypto';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { SdlFile } from '@tavolo/schema-check';
import type { Composer } from './compose/create-composer.ts';
import type { DevEvent } from './dev-event.ts';
import { type GraphVersion, startGraphVersion } from './serve/start-graph-version.ts';
import type { OtherSubgraph } from './subgraph-files.ts';

export interface MySubgraph {
  readonly name: string;
  /** The partner that answers for it. */
  readonly owner: string;
  readonly url: string;
}

/** Makes a graph of my files as they are now; the last good one serves until there is a better one. */
export interface Recomposition {
  readonly current: GraphVersion | undefined;
  /** Resolves when the files as they were at the call, or later ones, are composed or refused; never rejects. */
  run(): Promise<void>;
  close(): Promise<void>;
}

export interface RecompositionOptions {
  readonly mine: MySubgraph;
  readonly readFiles: () => Promise<readonly SdlFile[]>;
  readonly others: readonly OtherSubgraph[];
  readonly composer: Composer;
  readonly sourceOf: (name: string) => GraphQLDataSource;
  readonly nowMs: () => number;
  readonly tell: (event: DevEvent) => void;
}

export function createRecomposition(options: RecompositionOptions): Recomposition {
  const { mine, others, composer, tell, nowMs } = options;
  let current: GraphVersion | undefined;
  let isClosed = false;
  /** The run under way, and the one that begins after it for whoever saved meanwhile. */
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function recompose(): Promise<void> {
    const startedMs = nowMs();
    try {
      const files = await options.readFiles();
      const { findings, supergraphSdl } = await composer.compose({
        submitted: [{ ...mine, files }],
        others: others.filter(({ name }) => name !== mine.name),
        partners: [...new Set([mine.owner, ...others.map(({ owner }) => owner)])],
        waivers: [],
      });
      if (isClosed) return;
      const milliseconds = Math.round(nowMs() - startedMs);
      if (supergraphSdl === null) {
        tell({ event: 'refused', findings, milliseconds, lastGoodServes: current !== undefined });
        return;
      }
      const version = await startGraphVersion(supergraphSdl, options.sourceOf);
      const before = current;
      current = version;
      await before?.stop();
      const supergraphId = createHash('sha256').update(supergraphSdl).digest('hex');
      tell({ event: 'composed', supergraphId, milliseconds, findings });
    } catch (error) {
      if (isClosed) return;
      const message = error instanceof Error ? error.message : 'unexpected failure';
      tell({ event: 'failed', message, lastGoodServes: current !== undefined });
    }
  }

  function begin(): Promise<void> {
    const run = recompose().finally(() => {
      running = undefined;
    });
    running = run;
    return run;
  }

  return {
    get current() {
      return current;
    },
    run() {
      if (!running) return begin();
      next ??= running.then(() => {
        next = undefined;
        return begin();
      });
      return next;
    },
    async close() {
      isClosed = true;
      await composer.close();
      await running;
      await current?.stop();
    },
  };
}
