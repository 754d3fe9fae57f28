import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHl7, Hl7Error } from './decode-hl7.ts';
import { buildHl7Acknowledgement, readHl7Acknowledgement } from './hl7-acknowledgement.ts';
import { readHl7Batch } from './hl7-batch.ts';
import { readHl7Message } from './hl7-message.ts';
import { readHl7Date, readHl7Timestamp } from './hl7-timestamp.ts';

const header = (charset = '') =>
  `MSH|^~\\&|ADT|OSP|HUB|AUSL|20260301120000||ADT^A04^ADT_A01|C1|P|2.5||||||${charset}`;
const problemOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Hl7Error) return { field: error.field, reason: error.message };
    throw error;
  }
  return null;
};

describe('character sets', () => {
  it.each([
    ['', 'latin1', 'Niccolò'],
    ['8859/1', 'latin1', 'Niccolò'],
    ['UNICODE UTF-8', 'utf8', 'Нур ò'],
    ['ASCII', 'ascii', 'Nur'],
  ] as const)('reads %s as declared in MSH-18', (charset, encoding, name) => {
    const bytes = Buffer.from(`${header(charset)}\rPID|1||1||${name}`, encoding);
    expect(decodeHl7(bytes)).toContain(name);
  });

  it('reads the euro sign differently in ISO-8859-15 and Windows-1252', () => {
    const bytesOf = (charset: string, byte: number) =>
      Buffer.concat([Buffer.from(`${header(charset)}\rPID|`), Buffer.from([byte])]);
    expect(decodeHl7(bytesOf('8859/15', 0xa4))).toMatch(/€$/);
    expect(decodeHl7(bytesOf('WINDOWS-1252', 0x80))).toMatch(/€$/);
  });

  it('names MSH-18 when the bytes contradict it or the set is unknown', () => {
    const latin = (charset: string) =>
      Buffer.from(`${header(charset)}\rPID|1||1||Niccolò`, 'latin1');
    expect(problemOf(() => decodeHl7(latin('UNICODE UTF-8')))?.field).toBe('MSH-18');
    expect(problemOf(() => decodeHl7(latin('ASCII')))?.field).toBe('MSH-18');
    expect(problemOf(() => decodeHl7(latin('KOI8-X')))?.field).toBe('MSH-18');
  });
});

describe('messages', () => {
  it('reads only the segments asked for', () => {
    const text = `${header()}\rPID|1||A^^^X~B\rDG1|1||secret diagnosis`;
    const message = readHl7Message(text, new Set(['PID', 'MSH']));
    expect(
      message
        .first('PID')
        ?.repetitions(3)
        .map((cx) => cx.component(1)),
    ).toEqual(['A', 'B']);
    expect(message.first('DG1')).toBeUndefined();
    expect(message.first('PID')?.value(30)).toBe('');
  });

  it('refuses missing, repeated or ambiguous headers', () => {
    for (const text of [
      '',
      'PID|1',
      'MSH|',
      'MSH|^^\\&|',
      'MSHABCDEF',
      `${header()}\r${header()}`,
    ]) {
      expect(problemOf(() => readHl7Message(text, new Set(['PID'])))?.field).toMatch(/^MSH/);
    }
  });

  it('gives a value back as it was before escaping', () => {
    const toEscaped = (text: string) =>
      text.replace(
        /[|^~\\&]/g,
        (c) => `\\${{ '|': 'F', '^': 'S', '~': 'R', '\\': 'E', '&': 'T' }[c] ?? ''}\\`,
      );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (value) => {
        fc.pre(value !== '""');
        const message = readHl7Message(`${header()}\rPID|${toEscaped(value)}`, new Set(['PID']));
        expect(message.first('PID')?.value(1)).toBe(value.trim());
      }),
    );
  });

  it('either reads a text or says which part of the header is wrong, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (tail, withHeader) => {
        const text = withHeader ? `${header()}\r${tail}` : `MSH${tail}`;
        expect(
          problemOf(() => readHl7Message(text, new Set(['PID', 'PV1'])))?.field ?? 'MSH',
        ).toMatch(/^MSH/);
      }),
    );
  });
});

describe('timestamps', () => {
  it.each([
    ['20260115120000', '2026-01-15T11:00:00Z'],
    ['202607151200', '2026-07-15T10:00:00Z'],
    ['20260715120000.5+0000', '2026-07-15T12:00:00.500Z'],
    ['20260715120000-0330', '2026-07-15T15:30:00Z'],
    // The night clocks go back, 02:30 happens twice: the first is meant.
    ['20261025023000', '2026-10-25T00:30:00Z'],
    ['20261025033000', '2026-10-25T02:30:00Z'],
    // The night they go forward, 02:30 does not exist.
    ['20260329023000', '2026-03-29T01:30:00Z'],
    ['20260329033000', '2026-03-29T01:30:00Z'],
    ['20260329013000', '2026-03-29T00:30:00Z'],
  ])('reads %s as %s', (text, instant) => expect(readHl7Timestamp(text)).toBe(instant));

  it.each([
    '',
    '2026',
    '20260115',
    '20260230120000',
    '20260115250000',
    '20260115126000',
    '15/01/2026',
    '20260115120000+9900',
  ])('refuses %s', (text) => expect(readHl7Timestamp(text)).toBeNull());

  it('gives an instant back through any offset', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }),
        (date) => {
          const stamp = date
            .toISOString()
            .replace(/[-:TZ]/g, '')
            .replace(/(\d)$/, '$1');
          expect(Date.parse(readHl7Timestamp(`${stamp}+0000`) ?? '')).toBe(date.getTime());
        },
      ),
    );
  });

  it('reads days as written', () => {
    expect(readHl7Date('20260131')).toBe('2026-01-31');
    expect(readHl7Date('20260131235959+0100')).toBe('2026-01-31');
    expect(readHl7Date('20260231')).toBeNull();
  });
});

describe('acknowledgements', () => {
  it('echo the control id and name the field at fault', () => {
    const bytes = buildHl7Acknowledgement(Buffer.from(`${header()}\rPID|`), {
      code: 'AE',
      problem: { field: 'PID-3', reason: 'is missing' },
      at: new Date('2026-03-01T11:00:00Z'),
      controlId: 'K1',
    });
    expect(readHl7Acknowledgement(bytes)).toEqual({ code: 'AE', controlId: 'C1' });
    expect(bytes.toString()).toBe(
      'MSH|^~\\&|HUB|AUSL|ADT|OSP|20260301110000+0000||ACK^A04^ACK|K1|P|2.5||||||ASCII\r' +
        'MSA|AE|C1\rERR||PID^1^3|102|E||||is missing\r',
    );
  });

  it('can answer any bytes without letting them forge a segment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, withHeader) => {
        const start = withHeader ? 'MSH|^~\\&|' : '';
        const bytes = buildHl7Acknowledgement(Buffer.concat([Buffer.from(start), noise]), {
          code: 'AR',
          at: new Date(0),
          controlId: 'K',
        });
        expect(bytes.toString('latin1').split('\r')).toHaveLength(3);
        expect(readHl7Acknowledgement(bytes).code).toBe('AR');
      }),
    );
  });
});

describe('batch files', () => {
  const file = (count: number, batches = 1) =>
    Buffer.from(
      `FHS|^~\\&\r\nBHS|^~\\&\r\n${header()}\r\nPID|1\r\n${header()}\r\nBTS|${count}\r\nFTS|${batches}\r\n`,
    );

  it('cuts a file into messages with their lines', () => {
    expect(readHl7Batch(file(2)).map(({ line }) => line)).toEqual([3, 5]);
    expect(readHl7Batch(Buffer.from(`${header()}\nPID|1\n`))[0]?.bytes.toString()).toBe(
      `${header()}\rPID|1\r`,
    );
  });

  it('refuses a file whose counts differ from what it holds, or that was cut', () => {
    expect(problemOf(() => readHl7Batch(file(3)))?.field).toBe('BTS-1');
    expect(problemOf(() => readHl7Batch(file(2, 2)))?.field).toBe('FTS-1');
    expect(problemOf(() => readHl7Batch(file(2).subarray(0, -8)))?.field).toBe('FTS');
    expect(problemOf(() => readHl7Batch(file(2).subarray(0, -16)))?.field).toBe('BTS');
    expect(problemOf(() => readHl7Batch(Buffer.from('PID|1')))?.field).toBe('MSH');
  });
});
