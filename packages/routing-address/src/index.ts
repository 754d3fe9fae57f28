export { AddressRefused, createCheckedLookup, refuseLiteralAddress } from './checked-lookup.ts';
export { type AllowedNetworks, readAllowedNetworks, refusedAddress } from './routing-address.ts';
