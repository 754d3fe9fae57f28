import type { Caller } from '@tavolo/caller-context';
import { errorsOf, NoAnswer } from './http-answer.ts';
import { readPage } from './read-page.ts';
import type { PagedList, SubgraphModel } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

/** Lists that answer one role and nobody who has another beside it. */
const loneRoles = ['fact-loader', 'partner-it'] as const;

/** Who is given each list: null without an error says that it is not for the caller, so others are tried. */
export async function findCallers(
  trial: Trial,
  model: SubgraphModel,
): Promise<ReadonlyMap<PagedList, Caller>> {
  const found = new Map<PagedList, Caller>();
  const { anybody } = trial.talk;
  for (const list of model.lists) {
    const callers = [anybody, ...loneRoles.map((role) => ({ ...anybody, roles: [role] }))];
    for (const caller of callers) {
      const isNotFor = await isNotForCaller(trial, list, caller);
      if (isNotFor) continue;
      found.set(list, caller);
      break;
    }
  }
  return found;
}

async function isNotForCaller(trial: Trial, list: PagedList, caller: Caller): Promise<boolean> {
  try {
    const { nodes, answer } = await readPage(trial, list, { first: 1 }, { caller });
    return nodes === null && answer.status === 200 && errorsOf(answer).length === 0;
  } catch (error) {
    // What is wrong with the list is said by the promises about lists.
    if (error instanceof NoAnswer) return false;
    throw error;
  }
}
