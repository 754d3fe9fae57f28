import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestProvince, type TestProvince } from './test-subgraphs/province.ts';

let province: TestProvince;
beforeAll(async () => {
  province = await startTestProvince();
});
afterAll(() => province.close());

const question = '{ facilities { id name guests { id events hoursToFirstEvent } } }';

/** The same graph with a field more or less: requests in flight must not notice. */
function versions(sdl: string): readonly [string, string] {
  return [sdl, sdl.replace('type Site\n', '"""Where (dove)."""\ntype Site\n')];
}

test('150 reloads under load fail no request, and old versions go away', async () => {
  const texts = versions(province.sdl);
  expect(texts[0]).not.toBe(texts[1]);
  // The subgraph takes its time, so that every request lives through several reloads.
  province.health.misbehave((response, { variables }) => {
    setTimeout(() => {
      const asked = variables?.['representations'];
      const entities = Array.isArray(asked) ? asked : [];
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          data: { _entities: entities.map(() => ({ events: [], hoursToFirstEvent: 1 })) },
        }),
      );
    }, 5);
  });
  let isOver = false;
  let asked = 0;
  const failures: string[] = [];
  const reader = async () => {
    while (!isOver) {
      const answer = await province.ask(question);
      asked += 1;
      if (answer.status !== 200 || answer.errors) failures.push(answer.text);
    }
  };
  const readers = Promise.all([reader(), reader(), reader()]);
  for (let round = 1; round <= 150; round += 1) {
    await writeFile(province.supergraphFile, texts[round % 2] ?? '');
    expect(await province.gateway.reloadSupergraph()).toBe('reloaded');
  }
  isOver = true;
  await readers;
  province.health.misbehave(undefined);
  expect(failures).toEqual([]);
  expect(asked).toBeGreaterThan(50);
  await vi.waitFor(() => expect(province.gateway.versionsAlive).toBe(1));
}, 240_000);

test('a request that began before a reload is answered by the version it began with', async () => {
  const [first] = versions(province.sdl);
  let release: () => void = () => undefined;
  const isAsked = new Promise<void>((asked) => {
    province.reception.misbehave((response) => {
      release = () =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"data":{"facilities":[{"id":"f1","places":3}]}}');
      asked();
    });
  });
  await writeFile(province.supergraphFile, first);
  await province.gateway.reloadSupergraph();
  const answer = province.ask('{ facilities { id places } }');
  await isAsked;
  await writeFile(province.supergraphFile, first.replace(/ {2}places: Int.*\n/u, ''));
  await province.gateway.reloadSupergraph();
  expect(province.gateway.versionsAlive).toBe(2);
  release();
  expect((await answer).data).toEqual({ facilities: [{ id: 'f1', places: 3 }] });
  province.reception.misbehave(undefined);
  const later = await province.ask('{ facilities { id places } }');
  expect(later.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  await vi.waitFor(() => expect(province.gateway.versionsAlive).toBe(1));
});

test.each([
  ['not GraphQL', () => 'type Query {'],
  ['protected', (sdl: string) => sdl.replace('name: String!', 'name: String! @authenticated')],
  ['broken', (sdl: string) => sdl.replaceAll(': Site', ': Nowhere')],
])('a bad supergraph (%s) is refused and the one before goes on', async (_title, spoil) => {
  await writeFile(province.supergraphFile, province.sdl);
  await province.gateway.reloadSupergraph();
  await writeFile(province.supergraphFile, spoil(province.sdl));
  await expect(province.gateway.reloadSupergraph()).rejects.toThrow();
  expect((await province.ask(question)).errors).toBeUndefined();
  expect(province.gateway.versionsAlive).toBe(1);
});

test('a file that did not change changes nothing', async () => {
  await writeFile(province.supergraphFile, province.sdl);
  await province.gateway.reloadSupergraph();
  expect(await province.gateway.reloadSupergraph()).toBe('unchanged');
});
