import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type AllowedNetworks, refusedAddress } from './routing-address.ts';

/** A name that leads to no address the hub connects to; says nothing of what it leads to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';

  constructor() {
    super('the address leads to none that the hub may connect to (ROUTING_ALLOWED_NETWORKS)');
  }
}

/**
 * Resolves names for sockets and gives only addresses that may be connected to: what is checked is what is connected
 * to, whatever the name leads to a moment later. Literal addresses never come here: `refuseLiteralAddress`.
 */
export function createCheckedLookup(
  allowed: AllowedNetworks,
  resolve: typeof lookup = lookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = error
        ? []
        : found.filter(({ address }) => refusedAddress(address, allowed) === null);
      const [first] = addresses;
      if (!first) callback(error ?? new AddressRefused(), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Throws {@link AddressRefused} for a host that is itself an address, and none to connect to. */
export function refuseLiteralAddress(hostname: string, allowed: AllowedNetworks): void {
  const address = hostname.replace(/^\[(.*)\]$/u, '$1');
  if (isIP(address) !== 0 && refusedAddress(address, allowed) !== null) throw new AddressRefused();
}
