import type { ErrorModel } from '../error-model.ts';
import type { NameList, Script } from '../names/name-list.ts';
import { at, type Random } from '../random.ts';
import { dayMs, isoDay, yearsBefore } from '../time.ts';
import { drawSchool, transliterate } from '../transliteration/transliterate.ts';

export interface TrueIdentity {
  /** Every spelling of the name; each institution picks its own. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly script: Script;
  readonly birthMs: number;
}

export interface WrittenIdentity {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
}

/** Streams of their own, so that a share changes no other draw. */
export interface ClerkStreams {
  readonly severalNames: Random;
  readonly transliteration: Random;
  readonly nameParts: Random;
}

export function createClerkStreams(random: Random): ClerkStreams {
  return {
    severalNames: random.fork('several names'),
    transliteration: random.fork('transliteration'),
    nameParts: random.fork('name parts'),
  };
}

export interface IdentityToDraw {
  readonly names: NameList;
  readonly sex: 'F' | 'M';
  readonly birthMs: number;
  /** Undefined = a family name of one's own. */
  readonly family: readonly string[] | undefined;
  /** Nobody gives twins the same name. */
  readonly twin?: TrueIdentity | undefined;
}

export function drawIdentity(
  random: Random,
  { severalNames }: ClerkStreams,
  errors: ErrorModel,
  { names, sex, birthMs, family, twin }: IdentityToDraw,
): TrueIdentity {
  const all = sex === 'F' ? names.female : names.male;
  const free = all.filter((spellings) => twin === undefined || !beginsAlike(twin.given, spellings));
  const given = random.pick(free.length > 0 ? free : all);
  const identity = {
    given,
    family: family ?? random.pick(names.family),
    script: names.script,
    birthMs,
  };
  if (!severalNames.chance(errors.peopleWithSeveralNames)) return identity;
  return severalNames.chance(0.5)
    ? { ...identity, given: withSecond(given, severalNames.pick(all)) }
    : { ...identity, family: withSecond(identity.family, severalNames.pick(names.family)) };
}

function beginsAlike(one: readonly string[], other: readonly string[]): boolean {
  const [first] = at(one, 0).split(' ');
  return first === at(other, 0).split(' ')[0];
}

function withSecond(first: readonly string[], second: readonly string[]): readonly string[] {
  if (beginsAlike(first, second)) return first;
  return first.map((spelling, index) => `${spelling} ${at(second, index % second.length)}`);
}

/** What one clerk writes down: a spelling, and the mistakes of the error model. Never born after `latestMs`. */
export function writeDown(
  random: Random,
  clerk: ClerkStreams,
  errors: ErrorModel,
  identity: TrueIdentity,
  latestMs: number,
): WrittenIdentity {
  const school = drawSchool(clerk.transliteration, identity.script);
  const write = (spellings: readonly string[]): string => {
    const listed = random.pick(spellings);
    const spelled = clerk.transliteration.chance(errors.independentTransliteration)
      ? transliterate(clerk.transliteration, at(spellings, 0), identity.script, school)
      : listed;
    return clerk.nameParts.chance(errors.namePartDropped)
      ? onePartOf(clerk.nameParts, spelled)
      : spelled;
  };
  let givenName = write(identity.given);
  let familyName = write(identity.family);
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

/** Mostly the first; an article or "son of" belongs to the word after it and is never left alone. */
function onePartOf(random: Random, name: string): string {
  const parts = name.split(/ (?!$)/).reduce<string[]>((joined, word) => {
    const last = joined.at(-1);
    if (last !== undefined && last.length <= 3) joined[joined.length - 1] = `${last} ${word}`;
    else joined.push(word);
    return joined;
  }, []);
  return random.chance(0.7) ? at(parts, 0) : at(parts, parts.length - 1);
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
