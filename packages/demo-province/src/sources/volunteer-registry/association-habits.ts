/** How an association writes what all of them know: three habits, as the three spreadsheets in use. */
export interface AssociationHabit {
  readonly volunteersHeading: readonly string[];
  readonly trainingsHeading: readonly string[];
  readonly matchesHeading: readonly string[];
  readonly supervisionsHeading: readonly string[];
  readonly activitiesHeading: readonly string[];
  readonly day: (isoDay: string | undefined) => string;
}

const [trainingsPlain, trainingsWordy] = [
  ['N. registro', 'Corso', 'Ente formatore', 'Ore', 'Incontri', 'Completato il'],
  ['Numero', 'Titolo del corso', 'Erogato da', 'Durata (ore)', 'N. incontri', 'Data attestato'],
] as const;
const [matchesPlain, matchesWordy] = [
  [
    'Abbinamento',
    'Codice nucleo',
    'Ente del nucleo',
    'Volontari',
    'Dal',
    'Al',
    'Esito',
    'Attività',
  ],
  ['Cod.', 'Nucleo', 'Tutor', 'Data inizio', 'Data fine', 'Motivo fine', 'Ambiti'],
] as const;
const [supervisionsPlain, supervisionsWordy] = [
  ['Data', 'Partecipanti', 'Abbinamenti'],
  ['Data incontro', 'Ruoli presenti', 'Codici abbinamento'],
] as const;
const [activitiesPlain, activitiesBorn, activitiesWordy] = [
  [
    ...['Codice', 'Cognome', 'Nome', 'Codice fiscale', 'Data di nascita'],
    ...['Attività', 'Dal', 'Al', 'Ore settimanali'],
  ],
  ['ID', 'Nominativo', 'CF', 'Nato il', 'Mansione', 'Inizio', 'Fine', 'Ore/sett.'],
  // One spreadsheet never had a place for the birth date.
  ['ID', 'Nominativo', 'CF', 'Mansione', 'Inizio', 'Fine', 'Ore/sett.'],
] as const;

const slashed = (isoDay: string | undefined) => isoDay?.split('-').reverse().join('/') ?? '';
const dashed = (isoDay: string | undefined) =>
  isoDay?.split('-').reverse().map(Number).join('-') ?? '';

export const associationHabits: readonly [AssociationHabit, AssociationHabit, AssociationHabit] = [
  {
    volunteersHeading: [
      ...[
        'N. registro',
        'Cognome',
        'Nome',
        'Codice fiscale',
        'Data di nascita',
        'Comune',
        'Data inizio',
      ],
      ...['Data fine', 'Lingue', 'Competenze', 'Disponibilità', 'Sezione', 'Consenso'],
    ],
    trainingsHeading: trainingsPlain,
    matchesHeading: matchesPlain,
    supervisionsHeading: supervisionsPlain,
    activitiesHeading: activitiesPlain,
    day: slashed,
  },
  {
    volunteersHeading: [
      ...['Numero', 'Nominativo', 'C.F.', 'Nato il', 'Residenza', 'Inizio attività', 'Cessazione'],
      ...['Lingue parlate', 'Abilità', 'Occasionale', 'Telefono'],
    ],
    trainingsHeading: trainingsWordy,
    matchesHeading: matchesWordy,
    supervisionsHeading: supervisionsWordy,
    activitiesHeading: activitiesBorn,
    day: dashed,
  },
  {
    volunteersHeading: [
      ...['Matricola', 'Nome e cognome', 'CF', 'Nascita', 'Comune di residenza', 'Dal', 'Al'],
      ...['Lingue', 'Competenze', 'Turni', 'Assicurazione'],
    ],
    trainingsHeading: trainingsPlain,
    matchesHeading: matchesWordy,
    supervisionsHeading: supervisionsPlain,
    activitiesHeading: activitiesWordy,
    day: slashed,
  },
];
