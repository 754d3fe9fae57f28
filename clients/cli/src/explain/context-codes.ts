import type { CodeRows } from './explained-code.ts';

/** Why a subgraph does not take a call: what the hub's libraries and the templates answer the gateway. */
export const contextCodes: CodeRows = {
  CONTEXT_MISSING: [
    'The call has no signed context: it did not come through the gateway.',
    'Somebody asks the subgraph directly, or a proxy takes the header away.',
    'Ask through the gateway. Behind a proxy, let the header pass.',
  ],
  CONTEXT_INVALID: [
    'The context is not signed by this hub’s gateway, or is meant for another subgraph.',
    'The subgraph has the public key of another hub, or another name than the registry has for it.',
    'Compare the key and the name with those the operator gave; tavolo doctor tells which differs.',
  ],
  CONTEXT_EXPIRED: [
    'The context is older than it may be.',
    'The clocks of the gateway and of the subgraph differ, or the call lay in a queue.',
    'Set the clock by NTP: contexts hold for seconds.',
  ],
  CONTEXT_REPLAYED: [
    'The same context came twice.',
    'Somebody repeats a call that they saw; or a proxy in front of the subgraph retries.',
    'Switch the retries of the proxy off: the gateway repeats by itself, with a new context.',
  ],
  BODY_CHANGED: [
    'The body is not the one that was signed.',
    'A proxy rewrites JSON or its encoding, or somebody changed the question on its way.',
    'Let the body pass byte by byte; verify before anything parses it.',
  ],
  BUSY: [
    'There is no room to remember another context, so none is taken.',
    'More calls come than contexts lapse.',
    'Ask more slowly, or give the subgraph more room for contexts.',
  ],
};
