import type { z } from 'zod';
import {
  draftProtocolInput,
  putProtocolInForceInput,
  signProtocolInput,
  withdrawProtocolInput,
} from '../inputs.ts';
import { requireProvince } from '../permissions.ts';
import { type ProtocolStep, refusedStep, wouldOverlap } from '../protocol-status.ts';
import { readInput } from '../read-input.ts';
import type { ProtocolDays } from '../rows.ts';
import { protocolDays } from '../store/protocol-days.ts';
import { notFound, refuse } from './refuse.ts';
import type { ApplyRegisterChange, ChangeRequest, RegisterChange } from './register-change.ts';

/** The life of a protocol; each gives its id. */
export function createProtocolChanges(apply: ApplyRegisterChange) {
  return {
    draftProtocol(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'draftProtocol');
      const input = readInput(draftProtocolInput, raw);
      return apply(request, 'draftProtocol', input, (change) => draftProtocol(change, input));
    },
    signProtocol(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'signProtocol');
      const input = readInput(signProtocolInput, raw);
      return apply(request, 'signProtocol', input, (change) => signProtocol(change, input));
    },
    putProtocolInForce(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'putProtocolInForce');
      const input = readInput(putProtocolInForceInput, raw);
      return apply(request, 'putProtocolInForce', input, (change) => putInForce(change, input));
    },
    withdrawProtocol(request: ChangeRequest, raw: unknown): Promise<string> {
      requireProvince(request.caller, 'withdrawProtocol');
      const input = readInput(withdrawProtocolInput, raw);
      return apply(request, 'withdrawProtocol', input, (change) => withdraw(change, input));
    },
  };
}

async function draftProtocol(
  { transaction, newId }: RegisterChange,
  { code, title, summary, ownerSeatId }: z.output<typeof draftProtocolInput>,
): Promise<string> {
  const owner = await transaction
    .selectFrom('seat')
    .select('id')
    .where('id', '=', ownerSeatId)
    .executeTakeFirst();
  if (!owner) notFound('input.ownerSeatId', 'seat');
  const { last } = await transaction
    .selectFrom('protocol')
    .select(({ fn }) => fn.max<number | null>('version').as('last'))
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const version = (last ?? 0) + 1;
  await transaction
    .insertInto('protocol')
    .values({
      id: newId,
      position: `${code} ${String(version).padStart(6, '0')}`,
      code,
      version,
      title,
      summary,
      owner_seat_id: ownerSeatId,
      signed_on: null,
      valid_from: null,
      valid_to: null,
      withdrawn_on: null,
      withdrawal_reason: null,
    })
    .execute();
  return newId;
}

async function signProtocol(
  change: RegisterChange,
  { protocolId, signedOn, signatories }: z.output<typeof signProtocolInput>,
): Promise<string> {
  await requireStep(change, protocolId, 'sign');
  if (signedOn > change.today) refuse('input.signedOn', 'must not lie in the future');
  const municipalityOf = await municipalitiesOfSeats(change, signedOn, signatories);
  await change.transaction
    .insertInto('signatory')
    .values(
      signatories.map(({ seatId, municipality }, index) => ({
        protocol_id: protocolId,
        position: index + 1,
        seat_id: seatId,
        municipality_code: municipality ?? municipalityOf.get(seatId ?? '') ?? null,
      })),
    )
    .execute();
  await change.transaction
    .updateTable('protocol')
    .set({ signed_on: signedOn })
    .where('id', '=', protocolId)
    .execute();
  return protocolId;
}

/** The municipality of each seat that signs; a seat that did not exist that day cannot. */
async function municipalitiesOfSeats(
  { transaction }: RegisterChange,
  signedOn: string,
  signatories: z.output<typeof signProtocolInput>['signatories'],
): Promise<ReadonlyMap<string, string | null>> {
  const seatIds = signatories.flatMap(({ seatId }) => seatId ?? []);
  if (seatIds.length === 0) return new Map();
  const seats = await transaction
    .selectFrom('seat')
    .select(['id', 'municipality_code'])
    .where('id', 'in', seatIds)
    .where('from_day', '<=', signedOn)
    .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', signedOn)]))
    .execute();
  if (seats.length < seatIds.length) {
    refuse('input.signatories', 'must name seats at the table on the day of the signature');
  }
  return new Map(seats.map((seat) => [seat.id, seat.municipality_code]));
}

async function putInForce(
  change: RegisterChange,
  { protocolId, validFrom, validTo }: z.output<typeof putProtocolInForceInput>,
): Promise<string> {
  const protocol = await requireStep(change, protocolId, 'put in force');
  if (protocol.signedOn !== null && validFrom < protocol.signedOn) {
    refuse('input.validFrom', 'must not come before the signature');
  }
  const others = await change.transaction
    .selectFrom('protocol')
    .select(protocolDays)
    .where('code', '=', protocol.code)
    .where('id', '!=', protocolId)
    .execute();
  if (others.some((other) => wouldOverlap(other, { ...protocol, validFrom, validTo }))) {
    refuse(
      'input.validFrom',
      'is in the time another version of the protocol is in force; withdraw that one first',
    );
  }
  await change.transaction
    .updateTable('protocol')
    .set({ valid_from: validFrom, valid_to: validTo })
    .where('id', '=', protocolId)
    .execute();
  return protocolId;
}

async function withdraw(
  change: RegisterChange,
  { protocolId, reason }: z.output<typeof withdrawProtocolInput>,
): Promise<string> {
  await requireStep(change, protocolId, 'withdraw');
  await change.transaction
    .updateTable('protocol')
    .set({ withdrawn_on: change.today, withdrawal_reason: reason })
    .where('id', '=', protocolId)
    .execute();
  return protocolId;
}

async function requireStep(
  { transaction, today }: RegisterChange,
  protocolId: string,
  step: ProtocolStep,
): Promise<ProtocolDays & { readonly code: string }> {
  const protocol = await transaction
    .selectFrom('protocol')
    .select([...protocolDays, 'code'])
    .where('id', '=', protocolId)
    .executeTakeFirst();
  if (!protocol) notFound('input.protocolId', 'protocol');
  const refused = refusedStep(step, protocol, today);
  if (refused !== null) refuse('input.protocolId:', refused);
  return protocol;
}
