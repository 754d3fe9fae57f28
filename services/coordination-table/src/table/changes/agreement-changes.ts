import type { z } from 'zod';
import { adoptCriterionInput, publishGoodPracticeInput } from '../inputs.ts';
import { requireProvince } from '../permissions.ts';
import { readInput } from '../read-input.ts';
import { notFound, refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** What the table agreed on and shows to others: shared criteria and good practices. */
export function createAgreementChanges(apply: ApplyRegisterChange) {
  return {
    adoptCriterion(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'adoptCriterion');
      const input = readInput(adoptCriterionInput, raw);
      return apply(request, 'adoptCriterion', input, (change) => adoptCriterion(change, input));
    },
    publishGoodPractice(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'publishGoodPractice');
      const input = readInput(publishGoodPracticeInput, raw);
      return apply(request, 'publishGoodPractice', input, (change) =>
        publishGoodPractice(change, input),
      );
    },
  };
}

async function adoptCriterion(
  { transaction, newId, today }: RegisterChange,
  { code, service, text, adoptedOn, reviewOn }: z.output<typeof adoptCriterionInput>,
): Promise<string> {
  if (adoptedOn > today) refuse('input.adoptedOn', 'must not lie in the future');
  const last = await transaction
    .selectFrom('criterion')
    .select(['version', 'adopted_on', 'service'])
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (last && adoptedOn <= last.adopted_on) {
    refuse('input.adoptedOn', "must come after the day of the code's last version");
  }
  if (last && service !== last.service) {
    refuse('input.service', "must stay that of the code's last version");
  }
  const version = (last?.version ?? 0) + 1;
  await transaction
    .insertInto('criterion')
    .values({
      id: newId,
      position: `${code} ${String(version).padStart(6, '0')}`,
      code,
      version,
      service,
      text,
      adopted_on: adoptedOn,
      review_on: reviewOn,
    })
    .execute();
  return newId;
}

async function publishGoodPractice(
  { transaction, newId, today }: RegisterChange,
  input: z.output<typeof publishGoodPracticeInput>,
): Promise<string> {
  const { protocolId, seatId, transferability, ...practice } = input;
  const seat = await transaction
    .selectFrom('seat')
    .select('id')
    .where('id', '=', seatId)
    .executeTakeFirst();
  if (!seat) notFound('input.seatId', 'seat');
  if (protocolId !== null) {
    const protocol = await transaction
      .selectFrom('protocol')
      .select('signed_on')
      .where('id', '=', protocolId)
      .executeTakeFirst();
    if (!protocol) notFound('input.protocolId', 'protocol');
    if (protocol.signed_on === null) refuse('input.protocolId', 'names a protocol nobody signed');
  }
  await transaction
    .insertInto('good_practice')
    .values({
      ...practice,
      id: newId,
      position: `${today} ${newId}`,
      protocol_id: protocolId,
      seat_id: seatId,
      transferability,
      published_on: today,
    })
    .execute();
  return newId;
}
