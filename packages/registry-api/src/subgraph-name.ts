import { registryId } from '@tavolo/access-model';

/** The name of a subgraph: lower-case words joined by hyphens, 2–64 characters. */
export const subgraphName = registryId;
