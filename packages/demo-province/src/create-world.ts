import { drawAsylumSteps, drawExtensions } from './draw/draw-asylum.ts';
import { drawHealth } from './draw/draw-health.ts';
import { drawHouseholds } from './draw/draw-households.ts';
import { drawImmediateReceptions } from './draw/draw-immediate-receptions.ts';
import { drawPeople } from './draw/draw-people.ts';
import { drawSocial } from './draw/draw-social.ts';
import { drawStays } from './draw/draw-stays.ts';
import { drawPublicUtility, drawSupervisions, drawTutorMatches } from './draw/draw-tutoring.ts';
import { drawOrganisations, drawTrainings, drawVolunteers } from './draw/draw-volunteers.ts';
import { placeHouseholds } from './draw/place-households.ts';
import { createCodiceFiscaleMaker } from './identifiers/invented-codice-fiscale.ts';
import { createRandom } from './random.ts';
import { dayStart, hourMs } from './time.ts';
import type { World } from './world.ts';
import { defaultParameters, type WorldParameters } from './world-parameters.ts';

export interface WorldOptions {
  readonly seed: number;
  /** People hosted on `today`; at least 40, for the immediate receptions alone can host a dozen. */
  readonly size: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly parameters?: WorldParameters;
}

/** Draws the whole invented province; the same options give the same world, to the byte, on every machine. */
export function createWorld({
  seed,
  size,
  today,
  parameters = defaultParameters,
}: WorldOptions): World {
  if (!Number.isInteger(seed)) throw new RangeError('seed must be a whole number');
  if (!Number.isInteger(size) || size < 40 || size > 200_000) {
    throw new RangeError('size must be a whole number from 40 to 200000');
  }
  const random = createRandom(seed);
  // Drawn at five in the morning, UTC: the day's own sheets are written, its offices are still shut.
  const nowMs = dayStart(today) + 5 * hourMs;
  const drafts = drawHouseholds(random.fork('households'), parameters, size, nowMs);
  const { facilities, placed } = placeHouseholds(random.fork('places'), parameters, drafts, nowMs);
  const { cast, households } = drawPeople(random.fork('people'), parameters, placed, nowMs);
  const stays = drawStays(random.fork('stays'), cast, nowMs);
  const immediateReceptions = drawImmediateReceptions(
    random.fork('receptions'),
    parameters,
    cast,
    nowMs,
  );
  const health = drawHealth(random.fork('health'), parameters, cast, immediateReceptions, nowMs);
  const social = drawSocial(random.fork('social'), cast, nowMs);
  const organisations = drawOrganisations(random.fork('organisations'), nowMs);
  const tutored = households.filter(
    ({ codes }) => codes['volunteer-registry'] !== undefined,
  ).length;
  const volunteers = drawVolunteers(
    random.fork('volunteers'),
    32 + Math.round(tutored * 1.2),
    organisations,
    createCodiceFiscaleMaker(),
    nowMs,
  );
  const tutorMatches = drawTutorMatches(
    random.fork('matches'),
    cast,
    households,
    volunteers,
    nowMs,
  );
  const inSai = new Set(
    facilities.filter(({ receptionType }) => receptionType === 'SAI').map(({ id }) => id),
  );
  return {
    seed,
    today,
    people: cast.map(({ person }) => person),
    households,
    facilities,
    stays,
    immediateReceptions,
    asylumSteps: drawAsylumSteps(random.fork('asylum'), cast, nowMs),
    extensions: drawExtensions(
      random.fork('extensions'),
      stays.filter(({ facilityId }) => inSai.has(facilityId)),
      nowMs,
    ),
    healthEvents: health.events,
    vulnerabilityFlags: health.flags,
    screenings: health.screenings,
    socialCases: social.cases,
    deskContacts: social.contacts,
    volunteers,
    organisations,
    tutorMatches,
    trainings: drawTrainings(random.fork('trainings'), volunteers, nowMs),
    supervisions: drawSupervisions(random.fork('supervisions'), organisations, tutorMatches, nowMs),
    publicUtilityActivities: drawPublicUtility(
      random.fork('public utility'),
      cast,
      organisations,
      nowMs,
    ),
  };
}
