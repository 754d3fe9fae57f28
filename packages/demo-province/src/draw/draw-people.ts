import { createCodiceFiscaleMaker } from '../identifiers/invented-codice-fiscale.ts';
import { digits } from '../identifiers/marked-identifiers.ts';
import type { Random } from '../random.ts';
import { isoDay, yearsBefore } from '../time.ts';
import type { Institution, WorldHousehold, WorldRecord } from '../world.ts';
import type { WorldParameters } from '../world-parameters.ts';
import type { CastMember } from './cast.ts';
import { drawIdentifiers, type IdentifierOffice, knownIdentifiers } from './draw-identifiers.ts';
import type { MemberDraft, PlacedHousehold } from './household-draft.ts';
import { createMisstatements, type Misstatements } from './misstate-record.ts';
import {
  type ClerkStreams,
  createClerkStreams,
  drawIdentity,
  type TrueIdentity,
  writeDown,
} from './write-down.ts';

const localIdPrefix: Readonly<Record<Institution, string>> = {
  'social-services': 'UT',
  'health-authority': 'AUSL',
  'reception-centres': 'OSP',
  'volunteer-registry': 'PU',
};

/** Share of people at the social services who were asked whether their data may be shared. */
const ASKED = 0.9;

/** Gives every member a name, a birth date and identifiers, and lets each institution write them down. */
export function drawPeople(
  random: Random,
  parameters: WorldParameters,
  placed: readonly PlacedHousehold[],
  nowMs: number,
): { cast: CastMember[]; households: WorldHousehold[] } {
  const office = createOffice();
  const streams: Streams = {
    random,
    wishes: random.fork('wishes'),
    clerk: createClerkStreams(random),
    misstatements: createMisstatements(random, parameters),
  };
  const serials = new Map<string, number>();
  const numbered = (prefix: string): string => {
    const serial = (serials.get(prefix) ?? 0) + 1;
    serials.set(prefix, serial);
    return `${prefix}-${digits(serial, 7)}`;
  };
  const cast: CastMember[] = [];
  const households: WorldHousehold[] = [];
  for (const household of placed) {
    const knownToSocial = isKnownToSocial(random, parameters, household);
    const tutored = household.kind !== 'FORMER' && random.chance(parameters.tutored);
    const codes = householdCodes(random, household, knownToSocial, tutored, numbered);
    const receptionCode = codes['reception-centres'];
    const isCopied = knownToSocial && random.chance(parameters.receptionCodeAtSocial);
    households.push({
      id: household.id,
      memberIds: household.members.map(({ id }) => id),
      codes,
      ...(isCopied && receptionCode !== undefined
        ? { copiedCodes: { 'social-services': receptionCode } }
        : {}),
    });
    const family = random.pick(household.origin.names.family);
    const twinned = withTwins(random, parameters, household);
    let twin: TrueIdentity | undefined;
    household.members.forEach((member, place) => {
      const institutions = whoKnows(random, parameters, household, member, knownToSocial);
      const born = twinned?.[place];
      const drawn = drawMember(
        streams,
        parameters,
        office,
        { household, member, place, institutions, family, nowMs, born, twin },
        numbered,
      );
      if (born !== undefined) twin = drawn.identity;
      cast.push(drawn.member);
    });
  }
  return { cast, households };
}

function createOffice(): IdentifierOffice {
  const given = new Map<string, number>();
  return {
    codiceFiscale: createCodiceFiscaleMaker(),
    next: (series) => {
      const serial = (given.get(series) ?? 0) + 1;
      given.set(series, serial);
      return serial;
    },
  };
}

function isKnownToSocial(
  random: Random,
  parameters: WorldParameters,
  household: PlacedHousehold,
): boolean {
  if (household.kind === 'NEVER_HOSTED') return true;
  if (household.kind === 'IMMEDIATE') return random.chance(0.9);
  // A guardian is always appointed for an unaccompanied minor.
  if (household.isUnaccompanied) return random.chance(0.95);
  return random.chance(parameters.knownToSocial);
}

function whoKnows(
  random: Random,
  parameters: WorldParameters,
  household: PlacedHousehold,
  member: MemberDraft,
  knownToSocial: boolean,
): Institution[] {
  const hosted = household.kind !== 'NEVER_HOSTED';
  const volunteers = household.kind === 'HOSTED' && member.ageAtArrival >= 18;
  return [
    ...(hosted ? (['reception-centres'] as const) : []),
    ...(random.chance(hosted ? parameters.knownToHealth : 0.6)
      ? (['health-authority'] as const)
      : []),
    ...(knownToSocial ? (['social-services'] as const) : []),
    ...(volunteers && random.chance(parameters.inPublicUtility)
      ? (['volunteer-registry'] as const)
      : []),
  ];
}

/** The volunteer registry has no codes of its own: it copies the reception centres' or the social services'. */
function householdCodes(
  random: Random,
  household: PlacedHousehold,
  knownToSocial: boolean,
  tutored: boolean,
  numbered: (prefix: string) => string,
): WorldHousehold['codes'] {
  const codes: Partial<Record<Institution, string>> = {};
  if (household.kind !== 'NEVER_HOSTED') codes['reception-centres'] = numbered('NR');
  if (knownToSocial) codes['social-services'] = numbered('NF');
  const copied =
    knownToSocial && (household.kind === 'NEVER_HOSTED' || random.chance(0.3))
      ? codes['social-services']
      : codes['reception-centres'];
  if (tutored && copied !== undefined) codes['volunteer-registry'] = copied;
  return codes;
}

interface MemberToDraw {
  readonly household: PlacedHousehold;
  readonly member: MemberDraft;
  readonly place: number;
  readonly institutions: readonly Institution[];
  readonly family: readonly string[];
  readonly nowMs: number;
  /** The birth of a twin; undefined = draw one. */
  readonly born: number | undefined;
  /** The twin who already has a name. */
  readonly twin: TrueIdentity | undefined;
}

interface Streams {
  readonly random: Random;
  readonly wishes: Random;
  readonly clerk: ClerkStreams;
  readonly misstatements: Misstatements;
}

function drawMember(
  { random, wishes, clerk, misstatements }: Streams,
  parameters: WorldParameters,
  office: IdentifierOffice,
  toDraw: MemberToDraw,
  numbered: (prefix: string) => string,
): { readonly member: CastMember; readonly identity: TrueIdentity } {
  const { household, member, place, institutions, family, nowMs, twin } = toDraw;
  const birthMs = toDraw.born ?? drawBirth(random, parameters, member, household.arrivedMs);
  // Most members share the family name; some write the father's name or their own.
  const sharesName = random.chance(0.75);
  const identity = drawIdentity(random, clerk, parameters.errors, {
    names: household.origin.names,
    sex: member.sex,
    birthMs,
    family: sharesName ? family : undefined,
    twin: toDraw.born === undefined ? undefined : twin,
  });
  const identifiers = drawIdentifiers(
    random,
    office,
    { ...member, identity, origin: household.origin, arrivedMs: household.arrivedMs },
    nowMs,
  );
  const records: Partial<Record<Institution, WorldRecord>> = {};
  for (const institution of institutions) {
    records[institution] = {
      localId: numbered(localIdPrefix[institution]),
      ...writeDown(random, clerk, parameters.errors, identity, household.arrivedMs),
      ...misstatements.of(member.sex, household.origin.citizenship),
      identifiers: misstatements.kept(
        knownIdentifiers(random, parameters.errors, institution, identifiers),
      ),
      ...(institution === 'social-services' ? drawWishes(wishes, parameters) : {}),
    };
  }
  const drawn: CastMember = {
    household,
    place,
    ageAtArrival: member.ageAtArrival,
    person: {
      id: member.id,
      householdId: household.id,
      sex: member.sex,
      birthDate: isoDay(birthMs),
      citizenship: household.origin.citizenship,
      isMinor: birthMs > yearsBefore(nowMs, 18, 0),
      records,
    },
  };
  return { member: drawn, identity };
}

/** Asked and not protected is the rule; each person takes two draws, so that a share changes nobody else's. */
function drawWishes(
  wishes: Random,
  parameters: WorldParameters,
): Pick<WorldRecord, 'sharing' | 'isRestricted'> {
  const answer = wishes.next();
  const isRestricted = wishes.chance(parameters.restricted);
  const sharing =
    answer < parameters.sharingExcluded ? 'EXCLUDED' : answer < ASKED ? 'ALLOWED' : undefined;
  return {
    ...(sharing === undefined ? {} : { sharing }),
    ...(isRestricted ? { isRestricted: true } : {}),
  };
}

/** In some households with two children or more, the last two were born on one day; null in the others. */
function withTwins(
  random: Random,
  parameters: WorldParameters,
  household: PlacedHousehold,
): (number | undefined)[] | null {
  if (parameters.twins === 0) return null;
  const children = household.members.filter(({ ageAtArrival }) => ageAtArrival < 17);
  const [elder, younger] = children.slice(-2);
  if (elder === undefined || younger === undefined || !random.chance(parameters.twins)) return null;
  const birthMs = drawBirth(random, parameters, elder, household.arrivedMs);
  return household.members.map((member) =>
    member === elder || member === younger ? birthMs : undefined,
  );
}

/** Unknown birthdays become 1 January of the year; babies keep theirs, or they would be born after they arrived. */
function drawBirth(
  random: Random,
  parameters: WorldParameters,
  member: MemberDraft,
  arrivedMs: number,
): number {
  const birthMs = yearsBefore(
    arrivedMs,
    member.ageAtArrival,
    random.integer(member.ageAtArrival === 0 ? 5 : 0, 330),
  );
  if (!random.chance(parameters.errors.bornOnFirstOfJanuary)) return birthMs;
  return Date.UTC(new Date(birthMs).getUTCFullYear(), 0, 1);
}
