import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

const remaining = (headers: Headers) => Number(headers.get('x-ratelimit-remaining'));

test('the schema costs whoever lets it be worked out, and hardly anything when it is asked again', async () => {
  const query = getIntrospectionQuery();
  const first = await hub.ask('diagnostics', query);
  const second = await hub.ask('diagnostics', query);
  const third = await hub.ask('diagnostics', query);
  expect(second.data).toEqual(first.data);
  // Each shows what is left with its own share taken; of an answer that was known the share is given back.
  expect(remaining(first.headers) - remaining(second.headers)).toBe(10_000);
  expect(remaining(second.headers) - remaining(third.headers)).toBe(1);
});

test('ever new questions about the schema are used up like any others', async () => {
  const codes: unknown[] = [];
  for (let asked = 0; asked < 12; asked += 1) {
    const answer = await hub.ask('diagnostics', `{ __schema { types { n${asked}: name } } }`);
    codes.push(answer.errors?.[0]?.extensions['code']);
  }
  expect(codes.at(-1)).toBe('RATE_LIMITED');
});

test('what one purpose was shown is not shown to another that asks the same', async () => {
  const query = '{ __schema { types { name } } }';
  const care = await hub.ask('care', query);
  const analysis = await hub.ask('analysis', query);
  expect(care.text).toContain('"Person"');
  expect(analysis.text).not.toContain('"Person"');
  expect((await hub.ask('care', query)).data).toEqual(care.data);
});
