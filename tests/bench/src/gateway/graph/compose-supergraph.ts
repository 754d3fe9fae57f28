import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** Throws with everything that is wrong when the schemas do not fit together. */
export function composeSupergraph(
  subgraphs: readonly { readonly name: string; readonly sdl: string }[],
  urls: Readonly<Record<string, string>>,
): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: urls[name] ?? '', typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) {
    throw new Error(errors.map(({ message }) => message).join('\n'));
  }
  return supergraphSdl;
}
