import { at, type Random } from '../random.ts';
import { dayMs, isoDay } from '../time.ts';
import type { WorldCareArea, WorldSocialCase } from '../world.ts';

/** From the opening of a case to its closing or to now, milliseconds. */
export interface CaseSpan {
  readonly openedMs: number;
  readonly untilMs: number;
}

type Plan = NonNullable<WorldSocialCase['plan']>;
type Intervention = WorldSocialCase['interventions'][number];

const areas: readonly WorldCareArea[] = ['LEGAL', 'SOCIAL', 'HEALTH', 'HOUSING', 'WORK_TRAINING'];
const objectives: Readonly<Record<WorldCareArea, readonly string[]>> = {
  LEGAL: [
    'Rinnovo del permesso di soggiorno',
    'Preparazione all’audizione',
    'Ricongiungimento familiare',
  ],
  SOCIAL: ['Iscrizione scolastica dei minori', 'Corso di italiano', 'Rete di vicinanza solidale'],
  HEALTH: ['Scelta del medico di base', 'Percorso al consultorio', 'Sostegno psicologico'],
  HOUSING: [
    'Ricerca di un alloggio in affitto',
    'Contributo per il canone',
    'Mediazione con il proprietario',
  ],
  WORK_TRAINING: ['Bilancio di competenze', 'Tirocinio formativo', 'Esame per la patente'],
};
const istatItems: Readonly<Record<WorldCareArea, readonly string[]>> = {
  LEGAL: ['A1', 'A3'],
  SOCIAL: ['B2', 'B5', 'C1'],
  HEALTH: ['D4', 'D7'],
  HOUSING: ['F2', 'F6', 'I1'],
  WORK_TRAINING: ['E1', 'E3'],
};
const teamRoles = [
  'CASE_MANAGER',
  'ASSISTENTE_SOCIALE',
  'OPERATORE_ACCOGLIENZA',
  'OPERATORE_LEGALE',
  'MEDIATORE',
  'PSICOLOGA',
  'EDUCATORE',
] as const;
const factors = [
  'TRATTA',
  'TORTURA_VIOLENZA',
  'MALATTIA',
  'ANALFABETISMO',
  'BASSE_COMPETENZE',
  'GRAVIDANZA',
  'GENITORE_SOLO',
] as const;
const providers = [
  'Servizio sociale',
  'Cooperativa Ponte Taro',
  'Cooperativa La Soglia',
  'Associazione Porta Nuova',
] as const;

/** An integrated plan (progetto individuale) of two to five areas; one case in five has none yet. */
export function drawCarePlan(random: Random, span: CaseSpan): Plan | undefined {
  const startedMs = span.openedMs + random.integer(7, 45) * dayMs;
  if (startedMs > span.untilMs || !random.chance(0.82)) return undefined;
  const chosen = random.shuffled(areas).slice(0, random.integer(2, 5));
  const roles = [
    'CASE_MANAGER',
    ...random.shuffled(teamRoles.slice(1)).slice(0, random.integer(1, 4)),
  ];
  return {
    startedOn: isoDay(startedMs),
    reviewDueOn: isoDay(startedMs + random.pick([90, 180, 365]) * dayMs),
    referencePersonPresent: random.chance(0.85),
    areas: areas
      .filter((area) => chosen.includes(area))
      .map((area) => ({
        area,
        objective: random.pick(objectives[area]),
        horizonMonths: random.integer(6, 12),
        state: random.weighted([
          ['PLANNED', 20],
          ['IN_PROGRESS', 50],
          ['ACHIEVED', 22],
          ['ABANDONED', 8],
        ] as const),
      })),
    team: roles.map((role) => ({ role, from: isoDay(startedMs) })),
    meetings: monthlyMeetings(random, startedMs, span.untilMs, roles),
  };
}

function monthlyMeetings(
  random: Random,
  startedMs: number,
  untilMs: number,
  roles: readonly string[],
): Plan['meetings'][number][] {
  const meetings: Plan['meetings'][number][] = [];
  for (
    let ms = startedMs;
    ms <= untilMs && meetings.length < 6;
    ms += random.integer(25, 60) * dayMs
  ) {
    meetings.push({
      on: isoDay(ms),
      level: random.chance(0.8) ? 1 : 2,
      roles: roles.filter((_, index) => index === 0 || random.chance(0.7)),
    });
  }
  return meetings;
}

export function drawAssessments(
  random: Random,
  span: CaseSpan,
): WorldSocialCase['assessments'][number][] {
  const assessments: WorldSocialCase['assessments'][number][] = [];
  let ms = span.openedMs + random.integer(0, 20) * dayMs;
  for (let left = random.integer(1, 3); left > 0 && ms <= span.untilMs; left--) {
    assessments.push({
      on: isoDay(ms),
      scores: {
        LEGAL: random.integer(0, 4),
        SOCIAL: random.integer(0, 4),
        HEALTH: random.integer(0, 4),
        HOUSING: random.integer(0, 4),
        WORK_TRAINING: random.integer(0, 4),
      },
      vulnerabilityFactors: random.chance(0.5)
        ? random.shuffled(factors).slice(0, random.integer(1, 2))
        : [],
    });
    ms += random.integer(60, 200) * dayMs;
  }
  return assessments;
}

export function drawInterventions(random: Random, span: CaseSpan, nowMs: number): Intervention[] {
  const days = Math.floor((span.untilMs - span.openedMs) / dayMs);
  const count = Math.min(6, random.integer(0, 2 + Math.floor(days / 60)));
  return Array.from({ length: count }, () => {
    const area = random.pick(areas);
    const plannedMs = span.openedMs + random.integer(0, days) * dayMs;
    const deliveredMs = plannedMs + random.integer(0, 60) * dayMs;
    const paid = area === 'HOUSING' || random.chance(0.25);
    return {
      istatItem: random.pick(istatItems[area]),
      area,
      plannedOn: isoDay(plannedMs),
      ...(deliveredMs <= nowMs && random.chance(0.85) ? { deliveredOn: isoDay(deliveredMs) } : {}),
      ...(paid ? { amountEuro: random.integer(4, 120) * 10 } : {}),
      provider: random.pick(providers),
    };
  });
}

const referralEnds = [
  'SPORTELLO_ASILO',
  'SERVIZIO_SOCIALE',
  'CONSULTORIO',
  'SALUTE_MENTALE',
  'SAI',
  'SCUOLA',
  'CENTRO_DI_ASCOLTO',
] as const;

export function drawReferrals(
  random: Random,
  span: CaseSpan,
  nowMs: number,
): WorldSocialCase['referrals'][number][] {
  const days = Math.floor((span.untilMs - span.openedMs) / dayMs);
  return Array.from(
    {
      length: random.weighted([
        [0, 50],
        [1, 35],
        [2, 15],
      ] as const),
    },
    () => {
      const ends = random.shuffled(referralEnds);
      const sentMs = span.openedMs + random.integer(0, days) * dayMs;
      const acceptedMs = sentMs + random.integer(1, 21) * dayMs;
      const accepted = acceptedMs <= nowMs && random.chance(0.8);
      return {
        from: at(ends, 0),
        to: at(ends, 1),
        on: isoDay(sentMs),
        reason: random.pick(['VULNERABILITA', 'ALLOGGIO', 'MINORI', 'SALUTE', 'LAVORO'] as const),
        ...(accepted
          ? {
              acceptedOn: isoDay(acceptedMs),
              outcome: random.pick(['PRESA_IN_CARICO', 'ORIENTAMENTO', 'RINVIO'] as const),
            }
          : {}),
      };
    },
  );
}
