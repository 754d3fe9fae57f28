import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AccessTokenError } from './access-token-error.ts';
import { createAccessTokenVerifier } from './create-access-token-verifier.ts';
import { createTestKey, startTestIssuer, type TestKey } from './test-issuer.fixture.ts';

const hostileCase = z.strictObject({
  title: z.string(),
  header: z.record(z.string(), z.unknown()).default({}),
  claims: z.record(z.string(), z.unknown()).default({}),
  rawHeader: z.string().optional(),
  rawClaims: z.string().optional(),
  signedBy: z
    .enum(['issuer', 'issuer-rsa', 'stranger', 'stranger-as-issuer', 'nobody'])
    .or(z.enum(['public-key-as-secret', 'embedded']))
    .default('issuer'),
  authorization: z.union([z.string(), z.array(z.string()), z.null()]).default('Bearer {token}'),
  expect: z.enum(['ACCEPTED', 'TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'DPOP_INVALID']),
});
type HostileCase = z.infer<typeof hostileCase>;

const { cases } = z
  .object({ cases: z.array(hostileCase) })
  .parse(JSON.parse(readFileSync(new URL('hostile-tokens.json', import.meta.url), 'utf8')));

const now = () => new Date('2026-11-22T10:00:00Z');
const seconds = now().getTime() / 1000;
let issuer: Awaited<ReturnType<typeof startTestIssuer>>;
let keys: Readonly<Record<'ec' | 'rsa' | 'stranger', TestKey>>;

beforeAll(async () => {
  keys = {
    ec: await createTestKey('issuer-ec'),
    rsa: await createTestKey('issuer-rsa', 'RS256'),
    stranger: await createTestKey('stranger'),
  };
  issuer = await startTestIssuer(keys.ec, keys.rsa);
});
afterAll(async () => {
  await issuer.close();
});

const newVerifier = () =>
  createAccessTokenVerifier({
    issuers: [{ issuer: issuer.issuer, jwksUrl: `${issuer.issuer}/jwks` }],
    audience: 'urn:tavolo:graph',
    requirePurpose: true,
    now,
  });

async function outcomeOf(authorization: string | readonly string[] | undefined): Promise<string> {
  const request = { authorization, method: 'POST', url: 'http://127.0.0.1/graphql' };
  try {
    await newVerifier().verify(request);
    return 'ACCEPTED';
  } catch (error) {
    if (!(error instanceof AccessTokenError)) throw error;
    return error.code;
  }
}

describe('what is sent as an access token', () => {
  it.each(cases)('$title: $expect', async (hostile) => {
    const token = await tokenOf(hostile);
    const fill = (text: string) => text.replaceAll('{token}', token);
    const { authorization } = hostile;
    const sent =
      authorization === null
        ? undefined
        : typeof authorization === 'string'
          ? fill(authorization)
          : authorization.map(fill);
    expect(await outcomeOf(sent)).toBe(hostile.expect);
  });

  it('is refused when any one character of a good token is another', async () => {
    const good = await tokenOf(hostileCase.parse({ title: 'good', expect: 'ACCEPTED' }));
    const verifier = newVerifier();
    const verify = (token: string) =>
      verifier.verify({
        authorization: `Bearer ${token}`,
        method: 'POST',
        url: 'http://127.0.0.1/graphql',
      });
    await verify(good);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 0, max: 255 }),
        async (at, byte) => {
          const character = String.fromCharCode(byte);
          fc.pre(good[at] !== character);
          const changed = `${good.slice(0, at)}${character}${good.slice(at + 1)}`;
          await expect(verify(changed)).rejects.toBeInstanceOf(AccessTokenError);
        },
      ),
      { numRuns: 500 },
    );
    // The last character is where base64url has bits that decoders ignore.
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      if (good.endsWith(last)) continue;
      await expect(verify(good.slice(0, -1) + last)).rejects.toMatchObject({
        code: 'TOKEN_INVALID',
      });
    }
  });

  it('is never repeated in what is said to it', async () => {
    const token = await tokenOf(
      hostileCase.parse({
        title: '',
        claims: { sub: 'canary', aud: 'canary' },
        expect: 'ACCEPTED',
      }),
    );
    const error: unknown = await newVerifier()
      .verify({ authorization: `Bearer ${token}`, method: 'POST', url: 'http://127.0.0.1/' })
      .catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(AccessTokenError);
    const said = [JSON.stringify(error), String(error), (error as AccessTokenError).check].join();
    expect(said).not.toMatch(/canary|eyJ/u);
    expect((error as AccessTokenError).cause).toBeUndefined();
  });
});

/** The words of the data file, in values. */
function filledIn(written: unknown): unknown {
  if (typeof written === 'string') return written.replaceAll('{issuer}', issuer.issuer);
  if (Array.isArray(written)) return written.map((each: unknown) => filledIn(each));
  const moment = z.strictObject({ now: z.number() }).safeParse(written);
  if (moment.success) return seconds + moment.data.now;
  const long = z.strictObject({ text: z.tuple([z.string(), z.number()]) }).safeParse(written);
  return long.success ? long.data.text[0].repeat(long.data.text[1]) : written;
}

function applied(good: object, changes: Readonly<Record<string, unknown>>): object {
  const all = new Map<string, unknown>(Object.entries(good));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) all.delete(name);
    else all.set(name, filledIn(value));
  }
  return Object.fromEntries(all);
}

async function tokenOf(hostile: HostileCase): Promise<string> {
  const { signedBy } = hostile;
  const { key, kid } = signerOf(signedBy);
  const secret = new TextEncoder().encode(await exportSPKI(keys.rsa.publicKey));
  const isHmac = signedBy === 'public-key-as-secret';
  const embedded = signedBy === 'embedded' ? { jwk: keys.stranger.jwk } : {};
  const header = applied(
    { alg: isHmac ? 'HS256' : key.alg, typ: 'at+jwt', kid, ...embedded },
    hostile.header,
  );
  const claims = applied(
    {
      iss: issuer.issuer,
      aud: 'urn:tavolo:graph',
      sub: 'subject-1',
      client_id: 'client-1',
      jti: 'token-1',
      iat: seconds,
      exp: seconds + 3600,
      purposeId: 'case-work',
    },
    hostile.claims,
  );
  const head = encode(hostile.rawHeader ?? JSON.stringify(header));
  const body = encode(
    hostile.rawClaims?.replaceAll('{issuer}', issuer.issuer) ?? JSON.stringify(claims),
  );
  const signature =
    signedBy === 'nobody'
      ? 'AA'
      : await rawSignature(`${head}.${body}`, isHmac ? secret : key, isHmac ? 'HS256' : key.alg);
  return `${head}.${body}.${signature}`;
}

function signerOf(signedBy: HostileCase['signedBy']): { key: TestKey; kid: string } {
  if (signedBy === 'issuer-rsa') return { key: keys.rsa, kid: keys.rsa.kid };
  if (signedBy === 'public-key-as-secret') return { key: keys.rsa, kid: keys.rsa.kid };
  if (signedBy === 'stranger-as-issuer') return { key: keys.stranger, kid: keys.ec.kid };
  if (signedBy === 'stranger' || signedBy === 'embedded') {
    return { key: keys.stranger, kid: keys.stranger.kid };
  }
  return { key: keys.ec, kid: keys.ec.kid };
}

/** Signs any text, header and claims as they are written: `jose` itself would refuse to write most of these. */
async function rawSignature(input: string, key: TestKey | Uint8Array, alg: string) {
  if (key instanceof Uint8Array) {
    return createHmac('sha256', key).update(input).digest('base64url');
  }
  const algorithm = alg.startsWith('RS') ? 'RSASSA-PKCS1-v1_5' : { name: 'ECDSA', hash: 'SHA-256' };
  const bytes = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(input));
  return Buffer.from(bytes).toString('base64url');
}

const encode = (text: string) => Buffer.from(text).toString('base64url');
