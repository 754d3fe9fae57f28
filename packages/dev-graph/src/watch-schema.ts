import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Calls back after so many milliseconds unless it is called off. */
export type Timer = (milliseconds: number, work: () => void) => { cancel(): void };

/** Editors write in several steps; what comes within this time is one save. */
const quietMs = 80;
const isSdl = /\.(?:graphql|graphqls|gql)$/iu;

/**
 * Calls `saved` once after each save of a schema file. Of a file its folder is watched, as editors put a new
 * file in the old one's place; of a folder everything below it that is SDL.
 */
export function watchSchema(
  paths: readonly string[],
  timer: Timer,
  saved: () => void,
): { close(): void } {
  let waiting: { cancel(): void } | undefined;
  const changed = () => {
    waiting?.cancel();
    waiting = timer(quietMs, saved);
  };
  const watchers = paths.map((path): FSWatcher => {
    const isFolder = statSync(path).isDirectory();
    const watcher = watch(
      isFolder ? path : dirname(path),
      { persistent: false, recursive: isFolder },
      (_event, name) => {
        if (name === null || (isFolder ? isSdl.test(name) : name === basename(path))) changed();
      },
    );
    // A folder that goes away is told by the file that can no longer be read.
    return watcher.on('error', changed);
  });
  return {
    close() {
      waiting?.cancel();
      for (const watcher of watchers) watcher.close();
    },
  };
}
