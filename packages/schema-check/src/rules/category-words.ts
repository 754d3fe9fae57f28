import type { SensitiveCategory } from '@tavolo/access-model';

/** Beginnings of words, English and Italian, that speak of a special category. */
const beginnings: Readonly<Record<SensitiveCategory, readonly string[]>> = {
  HEALTH: [
    ...[
      'health',
      'medic',
      'clinic',
      'patholog',
      'therap',
      'disab',
      'pregnan',
      'illness',
      'disease',
    ],
    ...[
      'hospital',
      'vaccin',
      'psychiatr',
      'psycholog',
      'addiction',
      'hiv',
      'screening',
      'paediatr',
    ],
    ...[
      'pediatr',
      'sanitari',
      'salute',
      'malatti',
      'gravidanz',
      'incinta',
      'ospedal',
      'terapi',
      'patologi',
    ],
    ...['vaccinazion', 'psichiatr', 'psicolog', 'dipendenz', 'handicap', 'invalid'],
  ],
  VIOLENCE_TRAFFICKING: [
    ...[
      'violen',
      'tortur',
      'traffick',
      'rape',
      'abuse',
      'mutilation',
      'fgm',
      'slavery',
      'exploitat',
    ],
    ...['tratta', 'stupr', 'abus', 'mutilazion', 'schiav', 'sfruttament', 'maltrattament'],
  ],
  SEXUAL_LIFE_ORIENTATION: ['sexual', 'lgbt', 'homosex', 'transgender', 'sessual', 'omosess'],
  ETHNIC_RELIGION: [
    ...['ethnic', 'religio', 'faith', 'tribe', 'muslim', 'christian', 'nationality', 'citizenship'],
    ...[
      'mothertongue',
      'etni',
      'fede',
      'musulman',
      'cristian',
      'nazionalit',
      'cittadinanz',
      'madrelingua',
    ],
  ],
  JUDICIAL: [
    ...[
      'judicial',
      'criminal',
      'convict',
      'offence',
      'offense',
      'prison',
      'arrest',
      'penal',
      'penale',
    ],
    ...['giudiziar', 'condann', 'reato', 'carcer', 'detenut', 'detenzion'],
  ],
  MINOR: ['minor', 'unaccompanied', 'underage', 'msna', 'minorenn', 'bambin', 'neonat'],
};

/** Which special categories the words of a name speak of: `hasDisability`, `VITTIMA_DI_TRATTA`. */
export function categoriesOfName(name: string): readonly SensitiveCategory[] {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  // The keys of a record of categories are categories.
  return (Object.keys(beginnings) as SensitiveCategory[]).filter((category) =>
    words.some((word) => beginnings[category].some((beginning) => word.startsWith(beginning))),
  );
}
