import { Writable } from 'node:stream';
import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSchemaComplaint } from './schema-mismatch.ts';
import { startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { sendJson } from './test-subgraphs/start-test-subgraph.ts';

const alarms: Record<string, unknown>[] = [];
let province: TestProvince;
beforeAll(async () => {
  const logger = pino(
    { level: 'error', base: null },
    new Writable({
      write(chunk, _encoding, done) {
        // What pino wrote a moment ago.
        alarms.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    }),
  );
  province = await startTestProvince({ logger });
});
afterAll(() => province.close());

describe('a partner whose server does not serve the schema it published', () => {
  test('is named in the answer, the log (once) and the health page, in our words only', async () => {
    province.health.misbehave((response) =>
      sendJson(
        response,
        {
          errors: [
            {
              message: 'Cannot query field "sites" on type "Query". Did you mean "rossi_mario"?',
              extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
            },
          ],
        },
        400,
      ),
    );
    for (let round = 0; round < 3; round += 1) {
      const answer = await province.ask('{ sites }');
      expect(answer.data).toEqual({ sites: null });
      expect(answer.errors).toMatchObject([
        { path: ['sites'], extensions: { code: 'UNAVAILABLE', reason: 'SCHEMA_MISMATCH' } },
      ]);
      expect(answer.extensions.sources).toMatchObject([
        { name: 'health', status: 'UNAVAILABLE', reason: 'SCHEMA_MISMATCH' },
      ]);
      expect(answer.text).not.toContain('rossi');
    }
    expect(alarms).toMatchObject([
      { alarm: 'SCHEMA_MISMATCH', subgraph: 'health', coordinate: 'Query.sites' },
    ]);
    expect(JSON.stringify(alarms)).not.toContain('rossi');
    const health: unknown = await (await fetch(`${province.gateway.url}/health/ready`)).json();
    expect(health).toMatchObject({ supergraph: { mismatched: ['health'] } });
  });

  test('is told also when its values have another shape, beside what is usable', async () => {
    alarms.length = 0;
    province.reception.misbehave((response) =>
      sendJson(response, { data: { facilities: { rossi: 'mario' } } }),
    );
    const answer = await province.ask('{ facilities { name } }');
    province.reception.misbehave(undefined);
    expect(answer.data).toEqual({ facilities: null });
    expect(answer.extensions.sources).toMatchObject([
      { name: 'reception', status: 'OK', reason: 'SCHEMA_MISMATCH' },
    ]);
    expect(alarms).toMatchObject([
      { alarm: 'SCHEMA_MISMATCH', subgraph: 'reception', coordinate: 'Query.facilities' },
    ]);
  });
});

test.each([
  ['Cannot query field "a" on type "Query".', 'Query.a'],
  ['Cannot query field "rossi" on type "Query".', undefined],
  ['Cannot query field "__proto__" on type "Query".', undefined],
  ['Unknown type "Query".', 'Query'],
  ['Unknown type "__proto__".', undefined],
  ['Unknown argument "x" on field "Query.a".', 'Query.a'],
])('of %s only what is in the graph is said on', (message, coordinate) => {
  const schema = buildSchema('type Query { a: Int }');
  expect(readSchemaComplaint([{ message }], schema)).toEqual({ coordinate });
});

test.each([[[]], [[null]], [['Cannot query field']], [[{ message: 7 }]], [[{ message: 'down' }]]])(
  '%j is no complaint about a schema',
  (errors) => {
    expect(readSchemaComplaint(errors, buildSchema('type Query { a: Int }'))).toBeUndefined();
  },
);
