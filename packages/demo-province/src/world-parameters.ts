import { defaultErrorModel, type ErrorModel } from './error-model.ts';
import { type Origin, origins } from './origins.ts';

/** What the province looks like; shares are 0 to 1. */
export interface WorldParameters {
  readonly errors: ErrorModel;
  /** Where people come from, with the names people have there. */
  readonly origins: readonly Origin[];
  /** Territorial immediate receptions since 2011, one a person. */
  readonly immediateReceptions: number;
  /** Of the concluded immediate receptions, those that went on to a SAI project of the province. */
  readonly continuityToSai: number;
  /** Median hours from the start of an immediate reception to the first social or health intervention. */
  readonly firstInterventionMedianHours: number;
  /** Mean days in reception of those who never passed through immediate reception and have left. */
  readonly otherStaysMeanDays: number;
  /** How much shorter those who passed through immediate reception stay. */
  readonly shorterStayAfterImmediateReception: number;
  /** People per CAS centre, the regional mean. */
  readonly peoplePerCas: number;
  /** Hosted people who live in a household of two to six. */
  readonly inHouseholds: number;
  /** Households with two children or more in which two of them are twins. */
  readonly twins: number;
  /** Unaccompanied minors among those alone. */
  readonly unaccompaniedMinors: number;
  /** People who have left reception, relative to the hosted. */
  readonly formerGuests: number;
  /** People known to the social services but never hosted, relative to the hosted. */
  readonly neverHosted: number;
  /** Hosted people known to each institution besides the reception centres. */
  readonly knownToHealth: number;
  readonly knownToSocial: number;
  /** People known to the health authority only by a suspicion: a flag and no event. */
  readonly flaggedWithoutEvent: number;
  /** Households known to both whose reception centres' code the social services wrote down. */
  readonly receptionCodeAtSocial: number;
  /** Households with a tutor match. */
  readonly tutored: number;
  /** Hosted adults who do public-utility work, hence in the volunteer registry. */
  readonly inPublicUtility: number;
  /** People known to the social services who said no to being shared; of the others most said yes, some were never asked. */
  readonly sharingExcluded: number;
  /** People known to the social services who are protected. */
  readonly restricted: number;
}

/** The founding figures of the provincial table and the shares of the trade. */
export const defaultParameters: WorldParameters = {
  errors: defaultErrorModel,
  origins,
  immediateReceptions: 198,
  continuityToSai: 0.9,
  firstInterventionMedianHours: 12,
  otherStaysMeanDays: 365,
  shorterStayAfterImmediateReception: 0.2,
  peoplePerCas: 7.4,
  inHouseholds: 0.45,
  twins: 0,
  unaccompaniedMinors: 0.05,
  formerGuests: 0.4,
  neverHosted: 0.06,
  knownToHealth: 0.92,
  knownToSocial: 0.55,
  flaggedWithoutEvent: 0.02,
  receptionCodeAtSocial: 0.7,
  tutored: 0.1,
  inPublicUtility: 0.03,
  sharingExcluded: 0.005,
  restricted: 0.01,
};
