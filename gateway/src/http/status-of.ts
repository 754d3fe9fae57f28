import type { ErrorCode } from '../error-codes.ts';
import type { Refusal } from '../gate/refusal.ts';
import type { AnswerType } from './answer-type.ts';
import type { GraphqlAnswer } from './graphql-answer.ts';

const kinds: Partial<Record<ErrorCode, 'parse' | 'validation' | 'variables'>> = {
  GRAPHQL_PARSE_FAILED: 'parse',
  GRAPHQL_VALIDATION_FAILED: 'validation',
  BAD_USER_INPUT: 'variables',
};

/**
 * The HTTP status of an answer. `application/graphql-response+json` tells by it whether the question was run. As
 * `application/json`, which any server on the way could have sent, a document that does not parse or validate and
 * variables that do not fit are 200, so that clients of before read the errors in them
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json). What the gate refuses keeps its status
 * in both: nobody's monitor may take a 401 or 429 for an answer.
 */
export function statusOf(answer: GraphqlAnswer, type: AnswerType): number {
  switch (answer.kind) {
    case 'answered':
      return 200;
    case 'refused':
      return answer.status;
    case 'operation':
      return 400;
    default:
      return type === 'application/json' ? 200 : 400;
  }
}

/** The same of what the gate refused: it reads, validates and checks variables before the executor does. */
export function statusOfRefusal({ code, status }: Refusal, type: AnswerType): number {
  return type === 'application/json' && status === 400 && kinds[code] !== undefined ? 200 : status;
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
