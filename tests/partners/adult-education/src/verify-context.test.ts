import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { readGatewayKeys } from './gateway-keys.ts';
import { createVerifyContext, type Verdict } from './verify-context.ts';

/** The worked example of VERIFYING-THE-CALLER.md, letter for letter. */
const EXAMPLE = {
  key: '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"gateway-2026-11"}',
  body: '{"query":"{ socialCases { nodes { id } } }"}',
  context: [
    'eyJhbGciOiJFZERTQSIsInR5cCI6InRhdm9sby1jb250ZXh0K2p3dCIsImtpZCI6ImdhdGV3YXktMjAyNi0xMSJ9.eyJpc3MiOiJ',
    '0YXZvbG8tZ2F0ZXdheSIsImF1ZCI6InNvY2lhbC1zZXJ2aWNlcyIsImlhdCI6MTc5NTM0MTYwMCwiZXhwIjoxNzk1MzQxNjYwLCJ',
    'qdGkiOiI1ZjZlZDJhMC0wZDUzLTRmMmUtOWYxYi0wZjlhM2ExYzdiNDIiLCJkaWdlc3QiOiJTSEEtMjU2PUd4bSt1QXhab21LVmV',
    'oQm0wZGtoZU55aEtIT3hwN2Mxd0ZHbHROdG5EMW89IiwiY2FsbGVyIjp7Im9yZ2FuaXNhdGlvbiI6InBhcm1hLWRpc3RyaWN0Iiw',
    'icGFydG5lciI6bnVsbCwidXNlciI6InUtN1FtMnhrIiwicm9sZXMiOlsiY2FzZS13b3JrZXIiXSwicHVycG9zZUlkIjoidGFraW5',
    'nLWNoYXJnZSIsInB1cnBvc2VWZXJzaW9uIjozLCJjYXRlZ29yaWVzIjpbIkhFQUxUSCJdLCJkaXN0cmljdHMiOlsiUEFSTUEiXSw',
    'icmVxdWVzdElkIjoiYjNiOGY2ZjQtNmE1ZS00YzFjLThmMGYtMmYxZjZmMGY5YTEwIn19.ywvkmIqEESsj1DbqUWuse6PLSiUlpY',
    '7RCBaIW5zHXPnVpzp6KAv7BYp8SdlFviJsOXZO2q8796Xm-pJ7-YSPAw',
  ].join(''),
};

const SIGNED_AT = 1_795_341_600;
const body = Buffer.from('{"query":"{ __typename }"}');
const pair = generateKeyPairSync('ed25519');

function digestOf(bytes: Uint8Array): string {
  return `SHA-256=${createHash('sha256').update(bytes).digest('base64')}`;
}

const CLAIMS = {
  iss: 'tavolo-gateway',
  aud: 'adult-education',
  iat: SIGNED_AT,
  exp: SIGNED_AT + 30,
  jti: 'an-id-of-sixteen-or-more',
  digest: digestOf(body),
  caller: {
    organisation: 'parma-district',
    partner: null,
    user: 'u-1',
    roles: ['case-worker'],
    purposeId: 'integrated-care',
    purposeVersion: 1,
    categories: [],
    districts: ['PARMA'],
    requestId: 'r-1',
  },
};

async function sign(
  changes: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
  key: KeyObject = pair.privateKey,
): Promise<string> {
  return await new CompactSign(Buffer.from(JSON.stringify({ ...CLAIMS, ...changes })))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'tavolo-context+jwt', kid: 'k1', ...header })
    .sign(key);
}

function verifier(clock = { at: SIGNED_AT }, replayMemorySize = 10) {
  const verify = createVerifyContext({
    keys: new Map([['k1', pair.publicKey]]),
    issuer: 'tavolo-gateway',
    audience: 'adult-education',
    now: () => new Date(clock.at * 1000),
    replayMemorySize,
  });
  return (token: string, bytes: Uint8Array = body): Verdict => verify([token], bytes);
}

describe('verifying who asks', () => {
  it('takes the worked example of the contract once, and only once', () => {
    const verify = createVerifyContext({
      keys: readGatewayKeys(`{"keys":[${EXAMPLE.key}]}`),
      issuer: 'tavolo-gateway',
      audience: 'social-services',
      now: () => new Date(SIGNED_AT * 1000),
    });
    const bytes = Buffer.from(EXAMPLE.body);
    expect(verify([EXAMPLE.context], bytes)).toMatchObject({
      caller: { organisation: 'parma-district', districts: ['PARMA'], purposeVersion: 3 },
    });
    expect(verify([EXAMPLE.context], bytes)).toEqual({ reason: 'CONTEXT_REPLAYED' });
  });

  it('refuses a missing header, two headers and one that is too long', async () => {
    const verify = createVerifyContext({
      keys: new Map([['k1', pair.publicKey]]),
      issuer: 'tavolo-gateway',
      audience: 'adult-education',
      now: () => new Date(SIGNED_AT * 1000),
    });
    const token = await sign();
    expect(verify([], body)).toEqual({ reason: 'CONTEXT_MISSING' });
    expect(verify([token, token], body)).toEqual({ reason: 'CONTEXT_INVALID' });
    const long = await sign({ more: 'x'.repeat(8_192) });
    expect(verify([long], body)).toEqual({ reason: 'CONTEXT_INVALID' });
    expect(verify([token], body)).toHaveProperty('caller');
  });

  it.each([
    ['another audience', { aud: 'social-services' }],
    ['a list of audiences', { aud: ['adult-education'] }],
    ['another issuer', { iss: 'somebody' }],
    ['a life of more than a minute', { exp: SIGNED_AT + 61 }],
    ['no life at all', { exp: SIGNED_AT }],
    ['a time in the future', { iat: SIGNED_AT + 6, exp: SIGNED_AT + 36 }],
    ['a caller without districts', { caller: { ...CLAIMS.caller, districts: undefined } }],
    ['a short id', { jti: 'short' }],
  ])('refuses a context with %s', async (_, changes) => {
    expect(verifier()(await sign(changes))).toEqual({ reason: 'CONTEXT_INVALID' });
  });

  it('refuses another type, another key, an added header member and altered claims', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const verify = verifier();
    for (const token of [
      await sign({}, { typ: 'at+jwt' }),
      await sign({}, { kid: 'k2' }),
      await sign({}, { cty: 'json' }),
      await sign({}, {}, other),
    ]) {
      expect(verify(token)).toEqual({ reason: 'CONTEXT_INVALID' });
    }
    const [head, , seal] = (await sign()).split('.');
    const altered = Buffer.from(JSON.stringify({ ...CLAIMS, exp: SIGNED_AT + 59 }));
    const token = `${head}.${altered.toString('base64url')}.${seal}`;
    expect(verify(token)).toEqual({ reason: 'CONTEXT_INVALID' });
  });

  it('refuses another body than the signed one, and the right one passes after it', async () => {
    const verify = verifier();
    const token = await sign();
    expect(verify(token, Buffer.from('{}'))).toEqual({ reason: 'BODY_CHANGED' });
    expect(verify(token)).toHaveProperty('caller');
  });

  it('refuses what ended, also when the clock is set back, and what was signed before the start', async () => {
    const clock = { at: SIGNED_AT };
    const verify = verifier(clock);
    clock.at = SIGNED_AT + 36;
    const token = await sign();
    expect(verify(token)).toEqual({ reason: 'CONTEXT_EXPIRED' });
    clock.at = SIGNED_AT;
    expect(verify(token)).toEqual({ reason: 'CONTEXT_EXPIRED' });
    expect(verifier({ at: SIGNED_AT + 1 })(token)).toEqual({ reason: 'CONTEXT_EXPIRED' });
  });

  it('refuses when it cannot remember another context, until the first are over', async () => {
    const clock = { at: SIGNED_AT };
    const verify = verifier(clock, 1);
    expect(verify(await sign({ jti: 'first-of-sixteen-letters' }))).toHaveProperty('caller');
    const second = { jti: 'second-of-sixteen-letters' };
    expect(verify(await sign(second))).toEqual({ reason: 'BUSY' });
    clock.at = SIGNED_AT + 36;
    const later = { ...second, iat: clock.at, exp: clock.at + 30 };
    expect(verify(await sign(later))).toHaveProperty('caller');
  });

  it('starts with no private key among the gateway’s', () => {
    const jwk = pair.privateKey.export({ format: 'jwk' });
    expect(() => readGatewayKeys(JSON.stringify({ keys: [{ ...jwk, kid: 'k1' }] }))).toThrow(
      'private key',
    );
  });
});
