import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { Pool } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallDeadline } from './call-deadlines.ts';
import { postOnce } from './post-once.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: Server | TcpServer): Promise<Pool> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const pool = new Pool(`http://127.0.0.1:${address.port}`, {
    connections: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  closing.push(async () => {
    await pool.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return pool;
}

function start(listener: RequestListener): Promise<Pool> {
  return listen(createServer(listener));
}

/** Answers each request with exactly these bytes, and closes. */
function startRaw(...pieces: readonly (string | Buffer)[]): Promise<Pool> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        for (const piece of pieces) socket.write(piece);
        socket.end();
      });
    }),
  );
}

function unlimited(): CallDeadline {
  return new CallDeadline(Number.POSITIVE_INFINITY, new AbortController().signal);
}

let released = 0;
beforeEach(() => {
  released = 0;
});
function ask(pool: Pool, call = unlimited(), maxAnswerBytes = 1_000_000): Promise<object> {
  return postOnce(
    pool,
    {
      path: '/graphql',
      body: '{"query":"{a}"}',
      headers: [],
      encodings: ['identity'],
      maxAnswerBytes,
    },
    call,
    () => {
      released += 1;
    },
  );
}

function sending(body: string | Buffer, contentType = 'application/json'): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(body);
  };
}

describe('charset', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;Charset="UTF-8"',
    'application/graphql-response+json; charset=utf8; profile=x',
  ])('%s is read', async (contentType) => {
    const pool = await start(sending('{"data":{"a":"è"}}', contentType));
    await expect(ask(pool)).resolves.toEqual({ data: { a: 'è' } });
    expect(released).toBe(1);
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
    const pool = await start(sending('{"data":{"a":1}}', contentType));
    await expect(ask(pool)).rejects.toMatchObject({ reason: 'NOT_JSON' });
    expect(released).toBe(1);
  });

  test.each([
    ['Latin-1', Buffer.from('{"data":{"a":"\u00e8"}}', 'latin1')],
    ['a character cut in two', Buffer.from('{"data":{"a":"\u00e8"}}').subarray(0, 15)],
    ['half of a surrogate pair', Buffer.from('7b2261223a22eda080227d', 'hex')],
    ['a byte order mark', Buffer.from('\ufeff{"data":{}}')],
    ['UTF-16', Buffer.from('{"data":{}}', 'utf16le')],
  ])('bytes that are no UTF-8 JSON are no answer: %s', async (_title, body) => {
    const pool = await start(sending(body));
    await expect(ask(pool)).rejects.toMatchObject({ reason: 'INVALID_ANSWER', retriable: false });
  });
});

describe('JSON', () => {
  test('of a name that comes twice the last value counts', async () => {
    const pool = await start(sending('{"data":{"a":1,"a":2},"data":{"a":3,"a":4}}'));
    await expect(ask(pool)).resolves.toEqual({ data: { a: 4 } });
  });

  test('__proto__ and constructor are names like others', async () => {
    const text = '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const pool = await start(sending(text));
    const answer = await ask(pool);
    expect(JSON.stringify(answer)).toBe(text);
    expect('polluted' in answer).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('a 10,000-deep nest is read without the stack', async () => {
    const pool = await start(sending(`{"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`));
    await expect(ask(pool)).resolves.toHaveProperty('data');
  });

  test('100,000 errors are read', async () => {
    const pool = await start(sending(`{"errors":[${'{},'.repeat(99_999)}{}]}`));
    expect(await ask(pool)).toMatchObject({ errors: { length: 100_000 } });
  });

  test.each(['', '{', 'null', '[]', '"a"', '{"data":1}x', '{"data":NaN}'])(
    '%j is no answer',
    async (text) => {
      const pool = await start(sending(text));
      await expect(ask(pool)).rejects.toMatchObject({ reason: 'INVALID_ANSWER' });
    },
  );
});

describe('in pieces', () => {
  const text = '{"data":{"a":"perché €"}}';
  const bytes = Buffer.from(text);

  test('byte by byte, with characters cut in two, it is one answer', async () => {
    const pool = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const next = (at: number) => {
        if (at === bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    });
    await expect(ask(pool)).resolves.toEqual(JSON.parse(text));
    expect(released).toBe(1);
  });

  test('byte by byte without an end, it ends with the call, and the socket with it', async () => {
    const call = unlimited();
    const events = new EventEmitter();
    const closed = once(events, 'closed');
    const pool = await start((_request, response) => {
      response.on('close', () => events.emit('closed'));
      response.writeHead(200, { 'content-type': 'application/json' });
      const next = (sent: number) => {
        if (sent === 50) call.end('TIMEOUT');
        if (!response.destroyed) response.write(' ', () => setImmediate(next, sent + 1));
      };
      next(1);
    });
    await expect(ask(pool, call)).rejects.toMatchObject({ reason: 'TIMEOUT' });
    await closed;
    expect(released).toBe(1);
  });

  test.each([
    ['in the middle of what it announced', 'content-length: 1000\r\n\r\n{"data":{"a"'],
    ['in the middle of a chunk', 'transfer-encoding: chunked\r\n\r\n100\r\n{"data":'],
    ['before the last chunk', 'transfer-encoding: chunked\r\n\r\nc\r\n{"data":null}\r\n'],
    ['in the middle of its headers', 'x-half: '],
  ])('an answer that ends %s is no answer', async (_title, rest) => {
    const pool = await startRaw(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${rest}`);
    await expect(ask(pool)).rejects.toMatchObject({
      reason: 'CONNECTION_FAILED',
      retriable: true,
    });
    expect(released).toBe(1);
  });

  test('hints before the answer are not the answer', async () => {
    const pool = await startRaw(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"data":{}}',
    );
    await expect(ask(pool)).resolves.toEqual({ data: {} });
  });

  test('two content types are none', async () => {
    const pool = await startRaw(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-type: text/html\r\n',
      'content-length: 11\r\n\r\n{"data":{}}',
    );
    await expect(ask(pool)).rejects.toMatchObject({ reason: 'NOT_JSON' });
  });

  test('more than allowed is not read to its end', async () => {
    const pool = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    await expect(ask(pool, unlimited(), 50_000)).rejects.toMatchObject({ reason: 'TOO_LARGE' });
    expect(released).toBe(1);
  });
});

describe('a call that ends', () => {
  test('before its turn on the socket is never sent, and its place is given back', async () => {
    const questions = new EventEmitter<{ question: [answer: () => void] }>();
    let asked = 0;
    const pool = await start((request, response) => {
      asked += 1;
      questions.emit('question', () => sending('{"data":{}}')(request, response));
    });
    const arrived = once(questions, 'question');
    const first = ask(pool);
    const [answer] = (await arrived) as [() => void];
    const call = unlimited();
    const second = ask(pool, call);
    call.end('CANCELLED');
    await expect(second).rejects.toMatchObject({ reason: 'CANCELLED' });
    expect(released).toBe(0);
    questions.on('question', (answerNext) => answerNext());
    const third = ask(pool);
    answer();
    await expect(Promise.all([first, third])).resolves.toEqual([{ data: {} }, { data: {} }]);
    expect([asked, released]).toEqual([2, 3]);
  });

  test('is over at once when it was over before', async () => {
    const pool = await start(sending('{"data":{}}'));
    const call = unlimited();
    call.end('TIMEOUT');
    await expect(ask(pool, call)).rejects.toMatchObject({ reason: 'TIMEOUT' });
  });
});
