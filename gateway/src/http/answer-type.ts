/** The two media types of an answer; the second tells by its status code whether the question was run. */
export type AnswerType = 'application/json' | 'application/graphql-response+json';

/** As `Content-Type` says it. */
export const contentTypes: Readonly<Record<AnswerType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
};
