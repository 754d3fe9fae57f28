import { municipalities } from '@tavolo/schemas';
import type { World, WorldOrganisation, WorldVolunteer } from '../../world.ts';
import type { AssociationHabit } from './association-habits.ts';
import type { RegisterLine } from './register-file.ts';
import { inWords, languageInWords, listInWords } from './register-wording.ts';

/** Organisation id to volunteer id to the number in that body's register. */
export type RegisterNumbers = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Everything one association's registers are written from. */
export interface AssociationSource {
  readonly world: World;
  readonly organisation: WorldOrganisation;
  readonly habit: AssociationHabit;
  readonly numbers: RegisterNumbers;
  readonly index: number;
}

/** What the bodies call the birth date, where they write one down. */
const birthHeadings = ['Data di nascita', 'Nato il'];

const nameByCode = new Map(municipalities.map(({ istatCode, name }) => [istatCode, name]));

export function volunteerLines(source: AssociationSource, random: () => number): RegisterLine[] {
  const { world, organisation, habit, numbers, index } = source;
  const own = numbers.get(organisation.id) ?? new Map<string, string>();
  const byId = new Map(world.volunteers.map((volunteer) => [volunteer.id, volunteer]));
  return [...own].flatMap(([id, number]) => {
    const volunteer = byId.get(id);
    if (!volunteer) return [];
    // A second body sometimes takes down no codice fiscale: name and birth date must do.
    const isSecond = volunteer.organisationIds[0] !== organisation.id;
    const codiceFiscale = isSecond && random() < 0.3 ? '' : volunteer.codiceFiscale;
    return [{ cells: volunteerCells(volunteer, number, codiceFiscale, habit, index % 3) }];
  });
}

function volunteerCells(
  volunteer: WorldVolunteer,
  number: string,
  codiceFiscale: string,
  { day }: AssociationHabit,
  habit: number,
): string[] {
  const { givenName, familyName, birthDate, languages, skills, availability, occasional } =
    volunteer;
  const place = nameByCode.get(volunteer.municipality) ?? volunteer.municipality;
  const period = [day(volunteer.startedOn), day(volunteer.endedOn)];
  const slots = listInWords(availability);
  if (habit === 1) {
    const phone = '0000 000000';
    return [
      ...[number, `${familyName} ${givenName}`, codiceFiscale, day(birthDate), place, ...period],
      ...[
        languages.map(languageInWords).join(' / '),
        listInWords(skills),
        occasional ? 'sì' : 'no',
        phone,
      ],
    ];
  }
  if (habit === 2) {
    return [
      ...[
        number,
        `${givenName} ${familyName}`,
        codiceFiscale.toLowerCase(),
        day(birthDate),
        place.toUpperCase(),
      ],
      ...[...period, languages.join(','), listInWords(skills), slots, 'sì'],
    ];
  }
  return [
    ...[
      number.padStart(3, '0'),
      familyName,
      givenName,
      codiceFiscale,
      day(birthDate),
      place,
      ...period,
    ],
    ...[languages.map(languageInWords).join(', '), listInWords(skills), slots],
    ...[occasional ? 'occasionali' : 'ordinaria', 'tavolo'],
  ];
}

export function trainingLines({
  world,
  organisation,
  habit,
  numbers,
}: AssociationSource): RegisterLine[] {
  const byId = new Map(world.volunteers.map((volunteer) => [volunteer.id, volunteer]));
  return world.trainings.flatMap((training) => {
    // A training is written down once, by the first body of the volunteer.
    if (byId.get(training.volunteerId)?.organisationIds[0] !== organisation.id) return [];
    const number = numbers.get(organisation.id)?.get(training.volunteerId);
    if (number === undefined) return [];
    const hours = String(training.hours).replace('.', ',');
    const { course, provider, sessions, completedOn } = training;
    return [{ cells: [number, course, provider, hours, String(sessions), habit.day(completedOn)] }];
  });
}

export function matchLines({
  world,
  organisation,
  habit,
  numbers,
}: AssociationSource): RegisterLine[] {
  const households = new Map(world.households.map((household) => [household.id, household]));
  return world.tutorMatches
    .filter(({ organisationId }) => organisationId === organisation.id)
    .flatMap((match) => {
      const household = households.get(match.householdId);
      const code = household?.codes['volunteer-registry'];
      if (household === undefined || code === undefined) return [];
      const tutors = match.volunteerIds.map((id) => numbers.get(organisation.id)?.get(id) ?? '');
      const issuer =
        code === household.codes['social-services'] ? 'Servizi sociali' : 'Accoglienza';
      const rest = [habit.day(match.from), habit.day(match.to)];
      const end = match.endReason === undefined ? '' : inWords(match.endReason);
      const activities = listInWords(match.activityTypes);
      const withIssuer = habit.matchesHeading.includes('Ente del nucleo');
      return [
        {
          cells: [
            match.id,
            code,
            ...(withIssuer ? [issuer] : []),
            tutors.join(', '),
            ...rest,
            end,
            activities,
          ],
        },
      ];
    });
}

export function supervisionLines({
  world,
  organisation,
  habit,
}: AssociationSource): RegisterLine[] {
  return world.supervisions
    .filter(({ organisationId }) => organisationId === organisation.id)
    .map(({ on, participantRoles, matchIds }) => ({
      cells: [habit.day(on), listInWords(participantRoles), matchIds.join(', ')],
    }));
}

export function activityLines({ world, organisation, habit }: AssociationSource): RegisterLine[] {
  const people = new Map(world.people.map((person) => [person.id, person]));
  return world.publicUtilityActivities
    .filter(({ organisationId }) => organisationId === organisation.id)
    .flatMap(({ personId, activity, from, to, weeklyHours }) => {
      const record = people.get(personId)?.records['volunteer-registry'];
      if (!record) return [];
      const { localId, givenName, familyName, birthDate, identifiers } = record;
      const codiceFiscale =
        identifiers.find(({ kind }) => kind === 'CF') ??
        identifiers.find(({ kind }) => kind === 'CF_PROVISIONAL');
      const names = habit.activitiesHeading.includes('Nominativo')
        ? [`${familyName} ${givenName}`]
        : [familyName, givenName];
      const born = habit.activitiesHeading.some((heading) => birthHeadings.includes(heading));
      const hours = String(weeklyHours).replace('.', ',');
      return [
        {
          cells: [
            localId,
            ...names,
            codiceFiscale?.value ?? '',
            ...(born ? [habit.day(birthDate)] : []),
            inWords(activity),
            habit.day(from),
            habit.day(to),
            hours,
          ],
        },
      ];
    });
}
