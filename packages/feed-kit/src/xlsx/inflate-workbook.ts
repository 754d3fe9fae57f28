import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { FeedFileError } from '../feed-file-error.ts';
import type { WorkbookLimits } from './sheet.ts';

/** Parts whose content is read; themes, pictures and macros stay closed. */
const isRead = (name: string) =>
  /^xl\/(workbook|styles|sharedStrings)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/u.test(
    name,
  );

const ratioCheckedFromBytes = 1024 * 1024;

/**
 * Inflates the parts of an XLSX that matter, in memory, counting what really comes out: a zip bomb, an
 * archive cut short or one that lies about its sizes ends in a `FeedFileError`.
 */
export async function inflateWorkbook(
  bytes: Buffer,
  limits: WorkbookLimits,
): Promise<Map<string, string>> {
  if (bytes.length > limits.maxBytes) {
    throw new FeedFileError('TOO_LARGE', `workbook larger than ${limits.maxBytes} bytes`);
  }
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true });
  } catch (error) {
    throw truncated(error);
  }
  if (zip.entryCount > limits.maxEntries) {
    throw new FeedFileError('ZIP_BOMB', `zip bomb: more than ${limits.maxEntries} entries`);
  }
  try {
    const entries: Entry[] = [];
    let declared = 0;
    for await (const entry of zip.eachEntry()) {
      declared += entry.uncompressedSize;
      entries.push(entry);
    }
    if (declared > limits.maxInflatedBytes) throw tooMuch(limits);
    const parts = new Map<string, string>();
    let inflated = 0;
    for (const entry of entries) {
      if (!isRead(entry.fileName)) continue;
      if (parts.has(entry.fileName)) {
        throw new FeedFileError('MALFORMED', 'the archive holds a part twice');
      }
      const part = await inflateEntry(zip, entry, limits, limits.maxInflatedBytes - inflated);
      inflated += part.length;
      parts.set(entry.fileName, part.toString('utf8'));
    }
    return parts;
  } catch (error) {
    throw error instanceof FeedFileError ? error : truncated(error);
  } finally {
    zip.close();
  }
}

async function inflateEntry(
  zip: ZipFile,
  entry: Entry,
  limits: WorkbookLimits,
  room: number,
): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > room) throw tooMuch(limits);
    if (
      length > ratioCheckedFromBytes &&
      length > limits.maxRatio * Math.max(entry.compressedSize, 1)
    ) {
      throw new FeedFileError(
        'ZIP_BOMB',
        `zip bomb: a part inflates to more than ${limits.maxRatio} times its size`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooMuch({ maxInflatedBytes }: WorkbookLimits): FeedFileError {
  return new FeedFileError('ZIP_BOMB', `zip bomb: inflates to more than ${maxInflatedBytes} bytes`);
}

function truncated(cause: unknown): FeedFileError {
  return new FeedFileError('TRUNCATED', 'not a whole XLSX archive (truncated or damaged)', {
    cause,
  });
}
