import type { AsylumStepResolvers } from '../generated/resolver-types.ts';
import { registrationTerm, registrationTermDays } from '../registration-term.ts';

export const AsylumStep: AsylumStepResolvers = {
  registrationTerm: ({ on, registeredOn }, _arguments, { today }) =>
    registrationTerm(on, registeredOn, registrationTermDays.update, today()),
};
