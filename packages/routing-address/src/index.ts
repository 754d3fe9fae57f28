export { type AllowedNetworks, readAllowedNetworks, refusedAddress } from './routing-address.ts';
