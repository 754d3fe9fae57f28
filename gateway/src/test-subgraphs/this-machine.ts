import { readAllowedNetworks } from '@tavolo/routing-address';

/** Where tests have their subgraphs: no public address, so it must be allowed. */
export const thisMachine = readAllowedNetworks(['127.0.0.0/8', '::1/128']);
