/** What any GraphQL server can answer, as a body. */
export const plainQuestion = JSON.stringify({ query: '{ __typename }' });
