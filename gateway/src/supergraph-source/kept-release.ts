import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The last good release on this gateway's disk, signed as the registry sent it. */
export interface KeptRelease {
  /** `undefined` when nothing is kept. */
  read(): Promise<string | undefined>;
  /** On the disk when it resolves, whole or not at all. */
  write(jws: string): Promise<void>;
}

export function createKeptRelease(file: string): KeptRelease {
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.trim() === '' ? undefined : text.trim();
    },
    async write(jws) {
      const part = `${file}.part`;
      const handle = await open(part, 'w', 0o600);
      try {
        await handle.writeFile(`${jws}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
      // A name is on the disk only when its folder is.
      const folder = await open(dirname(file), 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
  };
}
