import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { FeedFileError } from './feed-file-error.ts';

/** The encodings the partners' exports come in. */
export type FeedEncoding = 'utf8' | 'latin1' | 'windows-1252';

const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Refuses bytes that cannot be text in the expected encoding. One-byte encodings accept any byte, so
 * they are refused when they carry a UTF-8 mark, or high bytes that all form valid UTF-8: accented
 * Latin text does that practically never.
 */
export function assertEncoding(bytes: Buffer, encoding: FeedEncoding): void {
  if (bytes.includes(0)) {
    throw new FeedFileError('WRONG_ENCODING', `not ${encoding} text: it contains NUL bytes`);
  }
  const valid = isUtf8(bytes);
  if (encoding === 'utf8') {
    if (!valid) throw new FeedFileError('WRONG_ENCODING', 'not UTF-8 text');
    return;
  }
  if (bytes.subarray(0, 3).equals(utf8Mark) || (valid && bytes.some((byte) => byte > 0x7f))) {
    throw new FeedFileError('WRONG_ENCODING', `UTF-8 text where ${encoding} was expected`);
  }
}

/** Decodes piece by piece; throws on a byte that has no meaning in the encoding. */
export function* decodeText(
  bytes: Buffer,
  encoding: FeedEncoding,
  chunkBytes = 65_536,
): Generator<string> {
  assertEncoding(bytes, encoding);
  const decoder = iconv.getDecoder(encoding);
  const pieces = function* () {
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      yield decoder.write(bytes.subarray(from, from + chunkBytes));
    }
    yield decoder.end() ?? '';
  };
  for (const piece of pieces()) {
    // In valid UTF-8 the replacement character means that an earlier program already lost a letter.
    if (piece.includes('\uFFFD')) {
      throw new FeedFileError('WRONG_ENCODING', `characters that are not valid ${encoding}`);
    }
    yield piece;
  }
}
