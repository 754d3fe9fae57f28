import { callRegistry } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';
import { logIn } from '../log-in.ts';
import { askMatrix } from './ask-matrix.ts';
import { describeMatrix } from './describe-matrix.ts';

describeMatrix('privacy-officer');

it('reads nothing of the graph: its token names no purpose', async () => {
  const asker = await logIn('privacy-officer');
  for (const query of ['{ facilities { nodes { id } } }', '{ __schema { types { name } } }']) {
    expect(await askMatrix(asker, query, 'FREE')).toEqual({
      code: 'UNAUTHENTICATED',
      reason: 'TOKEN_INVALID',
    });
  }
});

it('reads every purpose and the art. 30 register, and registers no organisation', async () => {
  const { token } = await logIn('privacy-officer', 'urn:tavolo:registry');
  const { registryUrl } = inject('sharedHub');
  const call = (method: 'GET' | 'PUT', path: string, body?: object) =>
    callRegistry({ registryUrl, token, method, path, ...(body ? { body } : {}) });
  const own = await call('GET', '/purposes/table-figures');
  const others = await call('GET', '/purposes/integrated-care');
  const register = await call('GET', '/exports/art-30?format=json');
  expect([own.status, others.status, register.status]).toEqual([200, 200, 200]);
  const partner = await call('PUT', '/partners/another', {
    name: 'Another (invented)',
    subgraphs: ['another'],
    contactOffice: { name: 'Ufficio inventato', email: 'ufficio@example.org' },
    legalBasis: 'Invented',
    agreements: [],
  });
  expect(partner).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
});
