import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** Composes as the registry would; slow (about a second), so once per test file. */
export function compose(
  subgraphs: readonly { readonly name: string; readonly typeDefs: string; readonly url: string }[],
): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs, url }) => ({ name, url, typeDefs: parse(typeDefs) })),
  );
  if (supergraphSdl === undefined) {
    throw new Error(errors.map((error) => error.message).join('\n'));
  }
  return supergraphSdl;
}
