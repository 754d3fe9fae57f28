import { municipalities } from '@tavolo/schemas';
import type { createCodiceFiscaleMaker } from '../identifiers/invented-codice-fiscale.ts';
import { italian } from '../names/italian.ts';
import { at, type Random } from '../random.ts';
import { dayMs, isoDay, yearsBefore } from '../time.ts';
import type { WorldOrganisation, WorldTraining, WorldVolunteer } from '../world.ts';

const organisationNames = [
  'Associazione Passo Comune',
  'Volontari della Pietra',
  'Famiglie in Rete',
  'Circolo Ponte Alto',
  'Amici della Via Francigena',
  'Gruppo Tutor Val Taro',
  'Casa delle Lingue',
  'Associazione Orto Condiviso',
] as const;
const skills = [
  'ITALIANO',
  'SCUOLA',
  'LAVORO_CV',
  'PRATICHE',
  'AUTO',
  'CUCINA',
  'CUCITO',
  'INFORMATICA',
] as const;
const slots = [
  'LUN_POM',
  'MAR_SERA',
  'MER_POM',
  'GIO_SERA',
  'VEN_POM',
  'SAB_MATT',
  'DOM_POM',
] as const;
const languages = ['it', 'en', 'fr', 'es', 'ar', 'de', 'pt', 'uk'] as const;
const courses = [
  'Sviluppare comunità solidali e accoglienti',
  'Il tutor per l’integrazione',
  'Comunicazione interculturale',
] as const;
const weightedMunicipalities = municipalities.map((row) => [row, row.population] as const);

/** Eight invented bodies of the Third sector, most under an agreement with a lead municipality. */
export function drawOrganisations(random: Random, nowMs: number): WorldOrganisation[] {
  return organisationNames.map((name, index) => {
    const agreementMs = nowMs - random.integer(400, 1_200) * dayMs;
    return {
      id: `O${index + 1}`,
      name,
      // Real numbers are given in order from 1; the range from 990000 is not in use.
      runtsNumber: String(990_001 + index),
      runtsSection: random.pick([
        'ORGANIZZAZIONI DI VOLONTARIATO',
        'ASSOCIAZIONI DI PROMOZIONE SOCIALE',
        'ALTRI ENTI DEL TERZO SETTORE',
      ]),
      municipality: random.weighted(weightedMunicipalities).istatCode,
      ...(index < 6
        ? { agreementFrom: isoDay(agreementMs), agreementTo: isoDay(agreementMs + 3 * 365 * dayMs) }
        : {}),
    };
  });
}

/** Draws citizens who volunteer; one in eight is in the registers of two bodies. */
export function drawVolunteers(
  random: Random,
  count: number,
  organisations: readonly WorldOrganisation[],
  codiceFiscale: ReturnType<typeof createCodiceFiscaleMaker>,
  nowMs: number,
): WorldVolunteer[] {
  return Array.from({ length: count }, (_, index) => {
    const sex = random.chance(0.62) ? 'F' : 'M';
    const givenName = at(random.pick(sex === 'F' ? italian.female : italian.male), 0);
    const familyName = at(random.pick(italian.family), 0);
    const birthMs = yearsBefore(nowMs, random.integer(20, 78), random.integer(0, 360));
    const municipality = random.weighted(weightedMunicipalities);
    const startedMs = nowMs - random.integer(400, 2_200) * dayMs;
    const ended = random.chance(0.08);
    return {
      id: `W${String(index + 1).padStart(5, '0')}`,
      givenName,
      familyName,
      birthDate: isoDay(birthMs),
      codiceFiscale: codiceFiscale({
        familyName,
        givenName,
        sex,
        birthMs,
        belfioreCode: municipality.belfioreCode,
      }),
      municipality: municipality.istatCode,
      languages: ['it', ...random.shuffled(languages.slice(1)).slice(0, random.integer(0, 2))],
      skills: random.shuffled(skills).slice(0, random.integer(1, 3)),
      availability: random.shuffled(slots).slice(0, random.integer(1, 3)),
      organisationIds: random
        .shuffled(organisations)
        .slice(0, random.chance(0.125) ? 2 : 1)
        .map(({ id }) => id),
      startedOn: isoDay(startedMs),
      ...(ended ? { endedOn: isoDay(nowMs - random.integer(1, 300) * dayMs) } : {}),
      occasional: random.chance(0.1),
    };
  });
}

export function drawTrainings(
  random: Random,
  volunteers: readonly WorldVolunteer[],
  nowMs: number,
): WorldTraining[] {
  const trainings: WorldTraining[] = [];
  for (const volunteer of volunteers) {
    if (!random.chance(0.8)) continue;
    const completedMs = Date.parse(volunteer.startedOn) + random.integer(10, 360) * dayMs;
    trainings.push({
      id: `T${String(trainings.length + 1).padStart(5, '0')}`,
      volunteerId: volunteer.id,
      course: random.pick(courses),
      provider: random.pick(['CSV Emilia', 'Centro per le Famiglie']),
      hours: random.pick([6, 9, 12, 20]),
      sessions: random.integer(2, 5),
      ...(completedMs <= nowMs && random.chance(0.85) ? { completedOn: isoDay(completedMs) } : {}),
    });
  }
  return trainings;
}
