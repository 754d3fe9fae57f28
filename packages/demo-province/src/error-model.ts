import type { Institution, WorldIdentifierKind } from './world.ts';

/** How institutions write people down wrong, and what they know of them; every figure is a share, 0 to 1. */
export interface ErrorModel {
  /** People whose birth date is unknown and is set to 1 January; the same in every register. */
  readonly bornOnFirstOfJanuary: number;
  /** Records with a wrong birth date: day and month swapped, one day or one year off. */
  readonly birthDateWrong: number;
  /** Records with one mistyped letter in the given or the family name. */
  readonly typo: number;
  /** Records with given and family name swapped. */
  readonly namesSwapped: number;
  /** People with two given names or two family names; every register knows both. */
  readonly peopleWithSeveralNames: number;
  /** Of the records of names of several words, those in which only one word was written. */
  readonly namePartDropped: number;
  /** Names that the clerk spelled by the rules of a school of his own, not as one of the listed spellings. */
  readonly independentTransliteration: number;
  /** Records with another citizenship. */
  readonly citizenshipWrong: number;
  /** Records with the other sex. */
  readonly sexWrong: number;
  /** Records that have identifiers at all; in the others every box is empty. */
  readonly recordHasIdentifiers: number;
  /** How often an institution that knows the person also knows an identifier of this kind the person has. */
  readonly identifierKnown: Readonly<
    Record<Institution, Readonly<Partial<Record<WorldIdentifierKind | 'ANY_CF', number>>>>
  >;
}

/** The assumptions under which the project's linking rules were measured. */
export const defaultErrorModel: ErrorModel = {
  bornOnFirstOfJanuary: 0.22,
  birthDateWrong: 0.05,
  typo: 0.04,
  namesSwapped: 0.06,
  peopleWithSeveralNames: 0,
  namePartDropped: 0,
  independentTransliteration: 0,
  citizenshipWrong: 0,
  sexWrong: 0,
  recordHasIdentifiers: 1,
  identifierKnown: {
    'social-services': { ANY_CF: 0.75, CUI: 0.25, PERMIT: 0.3 },
    'health-authority': { ANY_CF: 0.6, CUI: 0.25, STP: 1, ENI: 1 },
    'reception-centres': { ANY_CF: 0.7, CUI: 0.85, VESTANET: 0.7, PERMIT: 0.4 },
    'volunteer-registry': { ANY_CF: 0.75 },
  },
};
