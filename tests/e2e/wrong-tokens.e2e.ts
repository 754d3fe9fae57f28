import { demoToken } from '@tavolo/embedded-hub';
import { ask, callRegistry } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';

const { gatewayUrl, issuerUrl, registryUrl } = inject('sharedHub');
const question = '{ facilities(first: 1) { nodes { id } } }';

it('a token for the registry opens no graph, and one for the graph no registry', async () => {
  const forRegistry = await demoToken(issuerUrl, 'case-worker', 'urn:tavolo:registry');
  const answer = await ask({ gatewayUrl, token: forRegistry }, question);
  expect(answer.status).toBe(401);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ reason: 'TOKEN_INVALID' });
  const token = await demoToken(issuerUrl, 'privacy-officer', 'urn:tavolo:graph');
  expect((await callRegistry({ registryUrl, token, method: 'GET', path: '/me' })).status).toBe(401);
});

it('a token with another payload, another signature or none is nobody’s', async () => {
  const token = await demoToken(issuerUrl, 'case-worker', 'urn:tavolo:graph');
  const [header = '', payload = '', signature = ''] = token.split('.');
  // Its own claims.
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const wider = encode({ ...claims, districts: ['PARMA'] });
  const none = encode({ alg: 'none', typ: 'at+jwt' });
  for (const wrong of [
    [header, wider, signature],
    [header, payload, signature.split('').reverse().join('')],
    [none, payload, ''],
    [none, wider, signature],
  ]) {
    const answer = await ask({ gatewayUrl, token: wrong.join('.') }, question);
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'TOKEN_INVALID',
    });
    expect(answer.data).toBeUndefined();
  }
});
