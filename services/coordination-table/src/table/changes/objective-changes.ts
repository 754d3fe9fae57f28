import type { z } from 'zod';
import { closeObjectiveInput, most, recordProgressInput, setObjectiveInput } from '../inputs.ts';
import { requireDistrict } from '../permissions.ts';
import { readInput } from '../read-input.ts';
import { notFound, refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** Changes of the year's objectives; each gives the objective's id. */
export function createObjectiveChanges(apply: ApplyRegisterChange) {
  return {
    setObjective(request: ChangeRequest, raw: unknown): Promise<string> {
      const input = readInput(setObjectiveInput, raw);
      requireDistrict(request.caller, input.district, 'setObjective');
      return apply(request, 'setObjective', input, (change) =>
        input.objectiveId === null
          ? addObjective(change, input)
          : reviseObjective(change, input.objectiveId, input),
      );
    },
    recordProgress(request: ChangeRequest, raw: unknown): Promise<string> {
      const input = readInput(recordProgressInput, raw);
      return apply(request, 'recordProgress', input, (change) => recordProgress(change, input));
    },
    closeObjective(request: ChangeRequest, raw: unknown): Promise<string> {
      const input = readInput(closeObjectiveInput, raw);
      return apply(request, 'closeObjective', input, (change) => closeObjective(change, input));
    },
  };
}

type Objective = z.output<typeof setObjectiveInput>;

/** The province sorts before the districts. */
function placeOf({ year, district }: Objective, id: string): string {
  return `${year} ${district ?? ''} ${id}`;
}

async function addObjective(
  { transaction, newId }: RegisterChange,
  input: Objective,
): Promise<string> {
  await transaction
    .insertInto('objective')
    .values({
      id: newId,
      position: placeOf(input, newId),
      year: input.year,
      district: input.district,
      ...revisable(input),
      state: 'OPEN',
      closed_on: null,
    })
    .execute();
  return newId;
}

async function reviseObjective(
  change: RegisterChange,
  objectiveId: string,
  input: Objective,
): Promise<string> {
  const objective = await requireOpen(change, objectiveId, 'setObjective');
  if (objective.year !== input.year) refuse('input.year', 'must stay as it was set');
  if (objective.district !== input.district) refuse('input.district', 'must stay as it was set');
  await change.transaction
    .updateTable('objective')
    .set(revisable(input))
    .where('id', '=', objectiveId)
    .execute();
  return objectiveId;
}

function revisable({ aim, title, indicatorId, baseline, target, dueOn }: Objective) {
  return { aim, title, indicator_id: indicatorId, baseline, target, due_on: dueOn };
}

async function recordProgress(
  change: RegisterChange,
  { objectiveId, on, value, note }: z.output<typeof recordProgressInput>,
): Promise<string> {
  await requireOpen(change, objectiveId, 'recordProgress');
  if (on > change.today) refuse('input.on', 'must not lie in the future');
  await change.transaction
    .insertInto('objective_progress')
    .values({ objective_id: objectiveId, on_day: on, value, note })
    .onConflict((conflict) =>
      conflict.columns(['objective_id', 'on_day']).doUpdateSet({ value, note }),
    )
    .execute();
  const { recorded } = await change.transaction
    .selectFrom('objective_progress')
    .select(({ fn }) => fn.countAll<string>().as('recorded'))
    .where('objective_id', '=', objectiveId)
    .executeTakeFirstOrThrow();
  if (Number(recorded) > most.progress) {
    refuse(
      'input.objectiveId',
      `names an objective with ${most.progress} values, which is the most`,
    );
  }
  return objectiveId;
}

async function closeObjective(
  change: RegisterChange,
  { objectiveId, state, on }: z.output<typeof closeObjectiveInput>,
): Promise<string> {
  await requireOpen(change, objectiveId, 'closeObjective');
  if (on > change.today) refuse('input.on', 'must not lie in the future');
  await change.transaction
    .updateTable('objective')
    .set({ state, closed_on: on })
    .where('id', '=', objectiveId)
    .execute();
  return objectiveId;
}

/** The objective, open, in a district this caller may change. */
async function requireOpen(
  { transaction, caller }: RegisterChange,
  objectiveId: string,
  mutation: string,
) {
  const objective = await transaction
    .selectFrom('objective')
    .select(['state', 'year', 'district'])
    .where('id', '=', objectiveId)
    .executeTakeFirst();
  if (!objective) notFound('input.objectiveId', 'objective');
  requireDistrict(caller, objective.district, mutation);
  if (objective.state !== 'OPEN') {
    refuse(
      'input.objectiveId',
      `names an objective that is ${objective.state}; ${mutation} needs one that is OPEN`,
    );
  }
  return objective;
}
