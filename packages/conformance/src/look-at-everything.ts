import { askEntities } from './ask-entities.ts';
import { NoAnswer } from './http-answer.ts';
import { readPage } from './read-page.ts';
import { selectFields } from './select-fields.ts';
import type { SubgraphModel } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

const depth = 2;

/** Asks each list and each known entity for all it tells, so that the evidence has seen the data. */
export async function lookAtEverything(trial: Trial, model: SubgraphModel): Promise<void> {
  const asks = [
    ...model.lists.map((list) => () => readPage(trial, list, { first: 50, depth })),
    ...model.entities.map((entity) => async () => {
      const keys = trial.samplesOf(entity);
      // Without the braces: it stands beside the key.
      const fields = selectFields(entity.type, depth).slice(1, -1);
      if (keys.length > 0) await askEntities(trial, entity, keys, fields);
    }),
  ];
  for (const ask of asks) {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }
}
