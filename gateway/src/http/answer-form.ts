/** How an answer is sent. */
export interface AnswerForm {
  /** As `Content-Type` says it. */
  readonly contentType: string;
  /** Whether its status tells that a question was not run because of what it says. */
  readonly tellsByStatus: boolean;
}

/** For those who name `application/json`: what any server on the way could send, so they look into the body. */
export const jsonForm: AnswerForm = {
  contentType: 'application/json; charset=utf-8',
  tellsByStatus: false,
};

/** For those who name nothing: JSON, which everybody reads, and the status that the specification has them expect. */
export const unnamedForm: AnswerForm = {
  contentType: 'application/json; charset=utf-8',
  tellsByStatus: true,
};

export const graphqlForm: AnswerForm = {
  contentType: 'application/graphql-response+json; charset=utf-8',
  tellsByStatus: true,
};
