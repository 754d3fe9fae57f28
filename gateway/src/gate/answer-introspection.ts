import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import { type ExecutionResult, execute } from 'graphql';
import type { AccessView } from '../access/access-view.ts';
import type { ReadDocument } from '../operation/read-documents.ts';
import type { Question } from './gate.ts';
import type { Refusal } from './refusal.ts';

const known = new WeakMap<AccessView, WeakMap<ReadDocument, Map<string, object>>>();

/**
 * Answers a question about the schema from the part of it that its caller may read. Large and asked at every
 * start of an explorer, so an answer without variables is kept as long as its view and its document.
 */
export function answerIntrospection(
  view: AccessView,
  document: ReadDocument,
  question: Question,
): object | Refusal {
  const hasVariables = Object.keys(question.variables).length > 0;
  const byDocument = known.get(view) ?? new WeakMap<ReadDocument, Map<string, object>>();
  known.set(view, byDocument);
  const answers = byDocument.get(document) ?? new Map<string, object>();
  byDocument.set(document, answers);
  const key = question.operationName ?? '';
  const earlier = hasVariables ? undefined : answers.get(key);
  if (earlier) return earlier;
  const schema = view.schema();
  if (!schema) throw new Error('a view of nothing was asked for its schema');
  // Introspection resolves without promises, so the result is here at once.
  const answer = execute({
    schema,
    document: document.document,
    operationName: question.operationName ?? null,
    variableValues: question.variables,
  }) as ExecutionResult;
  const [error] = answer.errors ?? [];
  if (error) {
    return { status: 400, code: 'BAD_USER_INPUT', message: withoutQuotedValues(error.message) };
  }
  if (!hasVariables) answers.set(key, answer);
  return answer;
}
