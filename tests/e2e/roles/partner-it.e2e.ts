import { ask, readExample } from '@tavolo/harness';
import { expect, it } from 'vitest';
import { askerFor, describeMatrix } from './describe-matrix.ts';

describeMatrix('partner-it');

it('sees what its own feed refused, and nothing of another institution’s', async () => {
  const asker = await askerFor('partner-it', 'own-diagnostics');
  const own = await ask<{ receptionCentresRejections: { nodes: object[] } }>(
    asker,
    await readExample('what-was-refused-in-reception'),
  );
  expect(own.errors).toBeUndefined();
  expect(own.data.receptionCentresRejections.nodes.length).toBeGreaterThan(0);
  const others = await ask(asker, await readExample('what-was-refused-in-health'));
  expect(others.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

it('is answered by its own institution only, even where a purpose and the gate let everything through', async () => {
  const asker = await askerFor('partner-it', 'everything-partner-it');
  const answer = await ask<Record<string, { nodes: object[] } | null>>(
    asker,
    `{ receptionCentresRejections { nodes { at } } healthAuthorityRejections { nodes { at } }
       socialServicesRejections { nodes { at } } volunteerRegistryRejections { nodes { at } } }`,
  );
  const { receptionCentresRejections: own, ...others } = answer.data;
  expect(own?.nodes.length).toBeGreaterThan(0);
  for (const rejections of Object.values(others)) expect(rejections?.nodes ?? []).toEqual([]);
});
