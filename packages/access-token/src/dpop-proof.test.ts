import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccessTokenVerifier } from './create-access-token-verifier.ts';
import { createTestKey, startTestIssuer, type TestKey } from './test-issuer.fixture.ts';

const started = new Date('2026-11-22T10:00:00Z');
const url = 'https://hub.example/graphql';
let clock = started;
let issuer: Awaited<ReturnType<typeof startTestIssuer>>;
let issuerKey: TestKey;
let holder: TestKey;
let token: string;

beforeAll(async () => {
  [issuerKey, holder] = await Promise.all([createTestKey('issuer'), createTestKey('holder')]);
  issuer = await startTestIssuer(issuerKey);
  const jkt = await calculateJwkThumbprint(holder.jwk);
  token = await issuer.sign(issuerKey, started, { cnf: { jkt } });
});
afterAll(async () => {
  await issuer.close();
});
beforeEach(() => {
  clock = started;
});

const ath = (text: string) => createHash('sha256').update(text).digest('base64url');
const seconds = () => Math.floor(clock.getTime() / 1000);

interface Proof {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: object;
  readonly key?: TestKey;
}

async function proofOf({ claims = {}, header = {}, key = holder }: Proof = {}): Promise<string> {
  return new SignJWT({
    htm: 'POST',
    htu: url,
    iat: seconds(),
    jti: randomUUID(),
    ath: ath(token),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.jwk, ...header })
    .sign(key.privateKey);
}

function newVerifier() {
  const verifier = createAccessTokenVerifier({
    issuers: [{ issuer: issuer.issuer, jwksUrl: `${issuer.issuer}/jwks` }],
    audience: 'urn:tavolo:graph',
    requirePurpose: true,
    now: () => clock,
  });
  return (dpop: string | readonly string[], at = url) =>
    verifier.verify({ authorization: `DPoP ${token}`, dpop, method: 'POST', url: at }).then(
      () => 'ACCEPTED',
      (error: unknown) => (error as { code: string }).code,
    );
}

describe('a token that is bound to a key', () => {
  it('is accepted with a proof for this request, whatever the query, also from the cache', async () => {
    const verify = newVerifier();
    expect(await verify(await proofOf())).toBe('ACCEPTED');
    expect(await verify(await proofOf(), `${url}?operationName=Any`)).toBe('ACCEPTED');
    expect(await verify([await proofOf()])).toBe('ACCEPTED');
  });

  it('is refused when its proof was used before, as long as the proof would hold', async () => {
    const verify = newVerifier();
    const proof = await proofOf();
    expect(await verify(proof)).toBe('ACCEPTED');
    for (const secondsLater of [0, 59, 60, 61, 120]) {
      clock = new Date(started.getTime() + secondsLater * 1000);
      expect(await verify(proof)).toBe('DPOP_INVALID');
    }
  });

  it('takes one of many proofs that are the same and come at once', async () => {
    const verify = newVerifier();
    const proof = await proofOf();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => verify(proof)));
    expect(outcomes.filter((outcome) => outcome === 'ACCEPTED')).toHaveLength(1);
  });

  it.each<[string, Proof]>([
    ['another method', { claims: { htm: 'GET' } }],
    ['another path', { claims: { htu: 'https://hub.example/other' } }],
    ['another host', { claims: { htu: 'https://attacker.example/graphql' } }],
    ['another scheme', { claims: { htu: 'http://hub.example/graphql' } }],
    ['another token', { claims: { ath: ath('another token') } }],
    ['no token', { claims: { ath: undefined } }],
    ['no time', { claims: { iat: undefined } }],
    ['a time of a minute ago', { claims: { iat: started.getTime() / 1000 - 61 } }],
    ['a time ahead', { claims: { iat: started.getTime() / 1000 + 6 } }],
    ['no name', { claims: { jti: undefined } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['no key', { header: { jwk: undefined } }],
    ['a secret as key', { header: { jwk: { kty: 'oct', k: 'AAAA' } } }],
    ['a critical extension', { header: { crit: ['exp'] } }],
  ])('is refused with a proof for %s', async (_, proof) => {
    // `crit` of a claim nobody extends is refused by the signer too, so that it is written by hand.
    const signed =
      proof.header && 'crit' in proof.header
        ? withHeader(await proofOf(), proof.header)
        : await proofOf(proof);
    expect(await newVerifier()(signed)).toBe('DPOP_INVALID');
  });

  it('is refused with a proof of another key, or with the private one in it', async () => {
    const other = await createTestKey('other');
    expect(await newVerifier()(await proofOf({ key: other }))).toBe('DPOP_INVALID');
    const jwk = holder.jwk;
    expect(await newVerifier()(await proofOf({ key: other, header: { jwk } }))).toBe(
      'DPOP_INVALID',
    );
    const given = await exportJWK(holder.privateKey);
    expect(await newVerifier()(await proofOf({ header: { jwk: given } }))).toBe('DPOP_INVALID');
  });

  it('is refused with several proofs, an empty one, or something else', async () => {
    const verify = newVerifier();
    for (const bad of [[await proofOf(), await proofOf()], [], '', 'x.y.z', 'a'.repeat(9000)]) {
      expect(await verify(bad)).toBe('DPOP_INVALID');
    }
  });
});

function withHeader(jws: string, parameters: object): string {
  const [head = '', ...rest] = jws.split('.');
  const header: unknown = JSON.parse(Buffer.from(head, 'base64url').toString());
  const changed = JSON.stringify({ ...(header as object), ...parameters });
  return [Buffer.from(changed).toString('base64url'), ...rest].join('.');
}
