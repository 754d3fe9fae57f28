import { arabic } from './names/arabic.ts';
import { eastEuropean } from './names/east-european.ts';
import { gulfOfGuinea } from './names/gulf-of-guinea.ts';
import { hornOfAfrica } from './names/horn-of-africa.ts';
import { mandeFulaniWolof } from './names/mande-fulani-wolof.ts';
import type { NameList } from './names/name-list.ts';
import { persianTurkicKurdish } from './names/persian-turkic-kurdish.ts';
import { southAsian } from './names/south-asian.ts';
import { spanish } from './names/spanish.ts';

/** Where somebody comes from, as far as paperwork is concerned. */
export interface Origin {
  /** ISO 3166-1 alpha-2. */
  readonly citizenship: string;
  /** The code of the country in the codice fiscale (Belfiore, foreign states). */
  readonly belfioreCode: string;
  readonly names: NameList;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** Share of the hosted people, relative to the other origins. */
  readonly weight: number;
}

function origin(
  citizenship: string,
  belfioreCode: string,
  names: NameList,
  languages: readonly string[],
  weight: number,
): Origin {
  return { citizenship, belfioreCode, names, languages, weight };
}

/** The origins of the people in reception, weighted as in the reception system of the last years. */
export const origins: readonly Origin[] = [
  origin('NG', 'Z335', gulfOfGuinea, ['en'], 130),
  origin('PK', 'Z236', southAsian, ['ur', 'en'], 125),
  origin('BD', 'Z249', southAsian, ['bn', 'en'], 120),
  origin('CI', 'Z313', mandeFulaniWolof, ['fr', 'bm'], 70),
  origin('ML', 'Z329', mandeFulaniWolof, ['fr', 'bm'], 60),
  origin('GM', 'Z317', mandeFulaniWolof, ['en', 'ff'], 45),
  origin('SN', 'Z343', mandeFulaniWolof, ['fr', 'wo'], 45),
  origin('GN', 'Z319', mandeFulaniWolof, ['fr', 'ff'], 50),
  origin('CM', 'Z306', gulfOfGuinea, ['fr', 'en'], 30),
  origin('TN', 'Z352', arabic, ['ar', 'fr'], 40),
  origin('EG', 'Z336', arabic, ['ar'], 50),
  origin('MA', 'Z330', arabic, ['ar', 'fr'], 25),
  origin('SY', 'Z240', arabic, ['ar'], 25),
  origin('IQ', 'Z225', arabic, ['ar'], 20),
  origin('AF', 'Z200', persianTurkicKurdish, ['fa', 'ps'], 55),
  origin('TR', 'Z243', persianTurkicKurdish, ['tr', 'ku'], 25),
  origin('SO', 'Z345', hornOfAfrica, ['so'], 35),
  origin('ER', 'Z368', hornOfAfrica, ['ti'], 30),
  origin('ET', 'Z315', hornOfAfrica, ['am'], 15),
  origin('UA', 'Z138', eastEuropean, ['uk', 'ru'], 60),
  origin('GE', 'Z254', eastEuropean, ['ka', 'ru'], 20),
  origin('RO', 'Z129', eastEuropean, ['ro'], 5),
  origin('CO', 'Z604', spanish, ['es'], 25),
];

/** Citizens of the Union hold an ENI where the others hold an STP. */
export const citizenshipsOfTheUnion: ReadonlySet<string> = new Set(['RO']);
