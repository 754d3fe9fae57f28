import type { RequestListener } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { Partners } from './partner.fixture.ts';

const partners = new Partners();
afterEach(() => partners.close());

const text = JSON.stringify({ data: { list: Array.from({ length: 2_000 }, (_, at) => `è${at}`) } });
const compressed = {
  gzip: (body: string | Buffer) => gzipSync(body),
  br: (body: string | Buffer) =>
    brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};
const encodings = ['gzip', 'br', 'identity'] as const;

function sending(encoding: string, bytes: Buffer): RequestListener {
  return (_request, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
      .end(bytes);
  };
}

describe.each(['gzip', 'br'] as const)('%s', (encoding) => {
  test('is asked for, and read to its end', async () => {
    const accepted: unknown[] = [];
    const pool = await partners.start((request, response) => {
      accepted.push(request.headers['accept-encoding']);
      sending(encoding, compressed[encoding](text))(request, response);
    });
    await expect(partners.ask(pool, { encodings })).resolves.toEqual(JSON.parse(text));
    expect(accepted).toEqual(['gzip, br, identity']);
    expect(partners.released).toBe(1);
  });

  test('that nobody asked for is refused', async () => {
    const pool = await partners.start(sending(encoding, compressed[encoding](text)));
    await expect(partners.ask(pool)).rejects.toMatchObject({ reason: 'NOT_JSON' });
  });

  test('is inflated no further than an answer may be long', async () => {
    const bomb = compressed[encoding](Buffer.alloc(64 * 1024 * 1024, 0x20));
    const pool = await partners.start(sending(encoding, bomb));
    const before = process.memoryUsage().arrayBuffers;
    await expect(partners.ask(pool, { encodings, maxAnswerBytes: 100_000 })).rejects.toMatchObject({
      reason: 'TOO_LARGE',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('at exactly the length allowed it is an answer, one byte less it is none', async () => {
    const pool = await partners.start(sending(encoding, compressed[encoding](text)));
    const length = Buffer.byteLength(text);
    await expect(partners.ask(pool, { encodings, maxAnswerBytes: length })).resolves.toHaveProperty(
      'data',
    );
    await expect(
      partners.ask(pool, { encodings, maxAnswerBytes: length - 1 }),
    ).rejects.toMatchObject({ reason: 'TOO_LARGE' });
  });

  test.each([
    ['cut off', compressed[encoding](text).subarray(0, 500)],
    ['not compressed at all', Buffer.from(text)],
    ['empty', Buffer.alloc(0)],
  ])('that is %s is no answer', async (_title, bytes) => {
    const pool = await partners.start(sending(encoding, bytes));
    await expect(partners.ask(pool, { encodings })).rejects.toMatchObject({
      reason: 'INVALID_ANSWER',
    });
  });
});

test('compressed bytes that become nothing are not read without end', async () => {
  const nothing = gzipSync('');
  const pool = await partners.start((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const more = () => {
      if (!response.destroyed)
        response.write(Buffer.concat(Array(500).fill(nothing)), () => setImmediate(more));
    };
    more();
  });
  await expect(partners.ask(pool, { encodings, maxAnswerBytes: 100_000 })).rejects.toMatchObject({
    reason: 'TOO_LARGE',
  });
});

test('an encoding that was not offered is refused', async () => {
  const pool = await partners.start(sending('deflate', Buffer.from('x')));
  await expect(partners.ask(pool, { encodings })).rejects.toMatchObject({ reason: 'NOT_JSON' });
});
