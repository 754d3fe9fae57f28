import { GraphQLError } from 'graphql';

/** An error whose text was written for the caller; every other text is replaced before it leaves. */
export class Refusal extends GraphQLError {
  constructor(code: string, message: string) {
    super(message, { extensions: { code } });
  }
}
