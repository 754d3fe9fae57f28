import { callRegistry } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';
import { askMatrix } from './ask-matrix.ts';
import { describeMatrix } from './describe-matrix.ts';
import { logIn } from './log-in.ts';

describeMatrix('hub-operator');

it('reads nothing of the graph: no purpose is its own', async () => {
  const asker = await logIn('hub-operator', 'urn:tavolo:graph');
  for (const query of ['{ facilities { nodes { id } } }', '{ __schema { types { name } } }']) {
    expect(await askMatrix(asker, query, 'FREE')).toMatchObject({ code: 'PURPOSE_REFUSED' });
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
