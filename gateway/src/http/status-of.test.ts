import { describe, expect, test } from 'vitest';
import { graphqlForm, jsonForm, unnamedForm } from './answer-form.ts';
import { answerOfCode, statusOf, statusOfRefusal } from './status-of.ts';

const text = '{}';
const forms = [jsonForm, unnamedForm, graphqlForm];

describe('the status of an answer', () => {
  test.each([
    ['answered', 200, 200],
    ['parse', 200, 400],
    ['validation', 200, 400],
    ['variables', 200, 400],
    ['operation', 400, 400],
  ] as const)('%s: %i to who names JSON, %i to others', (kind, asJson, toOthers) => {
    expect(statusOf({ kind, text }, jsonForm)).toBe(asJson);
    expect(statusOf({ kind, text }, unnamedForm)).toBe(toOthers);
    expect(statusOf({ kind, text }, graphqlForm)).toBe(toOthers);
  });

  test.each([401, 403, 413, 415, 429, 503] as const)('a refusal keeps its %i', (status) => {
    for (const form of forms) {
      expect(statusOf({ kind: 'refused', status, text }, form)).toBe(status);
      expect(statusOfRefusal({ status, code: 'FORBIDDEN', message: '' }, form)).toBe(status);
    }
  });

  test('one too costly is refused by its status for all', () => {
    const refusal = { status: 400, code: 'QUERY_TOO_COSTLY', message: '' } as const;
    for (const form of forms) expect(statusOfRefusal(refusal, form)).toBe(400);
  });

  test.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'] as const)(
    '%s is the same from the gate and from the server behind it',
    (code) => {
      const refusal = { status: 400, code, message: '' } as const;
      for (const form of forms) {
        expect(statusOfRefusal(refusal, form)).toBe(statusOf(answerOfCode(code, 400, text), form));
      }
    },
  );
});
