import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLibsqlHealthFeedStore } from '../store/libsql-health-feed-store.ts';
import { openHealthDatabase } from '../store/open-health-database.ts';
import { pullFhir } from './pull-fhir.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;
const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A FHIR server that answers the given search as told and every other with an empty bundle. */
async function serve(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(`${url.pathname}${url.search}`);
    const answer = answers[url.pathname];
    if (answer) answer(request, response, url);
    else json(response, { resourceType: 'Bundle', type: 'searchset' });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  // The server listens on TCP, so its address has a port.
  const { port } = server.address() as AddressInfo;
  return { baseUrl: new URL(`http://127.0.0.1:${port}/fhir/`), asked };
}

function json(response: ServerResponse, body: object) {
  response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(body));
}
const patient = (id: string, lastUpdated: string) => ({
  resource: { resourceType: 'Patient', id, meta: { lastUpdated }, identifier: [] },
});
const searchset = (entry: object[], next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
});

function setUp(baseUrl: URL, client: object = {}) {
  const database = openHealthDatabase(':memory:');
  const store = createLibsqlHealthFeedStore(database, {
    deriveId: (label, id) => `${label}:${id}`,
    dayOf: (instant) => instant.slice(0, 10),
  });
  const count = () =>
    (database.prepare('SELECT count(*) AS n FROM person').get([]) as { n: number }).n;
  const pull = () =>
    pullFhir({
      store,
      conventions: { patientSystem: 'x' },
      now: () => new Date('2026-03-01T12:00:00Z'),
      pageSize: 2,
      maxPages: 5,
      overlapMs: 60_000,
      client: {
        baseUrl,
        timeoutMs: 2_000,
        maxPageBytes: 10_000,
        maxAttempts: 3,
        maxRetryAfterMs: 5,
        firstRetryMs: 1,
        signal: new AbortController().signal,
        ...client,
      },
    });
  return { store, pull, count };
}

describe('FHIR pull', () => {
  it('follows the pages, keeps how far it came, and asks only for what is newer, with an overlap', async () => {
    const { baseUrl, asked } = await serve({
      '/fhir/Patient': (_request, response, url) =>
        json(
          response,
          url.searchParams.has('page')
            ? searchset([patient('3', '2026-02-03T00:00:00Z')])
            : searchset(
                [patient('1', '2026-02-01T00:00:00Z'), patient('2', '2026-02-02T00:00:00Z')],
                '?page=2'.replace('?', 'Patient?'),
              ),
        ),
    });
    const { pull, store, count } = setUp(baseUrl);
    expect(await pull()).toBe(3);
    expect(count()).toBe(3);
    expect(store.readCursor('fhir:Patient')).toBe('2026-02-03T00:00:00.000Z');
    // What the overlap brings again is recognised.
    expect(await pull()).toBe(0);
    const searches = asked.filter((path) => path.startsWith('/fhir/Patient?_count'));
    expect(searches[1]).toContain('_lastUpdated=ge2026-02-02T23%3A59%3A00.000Z');
  });

  it('waits as a 503 asks and tries again', async () => {
    let calls = 0;
    const { baseUrl } = await serve({
      '/fhir/Patient': (_request, response) => {
        calls += 1;
        if (calls < 3) response.writeHead(503, { 'retry-after': '0' }).end();
        else json(response, searchset([patient('1', '2026-02-01T00:00:00Z')]));
      },
    });
    const { pull, count } = setUp(baseUrl);
    await pull();
    expect([calls, count()]).toEqual([3, 1]);
  });

  it.each([
    [
      'a server that stays down',
      'HTTP_STATUS',
      (response: ServerResponse) => response.writeHead(503).end(),
    ],
    ['a server that never answers', 'UNREACHABLE', () => undefined],
    ['a page of HTML', 'NOT_JSON', (response: ServerResponse) => response.end('<html></html>')],
    [
      'something that is no bundle',
      'NOT_A_BUNDLE',
      (response: ServerResponse) => json(response, {}),
    ],
    [
      'a page over the limit',
      'TOO_LARGE',
      (response: ServerResponse) => response.end('x'.repeat(20_000)),
    ],
    [
      'a redirect',
      'HTTP_STATUS',
      (response: ServerResponse) =>
        response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    ],
    [
      'a next page on another origin',
      'OTHER_ORIGIN',
      (response: ServerResponse) =>
        json(response, searchset([], 'http://127.0.0.1:9/fhir/Patient?page=2')),
    ],
  ] as const)('gives up on %s and leaves the cursor where it was', async (_name, code, answer) => {
    const { baseUrl } = await serve({
      '/fhir/Patient': (_request, response) => void answer(response),
    });
    const { pull, store } = setUp(baseUrl, { timeoutMs: 50 });
    await expect(pull()).rejects.toMatchObject({ name: 'FhirServerError', code });
    expect(store.readCursor('fhir:Patient')).toBeNull();
  });

  it('stops at the largest number of pages and goes on from there next time', async () => {
    const { baseUrl } = await serve({
      '/fhir/Patient': (_request, response, url) => {
        const page = Number(url.searchParams.get('page') ?? '1');
        json(
          response,
          searchset(
            [patient(String(page), `2026-02-01T00:00:0${page % 10}Z`)],
            `Patient?page=${page + 1}`,
          ),
        );
      },
    });
    const { pull, store } = setUp(baseUrl);
    expect(await pull()).toBe(5);
    expect(store.readCursor('fhir:Patient')).toBe('2026-02-01T00:00:05.000Z');
  });
});
