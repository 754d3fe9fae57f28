import { describe, expect, test } from 'vitest';
import { answerOfCode, statusOf, statusOfRefusal } from './status-of.ts';

const text = '{}';
const json = 'application/json';
const response = 'application/graphql-response+json';

describe('the status of an answer', () => {
  test.each([
    ['answered', 200, 200],
    ['parse', 200, 400],
    ['validation', 200, 400],
    ['variables', 200, 400],
    ['operation', 400, 400],
  ] as const)('%s: %i as JSON, %i as a GraphQL response', (kind, asJson, asResponse) => {
    expect(statusOf({ kind, text }, json)).toBe(asJson);
    expect(statusOf({ kind, text }, response)).toBe(asResponse);
  });

  test.each([401, 403, 413, 415, 429, 503] as const)('a refusal keeps its %i', (status) => {
    for (const type of [json, response] as const) {
      expect(statusOf({ kind: 'refused', status, text }, type)).toBe(status);
      expect(statusOfRefusal({ status, code: 'FORBIDDEN', message: '' }, type)).toBe(status);
    }
  });

  test('one too costly is refused by its status in both', () => {
    const refusal = { status: 400, code: 'QUERY_TOO_COSTLY', message: '' } as const;
    expect(statusOfRefusal(refusal, json)).toBe(400);
    expect(statusOfRefusal(refusal, response)).toBe(400);
  });

  test.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'] as const)(
    '%s is the same from the gate and from the server behind it',
    (code) => {
      const refusal = { status: 400, code, message: '' } as const;
      for (const type of [json, response] as const) {
        expect(statusOfRefusal(refusal, type)).toBe(statusOf(answerOfCode(code, 400, text), type));
      }
    },
  );
});
