import { ask, callRegistry, readExample } from '@tavolo/harness';
import { expect, inject, it } from 'vitest';
import { askerFor, describeMatrix } from './describe-matrix.ts';

describeMatrix('fact-loader');

it('loads its facts by trusted documents, with a key of its own', async () => {
  const asker = await askerFor('fact-loader', 'table-facts');
  const answer = await ask<{ immediateReceptions: { nodes: object[] } }>(
    asker,
    await readExample('first-hours-of-immediate-reception'),
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data.immediateReceptions.nodes.length).toBeGreaterThan(0);
});

it('is nobody to the registry: its token is for the graph', async () => {
  const { registryUrl } = inject('sharedHub');
  const { token } = await askerFor('fact-loader', 'table-facts');
  const answer = await callRegistry({ registryUrl, token, method: 'GET', path: '/me' });
  expect(answer.status).toBe(401);
});
