import type { CodeRows } from './explained-code.ts';

/** `alarm` in the gateway's log. */
export const alarmCodes: CodeRows = {
  SUPERGRAPH_REFUSED: [
    'A gateway did not take a release of the graph; it goes on with the one before.',
    'Its signature is not the registry’s, it is older than the one in use, or it does not load.',
    'Compare REGISTRY_PUBLIC_KEY with the registry’s key. Whoever published it rolls back: tavolo subgraph rollback.',
  ],
  SUPERGRAPH_NOT_KEPT: [
    'A gateway could not write the release to its disk; it serves it all the same.',
    'The disk is full, or the folder of SUPERGRAPH_KEPT_FILE may not be written.',
    'Free the disk: after a restart without a registry this gateway would serve an older graph, or none.',
  ],
};
