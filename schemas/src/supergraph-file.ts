import { fileURLToPath } from 'node:url';

/** Absolute path of the composed supergraph, written by `npm run generate`. */
export const supergraphFile = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));
