import type { ReportSnapshot } from '../snapshot.ts';
import { drawTable } from './draw-table.ts';
import { areaNames, italianDay, italianNumber, meetingLevels, objectiveStates } from './italian.ts';
import type { ReportDocument } from './report-document.ts';

/** The year's objectives and how far they came. */
export function writeObjectives(document: ReportDocument, report: ReportSnapshot): void {
  document.heading(1, 'Obiettivi dell’anno');
  if (report.objectives.length === 0) {
    document.paragraph('Per questo anno il tavolo non ha registrato obiettivi.');
    return;
  }
  const units = new Map(report.indicators.map(({ id, unit }) => [id, unit]));
  drawTable(
    document,
    'Obiettivi dell’anno',
    [
      { heading: 'Obiettivo', share: 0.4 },
      { heading: 'Area', share: 0.16 },
      { heading: 'Partenza', share: 0.1, align: 'right' },
      { heading: 'Atteso', share: 0.1, align: 'right' },
      { heading: 'Ultimo', share: 0.1, align: 'right' },
      { heading: 'Stato', share: 0.14 },
    ],
    report.objectives.map(({ title, district, baseline, target, latest, state, indicatorId }) => {
      const unit = units.get(indicatorId) ?? 'COUNT';
      const say = (value: number | null | undefined): string =>
        value == null ? '–' : italianNumber(value, unit);
      return [
        title,
        areaNames[district ?? 'PROVINCE'],
        say(baseline),
        say(target),
        say(latest?.value),
        objectiveStates[state],
      ];
    }),
  );
}

/** Meetings, participation, protocols, criteria: what the table did. */
export function writeActivity(document: ReportDocument, { activity }: ReportSnapshot): void {
  document.heading(1, 'Attività del tavolo');
  document.heading(2, 'Incontri');
  drawTable(
    document,
    'Incontri per livello',
    [
      { heading: 'Livello', share: 0.4 },
      { heading: 'Previsti', share: 0.2, align: 'right' },
      { heading: 'Tenuti', share: 0.2, align: 'right' },
      { heading: 'Annullati', share: 0.2, align: 'right' },
    ],
    activity.meetings.map(({ level, planned, held, cancelled }) => [
      meetingLevels[level],
      String(planned),
      String(held),
      String(cancelled),
    ]),
  );
  writeParticipation(document, activity);
  document.heading(2, 'Protocolli e criteri condivisi');
  document.paragraph(
    `Protocolli firmati nell’anno: ${activity.protocolsSigned}; in vigore al ${italianDay(activity.asOf)}: ${activity.protocolsInForce}.`,
  );
  if (activity.criteriaAdopted.length > 0) {
    drawTable(
      document,
      'Criteri condivisi adottati per servizio',
      [
        { heading: 'Servizio o procedura', share: 0.7 },
        { heading: 'Criteri adottati', share: 0.3, align: 'right' },
      ],
      activity.criteriaAdopted.map(({ service, adopted }) => [service, String(adopted)]),
    );
  }
}

function writeParticipation(
  document: ReportDocument,
  { participation, participationRate }: ReportSnapshot['activity'],
): void {
  document.heading(2, 'Partecipazione dei nodi della rete');
  if (participation.length === 0) {
    document.paragraph('Nessun nodo aveva un seggio in questo anno.');
    return;
  }
  if (participationRate !== null) {
    const rate = italianNumber(participationRate, 'SHARE');
    document.paragraph(`Partecipazione di tutti i nodi insieme: ${rate} degli inviti.`);
  }
  drawTable(
    document,
    'Partecipazione per ente',
    [
      { heading: 'Ente', share: 0.44 },
      { heading: 'Inviti', share: 0.12, align: 'right' },
      { heading: 'Presenze', share: 0.14, align: 'right' },
      { heading: 'Non rilevate', share: 0.15, align: 'right' },
      { heading: 'Quota', share: 0.15, align: 'right' },
    ],
    participation.map(({ organisation, name, invited, attended, notRecorded, rate }) => [
      name ?? organisation,
      String(invited),
      String(attended),
      String(notRecorded),
      rate === null ? '–' : italianNumber(rate, 'SHARE'),
    ]),
  );
}

/** The reports districts made in the year. */
export function writeTerritorialReports(document: ReportDocument, report: ReportSnapshot): void {
  document.heading(2, 'Relazioni territoriali');
  if (report.territorialReports.length === 0) {
    document.paragraph('Per questo anno non sono state registrate relazioni territoriali.');
    return;
  }
  drawTable(
    document,
    'Relazioni territoriali',
    [
      { heading: 'Titolo', share: 0.6 },
      { heading: 'Area', share: 0.2 },
      { heading: 'Registrata il', share: 0.2 },
    ],
    report.territorialReports.map(({ title, district, registeredOn }) => [
      title,
      areaNames[district ?? 'PROVINCE'],
      italianDay(registeredOn),
    ]),
  );
}
