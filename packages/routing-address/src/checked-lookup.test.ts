import type { LookupAddress, lookup } from 'node:dns';
import { expect, test } from 'vitest';
import { AddressRefused, createCheckedLookup, refuseLiteralAddress } from './checked-lookup.ts';
import { readAllowedNetworks, refusedAddress } from './routing-address.ts';

const none = readAllowedNetworks([]);

/** What a socket would be given for a name that leads to these addresses. */
function resolved(addresses: readonly string[], networks: readonly string[], all = true) {
  // Of the system's function only the form used here.
  const resolve = ((_name: string, _options: object, done: (e: null, a: LookupAddress[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup;
  return new Promise((settle) => {
    createCheckedLookup(readAllowedNetworks(networks), resolve)(
      'partner.example',
      { all },
      (error, found) => settle(error ?? found),
    );
  });
}

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '192.168.0.1',
  '172.16.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('%s is no address to connect to, by name or by itself', async (address) => {
  expect(await resolved([address], [])).toBeInstanceOf(AddressRefused);
  expect(() => refuseLiteralAddress(address, none)).toThrow(AddressRefused);
  expect(() => refuseLiteralAddress(`[${address}]`, none)).toThrow(AddressRefused);
});

test('a public address is, and so is one of a network on the list', async () => {
  expect(await resolved(['93.184.216.34'], [], false)).toBe('93.184.216.34');
  expect(await resolved(['10.1.2.3'], ['10.1.0.0/16'], false)).toBe('10.1.2.3');
  expect(refusedAddress('::ffff:10.1.2.3', readAllowedNetworks(['10.1.0.0/16']))).toBeNull();
  expect(() => refuseLiteralAddress('93.184.216.34', none)).not.toThrow();
  expect(() => refuseLiteralAddress('localhost', none)).not.toThrow();
});

test('of several addresses only those that may be connected to are given', async () => {
  expect(await resolved(['10.0.0.1', '93.184.216.34', '::1'], [])).toEqual([
    { address: '93.184.216.34', family: 4 },
  ]);
});
