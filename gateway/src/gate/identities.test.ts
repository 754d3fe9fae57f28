import type { ConsumerState, PurposeState, RegistryState } from '@tavolo/access-model';
import { expect, test } from 'vitest';
import { createRegistryIndex } from '../registry/registry-index.ts';
import { isRefusal, type VerifiedClaims } from './identify-caller.ts';
import { createIdentities } from './identities.ts';

const claims: VerifiedClaims = {
  issuer: 'https://issuer.example',
  clientId: 'client',
  organisation: null,
  subject: 'subject',
  purposeId: 'care',
  roles: null,
  scopes: null,
  districts: null,
};

const purpose: PurposeState = {
  id: 'care',
  version: 1,
  title: 'Care',
  consumerId: 'consumer',
  class: 'FACTS',
  roles: ['case-worker'],
  documents: 'FREE',
  districts: null,
  coordinates: [],
  categories: ['HEALTH'],
  grants: { clinics: ['HEALTH'] },
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  dailyQuota: 1_000,
  suspensions: [],
};
const consumer: ConsumerState = {
  id: 'consumer',
  name: 'Consumer',
  partnerId: null,
  districts: null,
  clients: [
    {
      issuer: claims.issuer,
      clientId: 'client',
      organisation: null,
      roles: ['case-worker'],
      actsFor: 'itself',
    },
  ],
  suspensions: [],
};
const state: RegistryState = {
  version: 1,
  partners: [{ id: 'clinics', name: 'Clinics', subgraphs: ['clinics'], suspensions: [] }],
  consumers: [consumer],
  purposes: [purpose],
};
const index = createRegistryIndex(state);
const now = new Date('2026-11-22T10:00:00Z');

test('a token is worked out once for one state of the registry', () => {
  const identities = createIdentities('key');
  const first = identities.of(claims, index, now);
  expect(identities.of(claims, index, now)).toBe(first);
  expect(identities.of({ ...claims }, index, now)).not.toBe(first);
});

test('what the next state says counts at once: a suspension, and another grant', () => {
  const identities = createIdentities('key');
  const before = identities.of(claims, index, now);
  if (isRefusal(before)) throw new Error(before.message);
  expect(before.told('clinics').categories).toEqual(['HEALTH']);
  const narrower = createRegistryIndex({ ...state, purposes: [{ ...purpose, grants: {} }] }, index);
  const after = identities.of(claims, narrower, now);
  if (isRefusal(after)) throw new Error(after.message);
  expect(after.told('clinics').categories).toEqual([]);
  expect(after.toldAsText('clinics')).not.toBe(before.toldAsText('clinics'));
  const at = now.toISOString();
  const suspensions = [{ side: 'hub' as const, by: 'hub', reason: 'asked for', at }];
  const suspended = createRegistryIndex({ ...state, purposes: [{ ...purpose, suspensions }] });
  expect(identities.of(claims, suspended, now)).toMatchObject({ reason: 'SUSPENDED' });
});

test('a purpose ends at its time, though nothing else has changed', () => {
  const identities = createIdentities('key');
  const last = new Date(Date.parse(purpose.validUntil) - 1);
  expect(isRefusal(identities.of(claims, index, last))).toBe(false);
  const end = new Date(purpose.validUntil);
  expect(identities.of(claims, index, end)).toMatchObject({ reason: 'EXPIRED' });
  const early = new Date(Date.parse(purpose.validFrom) - 1);
  expect(identities.of(claims, index, early)).toMatchObject({ reason: 'NOT_YET_VALID' });
});

test('a pseudonym is the same for a user whatever the token, and another with another key', () => {
  const userOf = (key: string, of: VerifiedClaims) => {
    const identity = createIdentities(key).of(of, index, now);
    if (isRefusal(identity)) throw new Error(identity.message);
    return identity.user;
  };
  const user = userOf('key', claims);
  expect(user).toMatch(/^[\w-]{22}$/u);
  expect(userOf('key', { ...claims })).toBe(user);
  expect(userOf('other', claims)).not.toBe(user);
});
