import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerReader } from './answer-reader.ts';
import { ProtocolError, readOptions, takeMessage, takeOpening } from './wire-messages.ts';

describe('wire messages', () => {
  it('reads the settings of the connection options in every spelling', () => {
    expect([...readOptions('-c a=1 -cb=2 --c-d=x\\ y -c e.f= nonsense -x=1')]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c_d', 'x y'],
      ['e.f', ''],
    ]);
  });

  it('refuses lengths that no client would send, and waits for the rest of a message', () => {
    expect(takeMessage(Buffer.from([0x51, 0, 0, 0, 9, 0x61]))).toBeNull();
    expect(() => takeMessage(Buffer.from([0x51, 0x7f, 0, 0, 0]))).toThrow(ProtocolError);
    expect(() => takeOpening(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(ProtocolError);
  });

  it('reads bytes that nobody meant without failing in any other way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        for (const take of [takeOpening, takeMessage]) {
          try {
            take(Buffer.from(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
          }
        }
      }),
    );
  });

  it('finds status and settings in an answer cut anywhere', () => {
    const answer = Buffer.concat([
      Buffer.from([0x31, 0, 0, 0, 4]),
      Buffer.from([0x43, 0, 0, 0, 8]),
      Buffer.from('SET\0'),
      Buffer.from([0x44, 0, 0, 0, 30]),
      Buffer.alloc(26, 0x5a),
      Buffer.from([0x5a, 0, 0, 0, 5, 0x54]),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: answer.length }), { maxLength: 8 }), (cuts) => {
        const reader = createAnswerReader();
        let from = 0;
        for (const to of [...cuts.sort((a, b) => a - b), answer.length]) {
          reader.read(answer.subarray(from, to));
          from = to;
        }
        expect(reader.status).toBe('T');
        expect(reader.hasChangedSettings).toBe(true);
      }),
    );
  });
});
