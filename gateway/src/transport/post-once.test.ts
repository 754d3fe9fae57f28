import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { Partners, sending, unlimited } from './partner.fixture.ts';

const partners = new Partners();
afterEach(() => partners.close());

describe('charset', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;Charset="UTF-8"',
    'application/graphql-response+json; charset=utf8; profile=x',
  ])('%s is read', async (contentType) => {
    const pool = await partners.start(sending('{"data":{"a":"è"}}', contentType));
    await expect(partners.ask(pool)).resolves.toEqual({ data: { a: 'è' } });
    expect(partners.released).toBe(1);
  });

  test.each([
    'application/json; charset=iso-8859-1',
    'application/json;charset=utf-16',
    'application/json; charset="windows-1252"',
    'application/json; charset=utf-8; charset=utf-7',
    'text/json',
    'text/plain; charset=utf-8',
    'application/jsonp',
    '',
  ])('%s is not', async (contentType) => {
    const pool = await partners.start(sending('{"data":{"a":1}}', contentType));
    await expect(partners.ask(pool)).rejects.toMatchObject({ reason: 'NOT_JSON' });
    expect(partners.released).toBe(1);
  });

  test.each([
    ['Latin-1', Buffer.from('{"data":{"a":"\u00e8"}}', 'latin1')],
    ['a character cut in two', Buffer.from('{"data":{"a":"\u00e8"}}').subarray(0, 15)],
    ['half of a surrogate pair', Buffer.from('7b2261223a22eda080227d', 'hex')],
    ['a byte order mark', Buffer.from('\ufeff{"data":{}}')],
    ['UTF-16', Buffer.from('{"data":{}}', 'utf16le')],
  ])('bytes that are no UTF-8 JSON are no answer: %s', async (_title, body) => {
    const pool = await partners.start(sending(body));
    await expect(partners.ask(pool)).rejects.toMatchObject({
      reason: 'INVALID_ANSWER',
      retriable: false,
    });
  });
});

describe('JSON', () => {
  test('of a name that comes twice the last value counts', async () => {
    const pool = await partners.start(sending('{"data":{"a":1,"a":2},"data":{"a":3,"a":4}}'));
    await expect(partners.ask(pool)).resolves.toEqual({ data: { a: 4 } });
  });

  test('__proto__ and constructor are names like others', async () => {
    const text = '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const pool = await partners.start(sending(text));
    const answer = await partners.ask(pool);
    expect(JSON.stringify(answer)).toBe(text);
    expect('polluted' in answer).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a 10,000-deep nest is read without the stack', async () => {
    const pool = await partners.start(
      sending(`{"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    );
    await expect(partners.ask(pool)).resolves.toHaveProperty('data');
  });

  test('100,000 errors are read', async () => {
    const pool = await partners.start(sending(`{"errors":[${'{},'.repeat(99_999)}{}]}`));
    expect(await partners.ask(pool)).toMatchObject({ errors: { length: 100_000 } });
  });

  test.each(['', '{', 'null', '[]', '"a"', '{"data":1}x', '{"data":NaN}'])(
    '%j is no answer',
    async (text) => {
      const pool = await partners.start(sending(text));
      await expect(partners.ask(pool)).rejects.toMatchObject({ reason: 'INVALID_ANSWER' });
    },
  );
});

describe('in pieces', () => {
  const text = '{"data":{"a":"perché €"}}';
  const bytes = Buffer.from(text);

  test('byte by byte, with characters cut in two, it is one answer', async () => {
    const pool = await partners.start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const next = (at: number) => {
        if (at === bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    });
    await expect(partners.ask(pool)).resolves.toEqual(JSON.parse(text));
    expect(partners.released).toBe(1);
  });

  test('byte by byte without an end, it ends with the call, and the socket with it', async () => {
    const call = unlimited();
    const events = new EventEmitter();
    const closed = once(events, 'closed');
    const pool = await partners.start((_request, response) => {
      response.on('close', () => events.emit('closed'));
      response.writeHead(200, { 'content-type': 'application/json' });
      const next = (sent: number) => {
        if (sent === 50) call.end('TIMEOUT');
        if (!response.destroyed) response.write(' ', () => setImmediate(next, sent + 1));
      };
      next(1);
    });
    await expect(partners.ask(pool, { call })).rejects.toMatchObject({ reason: 'TIMEOUT' });
    await closed;
    expect(partners.released).toBe(1);
  });

  test.each([
    ['in the middle of what it announced', 'content-length: 1000\r\n\r\n{"data":{"a"'],
    ['in the middle of a chunk', 'transfer-encoding: chunked\r\n\r\n100\r\n{"data":'],
    ['before the last chunk', 'transfer-encoding: chunked\r\n\r\nc\r\n{"data":null}\r\n'],
    ['in the middle of its headers', 'x-half: '],
  ])('an answer that ends %s is no answer', async (_title, rest) => {
    const pool = await partners.startRaw(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${rest}`,
    );
    await expect(partners.ask(pool)).rejects.toMatchObject({
      reason: 'CONNECTION_FAILED',
      retriable: true,
    });
    expect(partners.released).toBe(1);
  });

  test('hints before the answer are not the answer', async () => {
    const pool = await partners.startRaw(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"data":{}}',
    );
    await expect(partners.ask(pool)).resolves.toEqual({ data: {} });
  });

  test('two content types are none', async () => {
    const pool = await partners.startRaw(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-type: text/html\r\n',
      'content-length: 11\r\n\r\n{"data":{}}',
    );
    await expect(partners.ask(pool)).rejects.toMatchObject({ reason: 'NOT_JSON' });
  });

  test('more than allowed is not read to its end', async () => {
    const pool = await partners.start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    await expect(partners.ask(pool, { maxAnswerBytes: 50_000 })).rejects.toMatchObject({
      reason: 'TOO_LARGE',
    });
    expect(partners.released).toBe(1);
  });
});

describe('a call that ends', () => {
  test('before its turn on the socket is never sent, and its place is given back', async () => {
    const questions = new EventEmitter<{ question: [answer: () => void] }>();
    let asked = 0;
    const pool = await partners.start((request, response) => {
      asked += 1;
      questions.emit('question', () => sending('{"data":{}}')(request, response));
    });
    const arrived = once(questions, 'question');
    const first = partners.ask(pool);
    const [answer] = (await arrived) as [() => void];
    const call = unlimited();
    const second = partners.ask(pool, { call });
    call.end('CANCELLED');
    await expect(second).rejects.toMatchObject({ reason: 'CANCELLED' });
    expect(partners.released).toBe(0);
    questions.on('question', (answerNext) => answerNext());
    const third = partners.ask(pool);
    answer();
    await expect(Promise.all([first, third])).resolves.toEqual([{ data: {} }, { data: {} }]);
    expect([asked, partners.released]).toEqual([2, 3]);
  });

  test('is over at once when it was over before', async () => {
    const pool = await partners.start(sending('{"data":{}}'));
    const call = unlimited();
    call.end('TIMEOUT');
    await expect(partners.ask(pool, { call })).rejects.toMatchObject({ reason: 'TIMEOUT' });
  });
});
