import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';
import { hostileRow, partnerRow, readRows, textOf } from './hostile-row.ts';
import { sendRow } from './send-row.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({
    limits: { breakerFailures: 1_000, callTimeoutMs: 1_500, operationTimeoutMs: 5_000 },
  });
});
afterAll(() => hub.close());
afterEach(() => {
  hub.records.length = 0;
  hub.logLines.length = 0;
  hub.health.misbehave(undefined);
});

interface Told {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

const canary = /CANARY|HIDDEN_VALUE/u;

describe.each(['owasp-graphql', 'api-top-10', 'graphql-over-http', 'tokens'])('%s', (name) => {
  test.each(readRows(name, hostileRow))('$name', async (row) => {
    const callsBefore = hub.calls;
    const answer = await sendRow(hub, row);
    const isJson = answer.text.startsWith('{');
    // The test asserts on what is in it.
    const told = (isJson ? JSON.parse(answer.text) : {}) as Told;
    const extensions = told.errors?.[0]?.extensions ?? {};
    const { status, code, reason } = row.expect;
    expect([answer.status, extensions['code'], extensions['reason']]).toEqual([
      status,
      code,
      reason,
    ]);
    if (status !== 200) expect(hub.calls).toBe(callsBefore);
    expect(hub.records).toHaveLength(row.records);
    for (const record of hub.records) expect(record.httpStatus).toBe(status);
    // A refused field is named to whoever asked for it, and to nobody else.
    if (code !== 'FORBIDDEN') expect(answer.text).not.toMatch(canary);
    expect(hub.logLines.join('')).not.toMatch(/CANARY|eyJ/u);
    expect(JSON.stringify(hub.records)).not.toMatch(/CANARY|eyJ/u);
  });
});

describe('hostile partners', () => {
  test.each(readRows('hostile-partners', partnerRow))(
    '$name',
    async ({ query, answer, expect: expected }) => {
      const open: ServerResponse[] = [];
      hub.health.misbehave((response) => {
        open.push(response);
        if (answer.silent) return;
        response.writeHead(answer.status, answer.headers);
        const body = answer.text === undefined ? JSON.stringify(answer.json) : textOf(answer.text);
        if (answer.open) response.write(body);
        else response.end(body);
      });
      const told = await hub.ask('analysis', query);
      for (const response of open) response.destroy();
      expect(told.status).toBe(200);
      const extensions = told.errors?.[0]?.extensions ?? {};
      expect(extensions['code']).toBe(expected.code);
      if (expected.reason !== undefined) expect(extensions['reason']).toBe(expected.reason);
      if (expected.code === undefined) expect(told.data).toEqual({ sites: ['Parma'] });
      expect(told.text).not.toMatch(/CANARY|127\.0\.0\.1|:5432|stack|serviceName/u);
      expect([...told.headers.values()].join()).not.toContain('CANARY');
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      expect(hub.records).toHaveLength(1);
      expect(hub.logLines.join('')).not.toContain('CANARY');
      expect(JSON.stringify(hub.records)).not.toContain('CANARY');
    },
  );
});

test('nothing of all this is in the evidence on the disk', async () => {
  const text = await hub.evidenceText();
  expect(text).toContain('"kind":"operation"');
  expect(text).not.toMatch(/CANARY|eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0/u);
});
