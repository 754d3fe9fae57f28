import ipaddr from 'ipaddr.js';

/** Networks a hub's operator lets routing addresses lead to although they are not public: `10.1.0.0/16`. */
export type AllowedNetworks = readonly (readonly [
  address: ipaddr.IPv4 | ipaddr.IPv6,
  bits: number,
])[];

/** Reads `["127.0.0.0/8", "::1/128"]`; throws on what is no network. */
export function readAllowedNetworks(networks: readonly string[]): AllowedNetworks {
  return networks.map((network) => ipaddr.parseCIDR(network));
}

/** Why the hub does not connect to an address: not a public one, and not on the operator's list. */
export function refusedAddress(address: string, allowed: AllowedNetworks): string | null {
  if (!ipaddr.isValid(address)) return 'is no IP address';
  // An IPv4 address written as IPv6 is the IPv4 address it leads to.
  const parsed = ipaddr.process(address);
  const isAllowed = allowed.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
  const range = parsed.range();
  return isAllowed || range === 'unicast' ? null : `is ${range}, which is no public address`;
}
