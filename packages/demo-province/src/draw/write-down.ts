import type { ErrorModel } from '../error-model.ts';
import type { NameList } from '../names/name-list.ts';
import type { Random } from '../random.ts';
import { dayMs, isoDay, yearsBefore } from '../time.ts';

export interface TrueIdentity {
  /** Every spelling of the name; each institution picks its own. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly birthMs: number;
}

export interface WrittenIdentity {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
}

export function drawIdentity(
  random: Random,
  names: NameList,
  sex: 'F' | 'M',
  birthMs: number,
  family: readonly string[] | undefined,
): TrueIdentity {
  return {
    given: random.pick(sex === 'F' ? names.female : names.male),
    family: family ?? random.pick(names.family),
    birthMs,
  };
}

/** What one clerk writes down: a spelling, and the mistakes of the error model. Never born after `latestMs`. */
export function writeDown(
  random: Random,
  errors: ErrorModel,
  identity: TrueIdentity,
  latestMs: number,
): WrittenIdentity {
  let givenName = random.pick(identity.given);
  let familyName = random.pick(identity.family);
  if (random.chance(errors.typo)) {
    if (random.chance(0.5)) givenName = mistyped(random, givenName);
    else familyName = mistyped(random, familyName);
  }
  if (random.chance(errors.namesSwapped)) [givenName, familyName] = [familyName, givenName];
  const birthDate = random.chance(errors.birthDateWrong)
    ? wrongDay(random, identity.birthMs, latestMs)
    : isoDay(identity.birthMs);
  return { givenName, familyName, birthDate };
}

function mistyped(random: Random, name: string): string {
  const place = random.integer(0, name.length - 1);
  const letter = 'aeinorst'.charAt(random.integer(0, 7));
  const before = name.slice(0, place);
  switch (random.integer(0, 2)) {
    case 0:
      return before + letter + name.slice(place);
    case 1:
      return name.length > 2 ? before + name.slice(place + 1) : name + letter;
    default:
      return before + letter + name.slice(place + 1);
  }
}

function wrongDay(random: Random, birthMs: number, latestMs: number): string {
  const [year, month, day] = isoDay(birthMs).split('-');
  const swapped = `${year ?? ''}-${day ?? ''}-${month ?? ''}`;
  const swaps = Number(day) <= 12 && day !== month && Date.parse(swapped) < latestMs;
  if (swaps && random.chance(0.4)) return swapped;
  return isoDay(random.chance(0.5) ? birthMs - dayMs : yearsBefore(birthMs, 1, 0));
}
