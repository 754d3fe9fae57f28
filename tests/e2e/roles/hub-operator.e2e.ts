import { callRegistry } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';
import { logIn } from '../log-in.ts';
import { askMatrix } from './ask-matrix.ts';
import { describeMatrix } from './describe-matrix.ts';

describeMatrix('hub-operator');

it('reads nothing of the graph: its token names no purpose', async () => {
  const asker = await logIn('hub-operator');
  for (const query of ['{ facilities { nodes { id } } }', '{ __schema { types { name } } }']) {
    expect(await askMatrix(asker, query, 'FREE')).toEqual({
      code: 'UNAUTHENTICATED',
      reason: 'TOKEN_INVALID',
    });
  }
});

it('registers who asks and who answers, and neither writes nor approves a purpose', async () => {
  const { token } = await logIn('hub-operator', 'urn:tavolo:registry');
  const { registryUrl } = inject('sharedHub');
  const call = (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) =>
    callRegistry({ registryUrl, token, method, path, ...(body ? { body } : {}) });
  expect((await call('GET', '/consumers/social-services')).status).toBe(200);
  const { body } = await call('GET', '/purposes/table-figures');
  // What the registry itself just answered.
  const { content } = (body as { inForce: { content: object } }).inForce;
  const written = await call('PUT', '/purposes/of-the-operator', content);
  const approved = await call('POST', '/purposes/table-figures/approve', {
    version: 1,
    categories: [],
  });
  expect([written, approved]).toMatchObject([
    { status: 403, body: { code: 'FORBIDDEN' } },
    { status: 403, body: { code: 'FORBIDDEN' } },
  ]);
});
