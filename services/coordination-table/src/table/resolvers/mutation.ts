import type DataLoader from 'dataloader';
import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { forgetAll, type RegisterLoaders } from '../loaders.ts';
import type { RegisterContext } from '../module.ts';
import type { RegisterChanges } from '../register-changes.ts';

interface ChangeArguments {
  readonly clientKey: string;
  readonly input: unknown;
}

/** A mutation makes its change and gives what it changed, as it is now. */
function changing<Row>(
  mutation: keyof RegisterChanges,
  loaderOf: (loaders: RegisterLoaders) => DataLoader<string, Row | null>,
) {
  return async (
    _parent: unknown,
    { clientKey, input }: ChangeArguments,
    { register, caller }: RegisterContext,
  ): Promise<Row | null> => {
    const id = await register.changes[mutation]({ caller, clientKey }, input);
    // An earlier mutation of the same request may have loaded it, or parts of it, as they were.
    forgetAll(register.loaders);
    return loaderOf(register.loaders).load(id);
  };
}

const meeting = (loaders: RegisterLoaders) => loaders.meetingById;
const objective = (loaders: RegisterLoaders) => loaders.objectiveById;
const protocol = (loaders: RegisterLoaders) => loaders.protocolById;
const seat = (loaders: RegisterLoaders) => loaders.seatById;

export const Mutation: Pick<MutationResolvers, keyof RegisterChanges> = {
  addSeat: changing('addSeat', seat),
  endSeat: changing('endSeat', seat),
  async setCadenceRule(_parent, { clientKey, input }, { register, caller }) {
    const id = await register.changes.setCadenceRule({ caller, clientKey }, input);
    const rules = await register.store.cadenceRules();
    return rules.find((rule) => rule.id === id) ?? null;
  },
  planMeeting: changing('planMeeting', meeting),
  inviteNodes: changing('inviteNodes', meeting),
  addAgendaItems: changing('addAgendaItems', meeting),
  holdMeeting: changing('holdMeeting', meeting),
  cancelMeeting: changing('cancelMeeting', meeting),
  recordAttendance: changing('recordAttendance', meeting),
  recordDecision: changing('recordDecision', meeting),
  setObjective: changing('setObjective', objective),
  recordProgress: changing('recordProgress', objective),
  closeObjective: changing('closeObjective', objective),
  draftProtocol: changing('draftProtocol', protocol),
  signProtocol: changing('signProtocol', protocol),
  putProtocolInForce: changing('putProtocolInForce', protocol),
  withdrawProtocol: changing('withdrawProtocol', protocol),
  adoptCriterion: changing('adoptCriterion', ({ criterionById }) => criterionById),
  publishGoodPractice: changing('publishGoodPractice', ({ practiceById }) => practiceById),
};
