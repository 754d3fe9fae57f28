import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** The supergraph of the subgraphs' SDLs by name, or why there is none. */
export function composeCut(subgraphs: Readonly<Record<string, string>>): {
  readonly supergraph: string | undefined;
  readonly problems: readonly string[];
} {
  try {
    const { supergraphSdl, errors } = composeServices(
      Object.entries(subgraphs).map(([name, sdl]) => ({
        name,
        url: `http://${name}.example`,
        typeDefs: parse(sdl),
      })),
    );
    return { supergraph: supergraphSdl, problems: (errors ?? []).map((error) => error.message) };
  } catch (error) {
    return { supergraph: undefined, problems: [String(error)] };
  }
}
