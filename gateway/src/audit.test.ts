import { type AuditResult, auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { startTestHub, type TestHub } from './test-subgraphs/start-test-hub.ts';

let hub: TestHub;
let province: TestProvince;
beforeAll(async () => {
  [hub, province] = await Promise.all([startTestHub(), startTestProvince()]);
});
afterAll(() => Promise.all([hub.close(), province.close()]));

describe('GraphQL over HTTP: all 61 audits pass', () => {
  test('through the gate, of somebody known', async () => {
    const authorization = `Bearer ${await hub.token('analysis')}`;
    const results = await auditServer({
      url: `${hub.gateway.url}/graphql`,
      // A stranger is told 401 whatever the question.
      fetchFn: (url: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers);
        headers.set('authorization', authorization);
        return fetch(url, { ...init, headers });
      },
    });
    expectAll(results);
  });

  test('of anybody, where there is no gate', async () => {
    expectAll(await auditServer({ url: `${province.gateway.url}/graphql` }));
  });
});

function expectAll(results: readonly AuditResult[]): void {
  expect(results).toHaveLength(61);
  expect(results.flatMap(({ status, name }) => (status === 'ok' ? [] : [name]))).toEqual([]);
}
