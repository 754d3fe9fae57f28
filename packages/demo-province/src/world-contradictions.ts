import { groupBy } from './group-by.ts';
import { codiceFiscaleCheckCharacter } from './identifiers/invented-codice-fiscale.ts';
import { provisionalCheckDigit } from './identifiers/marked-identifiers.ts';
import type { World, WorldIdentifier } from './world.ts';

/** What cannot be true of a world, each with the id it is about; an empty list is a sound world. */
export function worldContradictions(world: World): string[] {
  return [
    ...dates(world),
    ...stays(world),
    ...capacities(world),
    ...identifiers(world),
    ...references(world),
  ];
}

function* dates(world: World): Generator<string> {
  const birthOf = new Map(world.people.map(({ id, birthDate }) => [id, birthDate]));
  const happened = function* (
    id: string,
    personId: string,
    times: readonly (string | undefined)[],
  ): Generator<string> {
    for (const time of times) {
      const day = time?.slice(0, 10);
      if (day === undefined) continue;
      if (day > world.today) yield `${id} happens after today`;
      if (day < (birthOf.get(personId) ?? '9999')) yield `${id} happens before the person is born`;
    }
  };
  for (const row of world.stays)
    yield* happened(row.id, row.personId, [
      row.entryAt,
      row.exitAt,
      row.entryRegisteredOn,
      row.exitRegisteredOn,
    ]);
  for (const row of world.healthEvents) yield* happened(row.id, row.personId, [row.at]);
  for (const row of world.vulnerabilityFlags) yield* happened(row.id, row.personId, [row.at]);
  for (const row of world.screenings)
    yield* happened(row.id, row.personId, [row.offeredOn, row.acceptedOn]);
  for (const row of world.deskContacts) yield* happened(row.id, row.personId, [row.at]);
  for (const row of world.publicUtilityActivities)
    yield* happened(row.id, row.personId, [row.from, row.to]);
  for (const row of world.asylumSteps)
    yield* happened(`${row.kind} of ${row.personId}`, row.personId, [row.on, row.registeredOn]);
  for (const row of world.extensions)
    yield* happened(`extension of ${row.personId}`, row.personId, [row.requestedOn, row.decidedOn]);
  for (const row of world.immediateReceptions) {
    yield* happened(row.id, row.personId, [
      row.requestedAt,
      row.acceptedAt,
      row.startedAt,
      row.firstSocialAt,
      row.firstHealthAt,
      row.endedAt,
    ]);
    if (!(row.requestedAt < row.acceptedAt && row.acceptedAt < row.startedAt))
      yield `${row.id} is out of order`;
  }
  for (const row of world.socialCases) {
    const reopenings = row.reopenings.flatMap(({ closedOn, reopenedOn }) => [closedOn, reopenedOn]);
    const inOrder = [
      row.openedOn,
      ...reopenings,
      ...(row.closedOn === undefined ? [] : [row.closedOn]),
    ];
    yield* happened(row.id, row.personId, [
      ...inOrder,
      row.plan?.startedOn,
      ...row.assessments.map(({ on }) => on),
      ...row.interventions.flatMap(({ plannedOn, deliveredOn }) => [plannedOn, deliveredOn]),
      ...row.referrals.flatMap(({ on, acceptedOn }) => [on, acceptedOn]),
    ]);
    if (inOrder.some((day, index) => day < (inOrder[index - 1] ?? '')))
      yield `${row.id} is out of order`;
  }
  for (const row of world.tutorMatches) {
    if (row.from > world.today || (row.to ?? world.today) > world.today)
      yield `${row.id} happens after today`;
    if (row.to !== undefined && row.to < row.from) yield `${row.id} is out of order`;
  }
  for (const row of world.supervisions)
    if (row.on > world.today) yield `${row.id} happens after today`;
}

function* stays(world: World): Generator<string> {
  for (const own of groupBy(world.stays, ({ personId }) => personId).values()) {
    const inOrder = [...own].sort((a, b) => (a.entryAt < b.entryAt ? -1 : 1));
    for (const [index, stay] of inOrder.entries()) {
      if (stay.exitAt !== undefined && stay.exitAt <= stay.entryAt)
        yield `${stay.id} ends before it begins`;
      const before = inOrder[index - 1];
      if (before !== undefined && (before.exitAt ?? '9999') > stay.entryAt)
        yield `${stay.id} overlaps ${before.id}`;
    }
  }
}

function* capacities(world: World): Generator<string> {
  const byFacility = groupBy(world.stays, ({ facilityId }) => facilityId);
  for (const facility of world.facilities) {
    const own = byFacility.get(facility.id) ?? [];
    const present = own.filter(({ exitAt }) => exitAt === undefined).length;
    if (present > facility.activePlaces) yield `${facility.id} is above its capacity`;
    if (facility.activePlaces > facility.authorisedPlaces)
      yield `${facility.id} has more active than authorised places`;
    for (const { id, entryAt, exitAt } of own) {
      if (entryAt.slice(0, 10) < facility.openFrom)
        yield `${id} begins before ${facility.id} opens`;
      if (facility.openTo !== undefined && (exitAt?.slice(0, 10) ?? '9999') > facility.openTo)
        yield `${id} outlasts ${facility.id}`;
    }
  }
}

function* identifiers(world: World): Generator<string> {
  const holderOf = new Map<string, string>();
  for (const { id, birthDate, records } of world.people) {
    for (const record of Object.values(records)) {
      for (const identifier of record.identifiers) {
        const name = comparable(identifier);
        if ((holderOf.get(name) ?? id) !== id)
          yield `${id} shares an identifier with ${holderOf.get(name) ?? ''}`;
        holderOf.set(name, id);
        if ((identifier.validFrom ?? birthDate) < birthDate)
          yield `${id} has an identifier older than birth`;
        if ((identifier.validFrom ?? '') > world.today)
          yield `${id} has an identifier not issued yet`;
        if (couldBeReal(identifier)) yield `${id} has an identifier that could be real`;
      }
    }
  }
  for (const { id, codiceFiscale } of world.volunteers) {
    if (couldBeReal({ kind: 'CF', value: codiceFiscale }))
      yield `${id} has an identifier that could be real`;
  }
}

const marks: Readonly<Record<Exclude<WorldIdentifier['kind'], 'CF' | 'CF_PROVISIONAL'>, RegExp>> = {
  CUI: /^0TVL\d{7}$/,
  VESTANET: /^XT\d{7}$/,
  STP: /^STP999999\d{7}$/,
  ENI: /^ENI999999\d{7}$/,
  PERMIT: /^X99\d{7}$/,
};

/** True unless the check digit is wrong or the mark is there: the promise that nobody real is in the province. */
export function couldBeReal({ kind, value }: WorldIdentifier): boolean {
  if (kind === 'CF') return value.slice(-1) === codiceFiscaleCheckCharacter(value);
  if (kind === 'CF_PROVISIONAL') return value.slice(-1) === String(provisionalCheckDigit(value));
  return !marks[kind].test(value);
}

function* references(world: World): Generator<string> {
  const people = new Map(world.people.map((person) => [person.id, person]));
  const facilities = new Set(world.facilities.map(({ id }) => id));
  const knows = function* (
    institution:
      | 'health-authority'
      | 'reception-centres'
      | 'social-services'
      | 'volunteer-registry',
    rows: readonly { personId: string }[],
  ): Generator<string> {
    for (const { personId } of rows) {
      if (people.get(personId)?.records[institution] === undefined)
        yield `${institution} has facts about ${personId} and no record`;
    }
  };
  yield* knows('reception-centres', [
    ...world.stays,
    ...world.immediateReceptions,
    ...world.asylumSteps,
    ...world.extensions,
  ]);
  yield* knows('health-authority', [
    ...world.healthEvents,
    ...world.vulnerabilityFlags,
    ...world.screenings,
  ]);
  yield* knows('social-services', [...world.socialCases, ...world.deskContacts]);
  yield* knows('volunteer-registry', world.publicUtilityActivities);
  for (const { id, facilityId } of [...world.stays, ...world.immediateReceptions]) {
    if (!facilities.has(facilityId)) yield `${id} is in no facility`;
  }
  const localIds = new Set<string>();
  for (const { id, records } of world.people) {
    for (const [institution, { localId }] of Object.entries(records)) {
      if (localIds.has(`${institution} ${localId}`)) yield `${id} shares a local id`;
      localIds.add(`${institution} ${localId}`);
    }
  }
}

/** Kind and value, as any careful reader would normalise the value. */
function comparable({ kind, value }: WorldIdentifier): string {
  return `${kind} ${value.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
}
