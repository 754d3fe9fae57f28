import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { SourceManifest } from '../../source-manifest.ts';

/** One line of a register, by heading; `dirty` names what was broken on purpose. */
export interface RegisterLine {
  readonly cells: readonly string[];
  readonly dirty?: string;
}

/** Collects the files of the associations and what is broken in them. */
export interface RegisterFolder {
  /** Writes one file, `;`-separated, with CR LF, in ISO-8859-1 unless the mistake is to use UTF-8. */
  write(
    file: string,
    heading: readonly string[],
    lines: readonly RegisterLine[],
    mistake?: 'missing-column' | 'wrong-encoding',
  ): Promise<void>;
  manifest(): SourceManifest;
}

export function createRegisterFolder(folder: string): RegisterFolder {
  const files: string[] = [];
  const dirty: SourceManifest['dirty'][number][] = [];
  let rows = 0;
  return {
    async write(file, heading, lines, mistake) {
      const table = [heading, ...lines.map(({ cells }) => cells)];
      const text = stringify(table, {
        delimiter: ';',
        record_delimiter: 'windows',
        relax_column_count: true,
      } as never);
      const bytes =
        mistake === 'wrong-encoding' ? Buffer.from(text) : iconv.encode(latinOnly(text), 'latin1');
      await writeFile(join(folder, file), bytes);
      files.push(file);
      rows += lines.length;
      if (mistake) dirty.push({ file, line: null, kind: mistake });
      for (const [index, line] of lines.entries()) {
        // The heading is line 1.
        if (line.dirty !== undefined) dirty.push({ file, line: index + 2, kind: line.dirty });
      }
    },
    manifest: () => ({ files, rows, dirty }),
  };
}

/** Letters that ISO-8859-1 lacks lose their marks, as in a clerk's own spelling. */
function latinOnly(text: string): string {
  return text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^\0-\xff]/g, (letter) => letter.normalize('NFD').replace(/[^\0-\xff]/g, ''));
}
