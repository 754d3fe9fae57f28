import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMllpFrameReader, frameMllp, MLLP_END, MLLP_START } from './mllp-frames.ts';

const message = fc
  .uint8Array({ minLength: 0, maxLength: 200 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== MLLP_END)));
const garbage = fc
  .uint8Array({ maxLength: 20 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== MLLP_START)));

function readInChunks(stream: Buffer, cuts: readonly number[], maxMessageBytes = 1_000) {
  const reader = createMllpFrameReader({ maxMessageBytes });
  const places = [...new Set([0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length])];
  places.sort((a, b) => a - b);
  return places.slice(1).flatMap((end, index) => reader.push(stream.subarray(places[index], end)));
}

describe('MLLP framing', () => {
  it('gives back every message whole and in order, however the bytes are cut and whatever lies between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(garbage, message), { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (parts, cuts) => {
          const stream = Buffer.concat(
            parts.flatMap(([noise, bytes]) => [noise, frameMllp(bytes)]),
          );
          const blocks = readInChunks(stream, cuts);
          expect(
            blocks.map((block) => block.kind === 'message' && block.bytes.toString('hex')),
          ).toEqual(parts.map(([, bytes]) => bytes.toString('hex')));
        },
      ),
    );
  });

  it('reports a message over the limit with its head only, and reads the next one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.integer({ min: 0, max: 5_000 }),
        (cuts, extra) => {
          const long = Buffer.alloc(2_001 + extra, 'x');
          const stream = Buffer.concat([frameMllp(long), frameMllp(Buffer.from('next'))]);
          const blocks = readInChunks(stream, cuts, 2_000);
          expect(blocks.map(({ kind }) => kind)).toEqual(['oversized', 'message']);
          expect(blocks[0]?.kind === 'oversized' && blocks[0].head.length).toBe(1024);
        },
      ),
    );
  });
});
