import { GraphQLError } from 'graphql';
import { Refusal } from './refusal.ts';

type Shape = 'data' | 'request';

function describe(error: GraphQLError): readonly [code: string, message: string, shape: Shape] {
  const known = error instanceof Refusal ? error : error.originalError;
  if (known instanceof Refusal) return [String(known.extensions['code']), known.message, 'data'];
  const code = error.extensions['code'];
  if (code === 'GRAPHQL_PARSE_FAILED') return [code, 'The query is not GraphQL.', 'request'];
  if (code === 'GRAPHQL_VALIDATION_FAILED') {
    return [code, 'The query does not fit the schema at the place named.', 'request'];
  }
  // Without a path nothing was resolved yet: the request itself is wrong.
  if (error.path === undefined) {
    if (/^Unknown operation|^Must provide operation/u.test(error.message)) {
      return [
        'OPERATION_RESOLUTION_FAILURE',
        'It is not clear which operation is meant.',
        'request',
      ];
    }
    if (error.message.startsWith('Variable ')) {
      return ['BAD_USER_INPUT', 'A variable does not fit its type.', 'request'];
    }
    if (error.originalError === undefined) {
      return ['BAD_REQUEST', 'The request is not GraphQL over HTTP.', 'request'];
    }
  }
  return ['INTERNAL_SERVER_ERROR', 'The adult education centre could not answer.', 'data'];
}

/** What may leave of an error: a text that was written for the caller, or a general one of its code. Values never. */
export function cleanError(error: GraphQLError): GraphQLError {
  const [code, message, shape] = describe(error);
  return new GraphQLError(message, {
    ...(error.nodes === undefined ? {} : { nodes: error.nodes }),
    ...(error.source === undefined ? {} : { source: error.source }),
    ...(error.positions === undefined ? {} : { positions: error.positions }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code, ...(shape === 'request' ? { http: { status: 400 } } : {}) },
  });
}
