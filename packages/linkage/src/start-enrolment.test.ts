import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peopleBatch, removalBatch } from './enrolment-wire.ts';
import { createLinkageKey } from './linkage-key.ts';
import type { PersonToEnrol } from './record-types.ts';
import { type Enrolment, startEnrolment } from './start-enrolment.ts';

const linkageKey = createLinkageKey(
  '2026',
  'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13',
);
const keyOf = (name: string): string => createHash('sha256').update(name).digest('base64url');
const person = (name: string, cui: string): PersonToEnrol => ({
  sectorKey: keyOf(name),
  identifiers: [{ kind: 'CUI', value: cui }],
});

/** An index that keeps what it is sent and tells the test when a request was answered. */
class RecordingIndex {
  readonly held = new Map<string, string>();
  readonly requests: { method: string; path: string; body: string; token: string }[] = [];
  epoch = 'one';
  failWith: number | null = null;
  #server: Server;
  #listeners = new Set<() => void>();

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
        this.notify();
      });
    });
  }

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // TCP
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isDone()) return;
        this.#listeners.delete(check);
        resolve();
      };
      this.#listeners.add(check);
      check();
    });
  }

  /** Looks again at what `until` waits for. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  puts(): string[] {
    return this.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '' } = request;
    this.requests.push({ method, path, body, token: request.headers.authorization ?? '' });
    if (this.failWith !== null) return { status: this.failWith, body: { secret: 'x' } };
    const { epoch } = this;
    if (path === '/enrolment/figures') {
      return { status: 200, body: { epoch, people: this.held.size, households: 0 } };
    }
    if (method === 'GET') {
      const records = path.startsWith('/enrolment/people')
        ? [...this.held].map(([sectorKey, version]) => ({ sectorKey, version }))
        : [];
      return { status: 200, body: { epoch, records, next: null } };
    }
    const given: unknown = JSON.parse(body);
    if (method === 'DELETE') {
      const { sectorKeys } = removalBatch.parse(given);
      for (const key of sectorKeys) this.held.delete(key);
      return { status: 200, body: { epoch, received: sectorKeys.length, changed: 0 } };
    }
    const { records } = peopleBatch.parse(given);
    for (const { sectorKey, version } of records) this.held.set(sectorKey, version);
    return { status: 200, body: { epoch, received: records.length, changed: records.length } };
  }
}

describe('enrolment', () => {
  let index: RecordingIndex;
  let url: string;
  let people: PersonToEnrol[];
  let logged: string[];
  let enrolment: Enrolment | undefined;

  beforeEach(async () => {
    index = new RecordingIndex();
    url = await index.listen();
    logged = [];
  });
  afterEach(async () => {
    await enrolment?.close();
    await index.close();
  });

  function start(intervalMs = 60_000): Enrolment {
    const log = (figures: object, message: string): void => {
      logged.push(JSON.stringify([message, figures]));
      index.notify();
    };
    enrolment = startEnrolment({
      indexUrl: url,
      token: 'a-token-of-this-institution',
      linkageKey,
      people: async function* () {
        yield* people;
      },
      households: async function* () {},
      intervalMs,
      debounceMs: 1,
      random: () => 0,
      logger: { info: log, warn: log },
    });
    return enrolment;
  }

  it('sends everybody once, then only what changed, and removes who disappeared', async () => {
    people = Array.from({ length: 1_100 }, (_, i) =>
      person(`p${i}`, `0TV${String(i).padStart(4, '0')}`),
    );
    const running = start();
    await index.until(() => index.held.size === 1_100);
    expect(index.puts().map((body) => peopleBatch.parse(JSON.parse(body)).records.length)).toEqual([
      500, 500, 100,
    ]);
    expect(
      index.requests.every(({ token }) => token === 'Bearer a-token-of-this-institution'),
    ).toBe(true);

    people = [person('p0', '0TVNEW1'), ...people.slice(1, -1)];
    running.changed();
    running.changed();
    await index.until(() => index.held.size === 1_099);
    expect(peopleBatch.parse(JSON.parse(index.puts()[3] ?? '')).records).toHaveLength(1);
    expect(index.puts()).toHaveLength(4);
    expect(index.held.has(keyOf('p1099'))).toBe(false);
  });

  it('sends nothing again after a restart when the index still holds it', async () => {
    people = [person('a', '0TV0001'), person('b', '0TV0002')];
    start();
    await index.until(() => index.held.size === 2);
    await enrolment?.close();
    people = [person('a', '0TV0001')];
    start();
    await index.until(() => index.held.size === 1);
    expect(index.puts()).toHaveLength(1);
  });

  it('sends everything again to an index that lost its store', async () => {
    people = [person('a', '0TV0001')];
    const running = start();
    await index.until(() => index.held.size === 1);
    index.held.clear();
    index.epoch = 'two';
    running.changed();
    await index.until(() => index.held.size === 1);
    expect(index.puts()).toHaveLength(2);
  });

  it('survives an index that is down or refuses, and repeats nothing it says', async () => {
    people = [person('a', '0TV0001')];
    index.failWith = 503;
    start();
    await index.until(() => index.requests.length === 1);
    index.failWith = null;
    await index.until(() => index.held.size === 1);
    expect(logged.join()).toContain('enrolment postponed');
    expect(logged.join()).toContain('503');
    expect(logged.join()).not.toContain('secret');
  });

  it('lets no identifier leave or be logged, well-formed or not', async () => {
    people = [
      {
        sectorKey: keyOf('a'),
        identifiers: [
          { kind: 'CUI', value: '0TV7C41' },
          { kind: 'CODICE_FISCALE', value: 'CANARY Amadou' },
        ],
      },
      { sectorKey: 'CANARY local number', identifiers: [] },
    ];
    start();
    await index.until(() => logged.length === 1);
    const everything = JSON.stringify([index.requests, logged]);
    for (const secret of ['0TV7C41', 'CANARY', linkageKey.bytes.toString()]) {
      expect(everything).not.toContain(secret);
    }
    expect(logged.join()).toContain('"malformed":{"CODICE_FISCALE":1}');
    expect(logged.join()).toContain('"unusable":1');
  });

  it('removes nobody when reading the institution’s own store fails', async () => {
    people = [person('a', '0TV0001')];
    const running = start();
    await index.until(() => index.held.size === 1);
    const broken = people;
    Object.defineProperty(broken, Symbol.iterator, {
      value: () => {
        throw new Error('store is closed');
      },
    });
    running.changed();
    await index.until(() => logged.join().includes('enrolment postponed'));
    await running.close();
    expect(index.held.size).toBe(1);
    expect(index.requests.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  it('shows its token to nobody over plain http outside this machine', () => {
    url = 'http://index.example.org';
    expect(() => start()).toThrow('https');
    enrolment = undefined;
  });
});
