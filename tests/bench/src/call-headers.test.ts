import { contextIssuer, createContextVerifier } from '@tavolo/caller-context';
import { expect, it } from 'vitest';
import { signedAsGateway, withToken } from './call-headers.ts';
import { drawGatewayKey, publicKeysOf } from './gateway-key.ts';

it('signs each call at a subgraph for its own body', () => {
  const key = drawGatewayKey();
  const headers = signedAsGateway(key, 'reception-centres');
  const verifier = createContextVerifier({
    keys: publicKeysOf(key),
    audience: 'reception-centres',
    issuer: contextIssuer,
    now: () => new Date(),
  });
  const header = headers('{"a":1}')['tavolo-context'];
  expect(() => verifier.verify(header, Buffer.from('{"b":1}'))).toThrow('BODY_CHANGED');
  expect(verifier.verify(header, Buffer.from('{"a":1}')).districts).toBeNull();
  expect(headers('{"a":1}')['tavolo-context']).not.toBe(header);
});

it('tells the public half of the key only', () => {
  const [shown] = publicKeysOf(drawGatewayKey()).keys;
  expect(Object.keys(shown ?? {})).toEqual(['kty', 'crv', 'x', 'kid']);
});

it('shows a token as a bearer', () => {
  expect(withToken('abc')('')).toEqual({ authorization: 'Bearer abc' });
});
