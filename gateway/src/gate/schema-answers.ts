import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import { type ExecutionResult, execute } from 'graphql';
import type { AccessView } from '../access/access-view.ts';
import { BoundedMap } from '../bounded-map.ts';
import type { ReadDocument } from '../operation/read-documents.ts';
import type { Question } from './gate.ts';
import type { Refusal } from './refusal.ts';

/** One answer takes up to some megabytes of memory, whoever asks for it. */
const mostKept = 32;

/** An answer about the schema, and whether it had to be worked out. */
export interface SchemaAnswer {
  readonly answer: object;
  readonly isNew: boolean;
}

/** Answers questions about the schema from the part of it that their caller may read. */
export interface SchemaAnswers {
  answer(view: AccessView, document: ReadDocument, question: Question): SchemaAnswer | Refusal;
}

/**
 * Large and asked at every start of an explorer, so the last answers without variables are kept. No more than those:
 * a caller writes as many documents as it likes.
 */
export function createSchemaAnswers(): SchemaAnswers {
  const known = new BoundedMap<string, object>(mostKept);
  const views = new WeakMap<AccessView, number>();
  let lastView = 0;

  function numberOf(view: AccessView): number {
    const known = views.get(view);
    if (known !== undefined) return known;
    lastView += 1;
    views.set(view, lastView);
    return lastView;
  }

  return {
    answer(view, document, question) {
      const hasVariables = Object.keys(question.variables).length > 0;
      const key = `${numberOf(view)} ${document.hash} ${question.operationName ?? ''}`;
      const earlier = hasVariables ? undefined : known.get(key);
      if (earlier) return { answer: earlier, isNew: false };
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
      if (!hasVariables) known.set(key, answer);
      return { answer, isNew: true };
    },
  };
}
