import {
  ask,
  readExample,
  startHubFrom,
  startHubIn,
  type TestHub,
  tablesQuestion,
} from '@tavolo/harness';
import { expect, inject, it } from 'vitest';

const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;

it('a restart keeps everything, and takes nothing in twice', async () => {
  const first = await startHubFrom(inject('preparedHubFolder'));
  const before = await everything(first);
  // Not `first.close()`, which would remove the folder: each process is stopped as a machine going down does.
  await Promise.all([...first.processes.values()].map((process) => process.kill()));
  const second = await startHubIn(first.folder);
  try {
    await expect.poll(() => everything(second), { timeout: 60_000 }).toEqual(before);
  } finally {
    await second.close();
    await first.close();
  }
});

async function everything(hub: TestHub) {
  const answers = await Promise.all(districts.map((district) => tablesQuestion(hub, district)));
  const index = await ask<{ personIndexStatus: object }>(
    hub,
    '{ personIndexStatus { people households partners { institution people households } peopleByInstitutionCount { institutions people } } }',
  );
  const refused = await ask<Record<string, unknown>>(
    await hub.as('partner-it'),
    await readExample('what-was-refused-in-reception'),
  );
  return {
    table: answers.flat().map(({ data }) => data),
    index: index.data,
    refused: refused.data['receptionCentresRejections'],
  };
}
