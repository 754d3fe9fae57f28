import { join } from 'node:path';
import { type EmbeddedHub, startEmbeddedHub } from '@tavolo/embedded-hub';

export interface BenchmarkHub extends EmbeddedHub {
  readonly folder: string;
}

/** Starts hubs over one invented province, and keeps one for the benchmarks that share it. */
export interface HubSource {
  /** An empty folder is a cold start, a folder of an earlier one a warm start. */
  startIn(folder: string): Promise<BenchmarkHub>;
  /** A folder that has taken its province in and whose hub is stopped; `shared` starts from it. */
  offer(folder: string): void;
  shared(): Promise<BenchmarkHub>;
  close(): Promise<void>;
}

/** `folder` is where the shared hub lives when no benchmark has prepared one. */
export function createHubSource(options: {
  readonly folder: string;
  readonly size: number;
  readonly say: (line: string) => void;
}): HubSource {
  let prepared: string | undefined;
  let shared: Promise<BenchmarkHub> | undefined;

  const startIn = async (folder: string): Promise<BenchmarkHub> => {
    const hub = await startEmbeddedHub({
      folder,
      logLevel: 'info',
      ports: 'free',
      gatewayPort: 0,
      demo: { seed: 20_261_122, size: options.size, today: '2026-11-22', dirtyShare: 0.02 },
      onProgress: options.say,
    });
    return { ...hub, folder };
  };

  return {
    startIn,
    offer(folder) {
      prepared = folder;
    },
    shared() {
      shared ??= startIn(prepared ?? join(options.folder, 'shared-hub'));
      return shared;
    },
    async close() {
      const hub = await shared?.catch(() => undefined);
      await hub?.close();
    },
  };
}
