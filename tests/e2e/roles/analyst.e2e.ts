import { ask } from '@tavolo/harness';
import { expect, it } from 'vitest';
import { askerFor, describeMatrix } from './describe-matrix.ts';

describeMatrix('analyst');

it('counts freely what is counted already, and never reaches a row about somebody', async () => {
  const asker = await askerFor('analyst', 'integration-analysis');
  const figures = await ask<{ personIndexStatus: { people: number } }>(
    asker,
    '{ personIndexStatus { people partners { institution people } } }',
  );
  expect(figures.errors).toBeUndefined();
  expect(figures.data.personIndexStatus.people).toBeGreaterThan(100);
  const rows = await ask(asker, '{ facilities { nodes { id guests { id } } } }');
  expect(rows.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    coordinate: 'Facility.guests',
  });
});
