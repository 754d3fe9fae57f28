import { GraphQLError } from 'graphql';

/** What a question is refused with before anybody is asked. */
export function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
