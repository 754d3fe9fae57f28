import { ask, readExample } from '@tavolo/harness';
import { expect, it } from 'vitest';
import { askerFor, describeMatrix } from './describe-matrix.ts';

describeMatrix('coordinator');

it('has the figures of the table, by trusted documents', async () => {
  const asker = await askerFor('coordinator', 'table-figures');
  for (const example of ['free-places', 'followed-by-whom', 'how-well-people-are-linked']) {
    const answer = await ask<Record<string, unknown>>(asker, await readExample(example));
    expect(answer.errors).toBeUndefined();
    expect(Object.values(answer.data).every((value) => value !== null)).toBe(true);
  }
});

it('is refused the table’s question, which shows people, by the name of the first field about them', async () => {
  const asker = await askerFor('coordinator', 'table-figures');
  const answer = await ask(asker, await readExample('table-question'), { district: 'PARMA' });
  expect(answer.status).toBe(403);
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    coordinate: 'Facility.guests',
  });
});
