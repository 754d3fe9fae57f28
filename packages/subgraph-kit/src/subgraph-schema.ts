import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { answerEachReference } from './answer-each-reference.ts';

type SubgraphModule = Extract<
  Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number],
  { typeDefs: unknown }
>;

/** The executable schema of one subgraph, the same for both engines. */
export function createSubgraphSchema(typeDefs: string, resolvers: object): GraphQLSchema {
  // The library types every context as unknown; the service's generated types have checked the resolvers.
  const checkedResolvers = resolvers as NonNullable<SubgraphModule['resolvers']>;
  return answerEachReference(
    buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: checkedResolvers }]),
  );
}
