/** First byte of an MLLP block (vertical tab). */
export const MLLP_START = 0x0b;
/** Last byte of an MLLP block (file separator); the carriage return after it is tolerated as missing. */
export const MLLP_END = 0x1c;
const CARRIAGE_RETURN = 0x0d;

/** `oversized` carries only the first bytes, enough to read the header and refuse the message by its control id. */
export type MllpBlock =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'oversized'; readonly head: Buffer };

export interface MllpFrameReader {
  /** Returns the blocks that `chunk` completes, in order; bytes outside a block are skipped. */
  push(chunk: Buffer): MllpBlock[];
  /** True while a block has begun and not ended: what was read of it is lost if the connection ends now. */
  readonly insideBlock: boolean;
}

const OVERSIZED_HEAD_BYTES = 1024;

/**
 * Cuts a byte stream into MLLP blocks (HL7 Minimal Lower Layer Protocol, release 1).
 *
 * Memory held is bounded by `maxMessageBytes`: a longer block is dropped as it arrives. A start byte inside
 * a block is content: text pasted from word processors carries it, and guessing a new block would lose one.
 */
export function createMllpFrameReader(options: { maxMessageBytes: number }): MllpFrameReader {
  let parts: Buffer[] = [];
  let size = 0;
  let inside = false;

  const keep = (piece: Buffer) => {
    if (size <= options.maxMessageBytes && piece.length > 0) parts.push(piece);
    size += piece.length;
    if (size > options.maxMessageBytes && parts.length > 0) {
      parts = [Buffer.concat(parts).subarray(0, OVERSIZED_HEAD_BYTES)];
    }
  };
  const finish = (): MllpBlock => {
    const bytes = Buffer.concat(parts);
    const oversized = size > options.maxMessageBytes;
    parts = [];
    size = 0;
    inside = false;
    return oversized
      ? { kind: 'oversized', head: bytes.subarray(0, OVERSIZED_HEAD_BYTES) }
      : { kind: 'message', bytes };
  };

  return {
    get insideBlock() {
      return inside;
    },
    push(chunk) {
      const blocks: MllpBlock[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (!inside) {
          const start = chunk.indexOf(MLLP_START, at);
          if (start < 0) return blocks;
          inside = true;
          at = start + 1;
        }
        const end = chunk.indexOf(MLLP_END, at);
        if (end < 0) {
          keep(chunk.subarray(at));
          return blocks;
        }
        keep(chunk.subarray(at, end));
        blocks.push(finish());
        at = end + 1;
      }
      return blocks;
    },
  };
}

/** Wraps one message for the wire; the message itself must not hold 0x1C. */
export function frameMllp(message: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([MLLP_START]),
    message,
    Buffer.from([MLLP_END, CARRIAGE_RETURN]),
  ]);
}
