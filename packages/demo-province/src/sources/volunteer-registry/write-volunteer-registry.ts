import { municipalities } from '@tavolo/schemas';
import type { SourceManifest } from '../../source-manifest.ts';
import type { World, WorldOrganisation } from '../../world.ts';
import { type AssociationHabit, associationHabits } from './association-habits.ts';
import { breakRows, type DirtyOptions } from './break-rows.ts';
import { createRegisterFolder, type RegisterFolder, type RegisterLine } from './register-file.ts';
import {
  activityLines,
  matchLines,
  type RegisterNumbers,
  supervisionLines,
  trainingLines,
  volunteerLines,
} from './register-lines.ts';

/** RUNTS numbers that no body of the world has, for whole files that are wrong. */
const strangers = { missingColumn: '999901', wrongEncoding: '999902' } as const;

/**
 * Writes the registers the associations hand in: ISO-8859-1, `;`, each with its own columns, the same citizen
 * in two of them, and the agreements of the province. Broken rows are extra rows.
 */
export async function writeVolunteerRegistry(
  world: World,
  folder: string,
  options: DirtyOptions,
): Promise<SourceManifest> {
  const registers = createRegisterFolder(folder);
  const numbers = numberVolunteers(world);
  await registers.write(
    `accordi_${world.today}.csv`,
    ['Numero RUNTS', 'Denominazione', 'Sezione', 'Comune', 'Accordo dal', 'Accordo al'],
    world.organisations.map((organisation) => ({ cells: agreementCells(organisation) })),
  );
  for (const [index, organisation] of world.organisations.entries()) {
    const habit = associationHabits[index % 3] ?? associationHabits[0];
    const source = { world, organisation, habit, numbers, index };
    const write = (register: string, heading: readonly string[], lines: readonly RegisterLine[]) =>
      registers.write(
        `${register}_${organisation.runtsNumber}_${world.today}.csv`,
        heading,
        breakRows(register, heading, lines, options),
      );
    await write('volontari', habit.volunteersHeading, volunteerLines(source, options.random));
    await write('formazione', habit.trainingsHeading, trainingLines(source));
    await write('abbinamenti', habit.matchesHeading, matchLines(source));
    await write('supervisioni', habit.supervisionsHeading, supervisionLines(source));
    await write('attivita', habit.activitiesHeading, activityLines(source));
  }
  if (options.dirtyShare > 0) await writeWrongFiles(registers, world, associationHabits[0]);
  return registers.manifest();
}

/** Each body numbers its own volunteers from 1, in the order they came. */
function numberVolunteers(world: World): RegisterNumbers {
  const numbers = new Map<string, Map<string, string>>();
  for (const { id } of world.organisations) {
    const tutors = new Set(
      world.tutorMatches
        .filter(({ organisationId }) => organisationId === id)
        .flatMap(({ volunteerIds }) => volunteerIds),
    );
    const own = world.volunteers
      .filter((volunteer) => volunteer.organisationIds.includes(id) || tutors.has(volunteer.id))
      .sort((a, b) =>
        a.startedOn < b.startedOn ? -1 : a.startedOn > b.startedOn ? 1 : a.id < b.id ? -1 : 1,
      );
    numbers.set(id, new Map(own.map((volunteer, index) => [volunteer.id, String(index + 1)])));
  }
  return numbers;
}

function agreementCells(organisation: WorldOrganisation): string[] {
  const { runtsNumber, name, runtsSection, municipality, agreementFrom, agreementTo } =
    organisation;
  const place =
    municipalities.find(({ istatCode }) => istatCode === municipality)?.name ?? municipality;
  const day = associationHabits[0].day;
  return [runtsNumber, name, runtsSection, place, day(agreementFrom), day(agreementTo)];
}

async function writeWrongFiles(
  registers: RegisterFolder,
  world: World,
  habit: AssociationHabit,
): Promise<void> {
  const heading = habit.volunteersHeading;
  const cells = [
    '1',
    'Nessuno',
    'Niccolò',
    '',
    '01/01/1980',
    'Parma',
    '01/01/2024',
    '',
    '',
    '',
    '',
    '',
    '',
  ];
  await registers.write(
    `volontari_${strangers.missingColumn}_${world.today}.csv`,
    heading.filter((column) => column !== 'Data inizio'),
    [{ cells: cells.filter((_, index) => heading[index] !== 'Data inizio') }],
    'missing-column',
  );
  await registers.write(
    `volontari_${strangers.wrongEncoding}_${world.today}.csv`,
    heading,
    [{ cells }],
    'wrong-encoding',
  );
}
