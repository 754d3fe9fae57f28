import { ask } from '@tavolo/harness';
import { expect, it } from 'vitest';
import { askerFor, describeMatrix } from './describe-matrix.ts';

describeMatrix('case-worker');

it('sees the people of its own district, across the institutions, and no diagnostics', async () => {
  const asker = await askerFor('case-worker', 'integrated-care');
  const answer = await ask<{ facilities: { nodes: { guests: { person: object }[] }[] } }>(
    asker,
    '{ facilities { nodes { guests { person { ref socialCases { id } } } } } }',
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data.facilities.nodes.flatMap(({ guests }) => guests).length).toBeGreaterThan(0);
  const feeds = await ask(asker, '{ receptionCentresRejections { nodes { at } } }');
  expect(feeds.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    coordinate: 'Query.receptionCentresRejections',
  });
});
