import { addWorkingDays } from './working-days.ts';

/** Terms of the SAI data bank in working days (D.M. 18 November 2019, guidelines). */
export const registrationTermDays = { stay: 3, update: 5 } as const;

/** How a registration stands to its term. */
export interface RegistrationTerm {
  readonly dueOn: string;
  readonly registeredOn: string | null;
  readonly late: boolean;
}

/** A registration that is missing is late once the day after its term has come. Days are `YYYY-MM-DD`. */
export function registrationTerm(
  happenedOn: string,
  registeredOn: string | null,
  workingDays: number,
  today: string,
): RegistrationTerm {
  const dueOn = addWorkingDays(happenedOn, workingDays);
  return { dueOn, registeredOn, late: (registeredOn ?? today) > dueOn };
}
