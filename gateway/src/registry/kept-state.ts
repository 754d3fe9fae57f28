import { readFile, rename, writeFile } from 'node:fs/promises';

/** The registry's last word on this gateway's disk: the state in force, and the last sign that it holds. */
export interface KeptState {
  /** Signed messages, oldest first; none when nothing is kept. */
  read(): Promise<readonly string[]>;
  /** `latest` is written at once with a new state, and with an old one once a minute. */
  write(state: string, latest: string): void;
  /** Resolves when what was written is on the disk. */
  settled(): Promise<void>;
}

const refreshMs = 60_000;

export function createKeptState(
  file: string,
  now: () => Date,
  onFailure: (error: unknown) => void,
): KeptState {
  let kept = '';
  let keptAt = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    write(state, latest) {
      if (state === kept && now().getTime() - keptAt < refreshMs) return;
      kept = state;
      keptAt = now().getTime();
      const text = state === latest ? `${state}\n` : `${state}\n${latest}\n`;
      // One after the other, and never half a file: the newest is the one that stays.
      writing = writing
        .then(async () => {
          await writeFile(`${file}.part`, text, { mode: 0o600 });
          await rename(`${file}.part`, file);
        })
        .catch(onFailure);
    },
    settled: () => writing,
  };
}
