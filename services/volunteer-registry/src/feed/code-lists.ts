import type {
  AvailabilitySlot,
  MatchEndReason,
  PublicUtilityKind,
  RuntsSection,
  SupervisionRole,
  TrainingCourse,
  TrainingProvider,
  TutorActivity,
} from '../generated/resolver-types.ts';
import type { CodeList } from './code-list.ts';

// Wordings are without accents and in small letters; more particular codes come before general ones.

export const runtsSections: CodeList<RuntsSection> = [
  [
    'VOLUNTARY_ORGANISATION',
    ['odv', 'organizzazioni di volontariato', 'organizzazione di volontariato'],
  ],
  ['SOCIAL_ADVANCEMENT', ['aps', 'promozione sociale']],
  ['PHILANTHROPIC', ['filantropic']],
  ['SOCIAL_ENTERPRISE', ['impres', 'cooperativ']],
  ['NETWORK', ['reti associative', 'rete associativa']],
  ['MUTUAL_AID', ['mutuo soccorso']],
  ['OTHER', ['altri enti', 'altro']],
];

export const tutorActivities: CodeList<TutorActivity> = [
  ['ITALIAN_TEACHING', ['italiano', 'lingua italiana', 'alfabetizzazione', 'teaching', 'italian']],
  ['JOB_START', ['lavoro', 'curriculum', 'cv', 'job']],
  ['SCHOOL_AND_PLAY', ['scuola', 'compiti', 'gioco', 'bambini', 'school', 'homework', 'child']],
  ['HEALTH_APPOINTMENTS', ['sanitar', 'salute', 'medic', 'health']],
  ['HOUSING_SEARCH', ['casa', 'alloggio', 'abitativ', 'housing']],
  [
    'ADMINISTRATIVE_ERRANDS',
    ['pratiche', 'amministrativ', 'documenti', 'administrative', 'errand', 'paperwork'],
  ],
  ['LANGUAGE_MEDIATION', ['mediazione', 'interprete', 'mediation', 'interpret']],
  ['TRANSPORT', ['auto', 'trasport', 'patente', 'guida', 'driving', 'transport']],
  ['KNOWING_THE_TERRITORY', ['territorio', 'servizi del territorio', 'territory']],
  ['LEISURE', ['tempo libero', 'sport', 'socialita', 'cucina', 'cucito', 'leisure', 'music']],
  ['OTHER', ['altro']],
];

export const availabilitySlots: CodeList<AvailabilitySlot> = [
  ['WEEKEND', ['fine settimana', 'sabato', 'domenica', 'weekend', 'saturday', 'sunday']],
  ['WEEKDAY_MORNING', ['mattin', 'morning']],
  ['WEEKDAY_AFTERNOON', ['pomerigg', 'afternoon']],
  ['WEEKDAY_EVENING', ['sera', 'serale', 'evening']],
  ['OTHER', ['altro']],
];

export const matchEndReasons: CodeList<MatchEndReason> = [
  ['NOT_ACCEPTED_BY_HOUSEHOLD', ['non accett', 'rifiut']],
  ['COMPLETED', ['conclus', 'completat', 'terminat']],
  ['VOLUNTEER_LEFT', ['volontar', 'rinuncia', 'tutor']],
  ['HOUSEHOLD_MOVED', ['trasfer', 'nucleo']],
  ['OTHER', ['altro']],
];

export const supervisionRoles: CodeList<SupervisionRole> = [
  ['VOLUNTEER_COORDINATOR', ['referente', 'coordinat']],
  ['INTERCULTURAL_EXPERT', ['intercultural', 'mediat', 'mediator']],
  ['SOCIAL_SERVICES', ['social', 'assistente']],
  ['HOUSING_MANAGER', ['alloggi', 'casa', 'abitativ', 'housing']],
  ['PSYCHOLOGIST', ['psicolog', 'psycholog']],
  ['VOLUNTEER', ['volontar', 'tutor', 'volunteer']],
  ['PROJECT_STAFF', ['operator', 'educat', 'progetto', 'staff', 'project']],
  ['OTHER', ['altro']],
];

export const publicUtilityKinds: CodeList<PublicUtilityKind> = [
  ['PUBLIC_GREEN', ['verde', 'parchi', 'giardin', 'green', 'park']],
  ['URBAN_CLEANING', ['pulizia', 'decoro', 'strade', 'clean']],
  ['SMALL_MAINTENANCE', ['manutenzion', 'maintenance']],
  ['CULTURE_AND_EVENTS', ['event', 'bibliotec', 'cultura', 'feste', 'librar']],
  ['SOCIAL_HELP', ['anzian', 'fragil', 'casa di riposo', 'assistenza', 'elderly', 'care']],
  ['GOODS_DISTRIBUTION', ['distribuzion', 'raccolta', 'emporio', 'mensa', 'food', 'canteen']],
  ['CIVIL_PROTECTION', ['protezione civile', 'civil protection']],
  ['OTHER', ['altro']],
];

export const trainingCourses: CodeList<TrainingCourse> = [
  ['WELCOMING_COMMUNITIES', ['comunita solidali', 'accoglienti']],
  ['ASYLUM_LAW', ['asilo', 'diritt', 'normativ', 'law']],
  ['ITALIAN_AS_SECOND_LANGUAGE', ['italiano', 'l2', 'italian']],
  ['INTERCULTURAL_COMMUNICATION', ['intercultural', 'comunicazione']],
  ['HEALTH_AND_VULNERABILITY', ['salute', 'vulnerabil', 'trauma', 'health']],
  ['SAFETY', ['sicurezza', 'safety']],
  ['TUTOR_BASICS', ['tutor', 'corso base', 'base']],
  ['OTHER', ['altro']],
];

export const trainingProviders: CodeList<TrainingProvider> = [
  ['VOLUNTEER_SUPPORT_CENTRE', ['csv', 'centro servizi', 'centro di servizio']],
  ['LEAD_BODY', ['ciac', 'capofila', 'sportell']],
  ['HEALTH_AUTHORITY', ['ausl', 'azienda sanitaria']],
  ['UNIVERSITY_OR_SCHOOL', ['universit', 'scuola', 'cpia']],
  ['MUNICIPALITY', ['comune', 'centro per le famiglie', 'distretto', 'provincia', 'unione']],
  ['ASSOCIATION', ['associazion', 'odv', 'aps', 'cooperativ', 'caritas', 'arci']],
  ['OTHER', ['altro']],
];
