import { readFile } from 'node:fs/promises';
import { contextIssuer, createContextVerifier } from '@tavolo/caller-context';
import { demoPurposeFile } from '@tavolo/schemas';
import { expect, it } from 'vitest';
import { grantedCategories, signedAsGateway, withToken } from './call-headers.ts';
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

it('has the categories that the purpose of its account was granted, no more and no fewer', async () => {
  const purpose: unknown = JSON.parse(await readFile(demoPurposeFile('integrated-care'), 'utf8'));
  expect(purpose).toMatchObject({ categories: [...grantedCategories].sort() });
});
