import type { CellValue } from '@tavolo/feed-kit';
import { isCountryCode } from './country-codes.ts';
import { foldText } from './facility-name.ts';

/**
 * Countries and their people as sheets write them in Italian, folded (lower case, no accents or punctuation);
 * adjectives by their stem, `*` standing for the endings `o`, `a`. Add a word here, nowhere else.
 */
const words: Readonly<Record<string, string>> = {
  AF: 'afghanistan, afgan*, afghan*',
  AL: 'albania, albanese',
  AM: 'armenia, armen*',
  AO: 'angola, angolan*',
  AZ: 'azerbaigian, azerbaijan, azer*',
  BA: 'bosnia, bosnia erzegovina, bosniac*',
  BD: 'bangladesh, bangladese, bengalese',
  BF: 'burkina faso, burkinabe, burkin*',
  BG: 'bulgaria, bulgar*',
  BI: 'burundi, burundese',
  BJ: 'benin, beninese',
  BR: 'brasile, brasilian*',
  BY: 'bielorussia, bielorusso, bielorussa',
  CD: 'repubblica democratica del congo, congo kinshasa, rd congo, rdc',
  CF: 'repubblica centrafricana, centrafrican*',
  CG: 'congo, repubblica del congo',
  CI: 'costa d avorio, costa davorio, ivorian*',
  CM: 'camerun, camerunese, camerunense',
  CN: 'cina, cinese',
  CO: 'colombia, colombian*',
  CU: 'cuba, cuban*',
  DJ: 'gibuti, gibutian*',
  DO: 'repubblica dominicana, dominican*',
  DZ: 'algeria, algerin*',
  EC: 'ecuador, ecuadorian*, ecuadoregn*',
  EG: 'egitto, egizian*',
  ER: 'eritrea, eritre*',
  ET: 'etiopia, etiope',
  FR: 'francia, francese',
  GA: 'gabon, gabonese',
  GE: 'georgia, georgian*',
  GH: 'ghana, ghanese, ganese',
  GM: 'gambia, gambian*',
  GN: 'guinea, guinea conakry, guinean*',
  GQ: 'guinea equatoriale, equatoguinean*',
  GW: 'guinea bissau',
  HN: 'honduras, honduregn*',
  HT: 'haiti, haitian*',
  IN: 'india, indian*',
  IQ: 'iraq, irachen*',
  IR: 'iran, iranian*',
  IT: 'italia, italian*',
  JO: 'giordania, giordan*',
  KE: 'kenya, kenian*, keniot*',
  KG: 'kirghizistan, kirghis*',
  KM: 'comore, comorian*',
  KZ: 'kazakistan, kazakhstan, kazak*',
  LB: 'libano, libanese',
  LK: 'sri lanka, srilankese, singalese',
  LR: 'liberia, liberian*',
  LY: 'libia, libic*',
  MA: 'marocco, marocchin*',
  MD: 'moldavia, moldova, moldav*',
  MG: 'madagascar, malgascio, malgascia',
  MK: 'macedonia, macedonia del nord, macedone',
  ML: 'mali, malian*',
  MM: 'birmania, myanmar, birman*',
  MR: 'mauritania, mauritan*',
  MZ: 'mozambico, mozambican*',
  NE: 'niger, nigerin*',
  NG: 'nigeria, nigerian*',
  NP: 'nepal, nepalese',
  PE: 'peru, peruvian*',
  PH: 'filippine, filippin*',
  PK: 'pakistan, pakistan*, pachistan*, pakistanese',
  PL: 'polonia, polacco, polacca',
  PS: 'palestina, palestinese',
  RO: 'romania, romen*, rumen*',
  RS: 'serbia, serb*',
  RU: 'russia, federazione russa, russo, russa',
  RW: 'ruanda, rwanda, ruandese',
  SD: 'sudan, sudanese',
  SL: 'sierra leone, sierraleonese',
  SN: 'senegal, senegalese',
  SO: 'somalia, somal*',
  SS: 'sud sudan, sudsudanese',
  SV: 'el salvador, salvadoregn*',
  SY: 'siria, sirian*',
  TD: 'ciad, ciadian*',
  TG: 'togo, togolese',
  TN: 'tunisia, tunisin*',
  TR: 'turchia, turc*',
  TZ: 'tanzania, tanzanian*',
  UA: 'ucraina, ucrain*',
  UG: 'uganda, ugandese',
  UZ: 'uzbekistan, uzbek*, uzbec*',
  VE: 'venezuela, venezuelan*',
  VN: 'vietnam, vietnamita',
  XK: 'kosovo, kosovar*',
  YE: 'yemen, yemenita',
};

const codeByWord: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([code, text]) =>
    text
      .split(', ')
      .flatMap((word) =>
        word.endsWith('*') ? [`${word.slice(0, -1)}o`, `${word.slice(0, -1)}a`] : [word],
      )
      .map((word) => [word, code] as const),
  ),
);

/** ISO 3166-1 alpha-2 of a citizenship written as that code or in Italian words; null for any other text. */
export function readCitizenship(cell: CellValue | undefined): string | null {
  if (typeof cell !== 'string') return null;
  const code = cell.trim().toUpperCase();
  if (isCountryCode(code)) return code;
  return codeByWord.get(foldText(cell)) ?? null;
}
