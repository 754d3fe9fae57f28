import { generateKeyPairSync, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { contextKeys } from './context-keys.ts';
import { type ContextRefusal, ContextRefused } from './context-refused.ts';
import { type ContextSigningKey, createContextSigner, digestOf } from './create-context-signer.ts';
import { type ContextVerifierOptions, createContextVerifier } from './create-context-verifier.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'one' } as ContextSigningKey;
const publicOf = ({ kty, crv, x, kid }: ContextSigningKey) => ({ kty, crv, x, kid });
const publicKey = publicOf(key);
const keys = contextKeys.parse({ keys: [publicKey] });
const start = Date.parse('2026-11-22T10:00:00Z');
const second = Math.floor(start / 1000);
const body = Buffer.from('{"query":"{ città }"}');
const somebody: Caller = {
  organisation: 'parma-district',
  partner: null,
  user: 'u-1',
  roles: ['case-worker'],
  purposeId: 'taking-charge',
  purposeVersion: 3,
  categories: [],
  districts: ['PARMA'],
  requestId: 'request-1',
};

function verifierAt(clock: { ms: number }, more: Partial<ContextVerifierOptions> = {}) {
  return createContextVerifier({
    keys,
    audience: 'social-services',
    issuer: 'hub',
    now: () => new Date(clock.ms),
    ...more,
  });
}

function signedAt(ms: number, bytes = body.toString()): string {
  const now = () => new Date(ms);
  const signer = createContextSigner({ key, issuer: 'hub', now, newId: randomUUID });
  return signer.sign(somebody, 'social-services', bytes);
}

function refusalOf(run: () => unknown): ContextRefusal | 'taken' {
  try {
    run();
    return 'taken';
  } catch (error) {
    if (error instanceof ContextRefused) return error.code;
    throw error;
  }
}

const goodHeader = { alg: 'EdDSA', typ: 'tavolo-context+jwt', kid: 'one' };
const goodClaims = {
  iss: 'hub',
  aud: 'social-services',
  iat: second,
  exp: second + 60,
  digest: digestOf(body),
  caller: somebody,
};

/** Signs with the library, whatever it is told to. */
async function made(claims: object, header: object = goodHeader): Promise<string> {
  const payload = JSON.stringify({ ...goodClaims, jti: randomUUID(), ...claims });
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'EdDSA', ...header })
    .sign(await importJWK(key as JWK, 'EdDSA'));
}

/** What a reviewer may extend: the claims or header of a call, and what becomes of it. */
const table: readonly (readonly [string, object, object, ContextRefusal | 'taken'])[] = [
  ['the gateway’s own', {}, {}, 'taken'],
  ['a claim nobody knows yet', { later: true }, {}, 'taken'],
  ['another issuer', { iss: 'elsewhere' }, {}, 'CONTEXT_INVALID'],
  ['no issuer', { iss: undefined }, {}, 'CONTEXT_INVALID'],
  ['another subgraph', { aud: 'health-authority' }, {}, 'CONTEXT_INVALID'],
  ['several subgraphs', { aud: ['social-services', 'x'] }, {}, 'CONTEXT_INVALID'],
  ['from within the tolerance', { iat: second + 5 }, {}, 'taken'],
  ['from the future', { iat: second + 6, exp: second + 60 }, {}, 'CONTEXT_INVALID'],
  ['longer than a minute', { exp: second + 61 }, {}, 'CONTEXT_INVALID'],
  ['ended before it began', { exp: second - 1 }, {}, 'CONTEXT_INVALID'],
  ['never ending', { exp: undefined }, {}, 'CONTEXT_INVALID'],
  ['a time as text', { exp: String(second + 60) }, {}, 'CONTEXT_INVALID'],
  ['before this process', { iat: second - 1, exp: second + 59 }, {}, 'CONTEXT_EXPIRED'],
  ['no id', { jti: undefined }, {}, 'CONTEXT_INVALID'],
  ['a short id', { jti: 'short' }, {}, 'CONTEXT_INVALID'],
  ['no digest', { digest: undefined }, {}, 'CONTEXT_INVALID'],
  ['a digest of something else', { digest: digestOf('{}') }, {}, 'BODY_CHANGED'],
  ['no caller', { caller: undefined }, {}, 'CONTEXT_INVALID'],
  ['no purpose', { caller: { ...somebody, purposeId: '' } }, {}, 'CONTEXT_INVALID'],
  ['no districts said', { caller: { ...somebody, districts: undefined } }, {}, 'CONTEXT_INVALID'],
  ['another type', {}, { ...goodHeader, typ: 'JWT' }, 'CONTEXT_INVALID'],
  ['no type', {}, { alg: 'EdDSA', kid: 'one' }, 'CONTEXT_INVALID'],
  ['an unknown key', {}, { ...goodHeader, kid: 'two' }, 'CONTEXT_INVALID'],
  ['no key named', {}, { ...goodHeader, kid: undefined }, 'CONTEXT_INVALID'],
  ['a key of its own', {}, { ...goodHeader, jwk: publicKey }, 'CONTEXT_INVALID'],
  ['a key from elsewhere', {}, { ...goodHeader, jku: 'https://a.example' }, 'CONTEXT_INVALID'],
];

describe('a call to a subgraph', () => {
  it.each(table)('%s', async (_what, claims, header, expected) => {
    const token = await made(claims, Object.keys(header).length > 0 ? header : goodHeader);
    expect(refusalOf(() => verifierAt({ ms: start }).verify(token, body))).toBe(expected);
  });

  it.each(['none', 'HS256', 'ES256', 'eddsa'])('is not taken with the algorithm %s', (alg) => {
    const [, payload, seal] = signedAt(start).split('.');
    const header = Buffer.from(JSON.stringify({ ...goodHeader, alg })).toString('base64url');
    for (const token of [`${header}.${payload}.${seal}`, `${header}.${payload}.`]) {
      expect(refusalOf(() => verifierAt({ ms: start }).verify(token, body))).toBe(
        'CONTEXT_INVALID',
      );
    }
  });

  it.each([undefined, ''])('without a context is not taken (%j)', (header) => {
    expect(refusalOf(() => verifierAt({ ms: start }).verify(header, body))).toBe('CONTEXT_MISSING');
  });

  it('with two contexts is not taken', () => {
    const both = [signedAt(start), signedAt(start)];
    for (const header of [both, both.join(', ')]) {
      expect(refusalOf(() => verifierAt({ ms: start }).verify(header, body))).toBe(
        'CONTEXT_INVALID',
      );
    }
  });

  it('says who asks', () => {
    expect(verifierAt({ ms: start }).verify(signedAt(start), body)).toEqual(somebody);
  });

  it('passes once, whatever the time, until it has expired', () => {
    const clock = { ms: start };
    const verifier = verifierAt(clock);
    const token = signedAt(start);
    verifier.verify(token, body);
    for (const [after, expected] of [
      [0, 'CONTEXT_REPLAYED'],
      [65, 'CONTEXT_REPLAYED'],
      [66, 'CONTEXT_EXPIRED'],
      [10, 'CONTEXT_EXPIRED'],
    ] as const) {
      clock.ms = start + after * 1000;
      expect([after, refusalOf(() => verifier.verify(token, body))]).toEqual([after, expected]);
    }
  });

  it('with another body does not use the context up', () => {
    const verifier = verifierAt({ ms: start });
    const token = signedAt(start);
    expect(refusalOf(() => verifier.verify(token, Buffer.from('{}')))).toBe('BODY_CHANGED');
    expect(verifier.verify(token, body)).toEqual(somebody);
  });

  it('is refused while there is no room to remember it, and taken again when there is', () => {
    const clock = { ms: start };
    const verifier = verifierAt(clock, { maxRemembered: 2 });
    const first = signedAt(start);
    verifier.verify(first, body);
    verifier.verify(signedAt(start), body);
    expect(refusalOf(() => verifier.verify(signedAt(start), body))).toBe('BUSY');
    expect(refusalOf(() => verifier.verify(first, body))).toBe('CONTEXT_REPLAYED');
    clock.ms = start + 66_000;
    expect(verifier.verify(signedAt(clock.ms), body)).toEqual(somebody);
  });

  it('is taken with either key while the gateway changes from one to the next', () => {
    const next = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const nextKey = { ...next, kid: 'two' } as ContextSigningKey;
    const verifier = verifierAt(
      { ms: start },
      { keys: contextKeys.parse({ keys: [publicKey, publicOf(nextKey)] }) },
    );
    const now = () => new Date(start);
    for (const signing of [key, nextKey]) {
      const signer = createContextSigner({ key: signing, issuer: 'hub', now, newId: randomUUID });
      const token = signer.sign(somebody, 'social-services', body.toString());
      expect(verifier.verify(token, body)).toEqual(somebody);
    }
  });

  it('is refused when any byte of header, claims, seal or body is another', () => {
    const changes = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 127 }));
    fc.assert(
      fc.property(changes, fc.boolean(), ([at, by], inBody) => {
        const token = Buffer.from(signedAt(start));
        const bytes = Buffer.from(body);
        const changed = inBody ? bytes : token;
        const place = at % changed.length;
        changed[place] = (changed[place] ?? 0) ^ by;
        expect(
          refusalOf(() => verifierAt({ ms: start }).verify(token.toString('latin1'), bytes)),
        ).toBe(inBody ? 'BODY_CHANGED' : 'CONTEXT_INVALID');
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when anything at all stands in place of a context', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.base64String()), { maxLength: 5 });
    fc.assert(
      fc.property(parts, (some) => {
        const text = some.join('.');
        expect(refusalOf(() => verifierAt({ ms: start }).verify(text, body))).toBe(
          text === '' ? 'CONTEXT_MISSING' : 'CONTEXT_INVALID',
        );
      }),
    );
  });

  it('is verified by an implementation that is not ours', async () => {
    const token = signedAt(start);
    const { payload, protectedHeader } = await compactVerify(
      token,
      await importJWK(publicKey as JWK, 'EdDSA'),
    );
    expect(protectedHeader).toEqual(goodHeader);
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject(goodClaims);
  });
});

describe('the keys of the gateway', () => {
  it.each([
    ['a private key', { keys: [key] }, /private key/u],
    ['none', { keys: [] }, /at least one/u],
    ['one name twice', { keys: [publicKey, publicKey] }, /same kid/u],
    ['another curve', { keys: [{ ...publicKey, crv: 'X25519' }] }, /Ed25519/u],
    ['no name', { keys: [{ ...publicKey, kid: undefined }] }, /kid|string/u],
  ])('are refused: %s', (_what, set, problem) => {
    expect(() => contextKeys.parse(set)).toThrow(problem);
  });
});
