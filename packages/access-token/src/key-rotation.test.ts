import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccessTokenVerifier } from './create-access-token-verifier.ts';
import { createTestKey, startTestIssuer, type TestKey } from './test-issuer.fixture.ts';

let clock: Date;
let old: TestKey;
let fresh: TestKey;
let issuer: Awaited<ReturnType<typeof startTestIssuer>>;
const pass = (seconds: number) => {
  clock = new Date(clock.getTime() + seconds * 1000);
};

beforeEach(async () => {
  clock = new Date('2026-11-22T10:00:00Z');
  [old, fresh] = await Promise.all([createTestKey('old'), createTestKey('fresh')]);
  issuer = await startTestIssuer(old);
});
afterEach(async () => {
  await issuer.close();
});

/** By discovery, so that it is tested on the way. */
function newVerifier() {
  const verifier = createAccessTokenVerifier({
    issuers: [{ issuer: issuer.issuer }],
    audience: 'urn:tavolo:graph',
    requirePurpose: true,
    now: () => clock,
  });
  return (token: string) =>
    verifier
      .verify({ authorization: `Bearer ${token}`, method: 'POST', url: 'http://127.0.0.1/' })
      .then(
        () => 'ACCEPTED',
        (error: unknown) => (error as { code: string }).code,
      );
}

describe('the keys of an issuer', () => {
  it('are read once for many tokens, however many come at the same time', async () => {
    const verify = newVerifier();
    const tokens = await Promise.all(
      [1, 2, 3, 4].map((n) => issuer.sign(old, clock, { jti: `token-${n}` })),
    );
    expect(await Promise.all(tokens.map(verify))).toEqual(tokens.map(() => 'ACCEPTED'));
    expect(issuer.published.readings).toBe(1);
  });

  it('may be new: one is accepted 5 seconds after the last reading, at once if that is longer ago', async () => {
    const verify = newVerifier();
    expect(await verify(await issuer.sign(old, clock))).toBe('ACCEPTED');
    issuer.published.keys = [old.jwk, fresh.jwk];
    const token = await issuer.sign(fresh, clock);
    expect(await verify(token)).toBe('TOKEN_INVALID');
    pass(5);
    expect(await verify(token)).toBe('ACCEPTED');
  });

  it('may be removed: a token of one is refused 60 seconds later, also when it was accepted before', async () => {
    const verify = newVerifier();
    const token = await issuer.sign(old, clock);
    const unseen = await issuer.sign(old, clock, { jti: 'another' });
    expect(await verify(token)).toBe('ACCEPTED');
    issuer.published.keys = [fresh.jwk];
    pass(60.001);
    expect(await verify(token)).toBe('TOKEN_INVALID');
    expect(await verify(unseen)).toBe('TOKEN_INVALID');
  });

  it('are read anew in the background before anybody has to wait for them', async () => {
    const verify = newVerifier();
    const token = await issuer.sign(old, clock);
    await verify(token);
    pass(31);
    expect(await verify(token)).toBe('ACCEPTED');
    await expect.poll(() => issuer.published.readings).toBe(2);
  });

  it('hold for 5 minutes when the issuer does not answer, and then nobody is let in', async () => {
    const verify = newVerifier();
    const token = await issuer.sign(old, clock);
    await verify(token);
    issuer.published.isDown = true;
    pass(300);
    expect(await verify(token)).toBe('ACCEPTED');
    pass(0.001);
    expect(await verify(token)).toBe('ISSUER_UNAVAILABLE');
    issuer.published.isDown = false;
    pass(5);
    expect(await verify(token)).toBe('ACCEPTED');
  });

  it('are not asked for more than once in 5 seconds, whatever keys are named', async () => {
    const verify = newVerifier();
    for (let n = 0; n < 20; n += 1) {
      const stranger = { ...fresh, kid: `stranger-${n}` };
      expect(await verify(await issuer.sign(stranger, clock))).toBe('TOKEN_INVALID');
    }
    expect(issuer.published.readings).toBe(1);
  });

  it('may share a set without names only when one alone fits', async () => {
    const verify = newVerifier();
    const nameless = await issuer.sign(old, clock, {}, { kid: undefined });
    expect(await verify(nameless)).toBe('ACCEPTED');
    issuer.published.keys = [old.jwk, fresh.jwk];
    pass(61);
    expect(await verify(nameless)).toBe('TOKEN_INVALID');
  });

  it.each([
    ['the metadata is of another issuer', { issuer: 'https://attacker.example' }],
    ['they are at another service of this machine', { jwks_uri: 'http://127.0.0.1:1/jwks' }],
    ['they are in a file', { jwks_uri: 'file:///etc/hostname' }],
    ['they are published in clear elsewhere', { jwks_uri: 'http://keys.example/jwks' }],
  ])('are not taken when %s', async (_, metadata) => {
    issuer.published.metadata = metadata;
    expect(await newVerifier()(await issuer.sign(old, clock))).toBe('ISSUER_UNAVAILABLE');
    expect(issuer.published.readings).toBe(0);
  });
});

describe('the options', () => {
  const good = { audience: 'urn:tavolo:graph', requirePurpose: true, now: () => clock };
  it.each([
    ['no issuer', { ...good, issuers: [] }],
    ['an issuer in clear', { ...good, issuers: [{ issuer: 'http://issuer.example' }] }],
    [
      'an HMAC algorithm',
      { ...good, issuers: [{ issuer: 'https://issuer.example' }], algorithms: ['HS256'] },
    ],
    [
      'the algorithm none',
      { ...good, issuers: [{ issuer: 'https://issuer.example' }], algorithms: ['none'] },
    ],
  ])('are refused with %s', (_, options) => {
    expect(() => createAccessTokenVerifier(options)).toThrow();
  });
});

it('a token that was accepted is refused the moment it has expired', async () => {
  const verify = newVerifier();
  const seconds = clock.getTime() / 1000;
  const token = await issuer.sign(old, clock, { exp: seconds + 30 });
  expect(await verify(token)).toBe('ACCEPTED');
  pass(34.9);
  expect(await verify(token)).toBe('ACCEPTED');
  pass(0.1);
  expect(await verify(token)).toBe('TOKEN_EXPIRED');
});
