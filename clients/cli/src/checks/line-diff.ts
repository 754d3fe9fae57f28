import type { SdlFile } from '@tavolo/schema-check';

const giveUpAfterMs = 5_000;

/** What differs, as a patch, file by file; a file that only one side has is all new or all gone. Empty = nothing. */
export async function lineDiff(
  before: readonly SdlFile[],
  after: readonly SdlFile[],
): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const [only, onlyBefore] = [after[0], before[0]];
  const isOneFile = before.length === 1 && after.length === 1 && only && onlyBefore;
  // One file each is the same file, whatever its path is called here and there.
  const textBefore = textsByPath(isOneFile ? [{ ...onlyBefore, path: only.path }] : before);
  const textAfter = textsByPath(after);
  const paths = [...new Set([...textBefore.keys(), ...textAfter.keys()])].sort();
  return paths
    .filter((path) => textBefore.get(path) !== textAfter.get(path))
    .map((path) => {
      const [old, now] = [textBefore.get(path), textAfter.get(path)];
      const patch = createTwoFilesPatch(
        old === undefined ? '/dev/null' : path,
        now === undefined ? '/dev/null' : path,
        old ?? '',
        now ?? '',
        undefined,
        undefined,
        { context: 3, timeout: giveUpAfterMs, headerOptions: FILE_HEADERS_ONLY },
      );
      return patch ?? `${path} differs in too much to be laid side by side\n`;
    })
    .join('');
}

/** Ends of lines as Windows writes them are no difference. */
const textsByPath = (files: readonly SdlFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, text }) => [path, text.replaceAll('\r\n', '\n')]));
