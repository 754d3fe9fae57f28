import type { LinkageKey } from '@tavolo/linkage';
import { UsageError } from '../cli-error.ts';
import { publishedKeys } from './published-keys.ts';

const whatToDo =
  'draw one for all institutions with `openssl rand -hex 32`, and keep it in a file of mode 600 (--key-file)';

/** Throws `UsageError` for a linkage key that the world knows, or that is another secret of the institution too. */
export function refuseKnownKey({ bytes }: LinkageKey, sectorKeySecret: string | undefined): void {
  const hex = Buffer.from(bytes).toString('hex');
  if (publishedKeys.has(hex)) {
    throw new UsageError(
      `the linkage key is printed in the documents of Tavolo, for everybody to read; ${whatToDo}`,
    );
  }
  if (sectorKeySecret?.trim().toLowerCase() === hex) {
    throw new UsageError(
      `the linkage key, which all institutions have, is also TAVOLO_SECTOR_KEY_SECRET, which none but yours may have; ${whatToDo}`,
    );
  }
}
