import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  printSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noRates } from '../fuzz/fuzz-setting.ts';
import { createRandom } from '../fuzz/random.ts';
import { randomOperation } from '../fuzz/random-operation.ts';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

const hiddenFromAnalysts = /[Hh]idden|HIDDEN|Person|guests|events|entryAt/u;
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ rates: noRates });
});
afterAll(() => hub.close());

async function schemaOf(purposeId: string) {
  const answer = await hub.ask(purposeId, getIntrospectionQuery());
  // A whole answer to the whole question.
  return buildClientSchema(answer.data as unknown as IntrospectionQuery);
}

test('each purpose is shown what it may use, and no name of anything else', async () => {
  const analysis = printSchema(await schemaOf('analysis'));
  expect(analysis).toContain('facilities');
  expect(analysis).toContain('enum FacilityKind');
  expect(analysis).not.toMatch(hiddenFromAnalysts);
  const care = printSchema(await schemaOf('care'));
  expect(care).toContain('events: [String!]');
  expect(care).not.toMatch(/[Hh]idden|HIDDEN/u);
  for (const sdl of [analysis, care]) {
    expect(sdl).not.toMatch(/join__|link__|_entities|_service|@sensitive|@owner|requiresScopes/u);
  }
});

test('a purpose that reads nothing is shown nothing, in the words of every refusal', async () => {
  const answer = await hub.ask('oversight', getIntrospectionQuery());
  expect(answer.status).toBe(403);
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    coordinate: 'Query.__schema',
  });
  expect(answer.text).not.toContain('facilities');
});

test('no error about a damaged question tells a name that was not in it', async () => {
  const schema = await schemaOf('analysis');
  const random = createRandom(7);
  const seen = new Set<unknown>();
  for (let asked = 0; asked < 150; asked += 1) {
    const { query, variables } = randomOperation(schema, random, true);
    const answer = await hub.ask('analysis', query, variables);
    expect(answer.status, query).toBeLessThan(500);
    expect(answer.text, query).not.toMatch(hiddenFromAnalysts);
    for (const error of answer.errors ?? []) {
      seen.add(error.extensions['code']);
      const { code, advice, errorId, ...more } = error.extensions;
      expect([typeof code, typeof advice, typeof errorId], query).toEqual([
        'string',
        'string',
        'string',
      ]);
      expect(Object.keys(more).filter((key) => !['reason', 'coordinate'].includes(key))).toEqual(
        [],
      );
    }
  }
  expect(seen.size).toBeGreaterThan(3);
});
