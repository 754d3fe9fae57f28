import type { ErrorCode } from '../error-codes.ts';
import type { Refusal } from '../gate/refusal.ts';
import type { AnswerForm } from './answer-form.ts';
import type { GraphqlAnswer } from './graphql-answer.ts';

const kinds: Partial<Record<ErrorCode, 'parse' | 'validation' | 'variables'>> = {
  GRAPHQL_PARSE_FAILED: 'parse',
  GRAPHQL_VALIDATION_FAILED: 'validation',
  BAD_USER_INPUT: 'variables',
};

/**
 * The HTTP status of an answer. It tells whether the question was run; only to those who ask for `application/json`
 * by its name, which any server on the way could have sent, a document that does not parse or validate and variables
 * that do not fit are 200, so that they read the errors in them
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json). What the gate refuses keeps its status
 * for everybody: no monitor may take a 401 or 429 for an answer.
 */
export function statusOf(answer: GraphqlAnswer, form: AnswerForm): number {
  switch (answer.kind) {
    case 'answered':
      return 200;
    case 'refused':
      return answer.status;
    case 'operation':
      return 400;
    default:
      return form.tellsByStatus ? 400 : 200;
  }
}

/** The same of what the gate refused: it reads, validates and checks variables before the executor does. */
export function statusOfRefusal({ code, status }: Refusal, form: AnswerForm): number {
  return !form.tellsByStatus && status === 400 && kinds[code] !== undefined ? 200 : status;
}

/** What kind of answer it is that the server gave with this code in place of running the question. */
export function answerOfCode(
  code: ErrorCode,
  status: Refusal['status'],
  text: string,
): GraphqlAnswer {
  const kind = kinds[code];
  if (kind !== undefined) return { kind, text };
  if (code === 'OPERATION_RESOLUTION_FAILURE') return { kind: 'operation', text };
  return { kind: 'refused', status, text };
}
