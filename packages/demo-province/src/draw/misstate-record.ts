import type { Random } from '../random.ts';
import type { WorldIdentifier, WorldRecord } from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';

/** What a register gets wrong besides the name and the birth date. */
export interface Misstatements {
  /** Empty where the register has it right. */
  of(sex: 'F' | 'M', citizenship: string): Pick<WorldRecord, 'sex' | 'citizenship'>;
  /** The identifiers of a record that has any at all. */
  kept(identifiers: readonly WorldIdentifier[]): readonly WorldIdentifier[];
}

/** Each draws from a stream of its own, so that a share changes no other draw. */
export function createMisstatements(
  random: Random,
  { errors, origins }: WorldParameters,
): Misstatements {
  const sexes = random.fork('wrong sex');
  const citizenships = random.fork('wrong citizenship');
  const boxes = random.fork('identifier boxes');
  const countries = origins.map(({ citizenship }) => citizenship);
  return {
    of(sex, citizenship) {
      const isOtherSex = sexes.chance(errors.sexWrong);
      const isOtherCountry = citizenships.chance(errors.citizenshipWrong);
      const others = countries.filter((country) => country !== citizenship);
      return {
        ...(isOtherSex ? { sex: sex === 'F' ? 'M' : 'F' } : {}),
        ...(isOtherCountry && others.length > 0 ? { citizenship: citizenships.pick(others) } : {}),
      };
    },
    kept: (identifiers) => (boxes.chance(errors.recordHasIdentifiers) ? identifiers : []),
  };
}
