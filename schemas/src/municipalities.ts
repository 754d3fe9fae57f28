import { readFileSync } from 'node:fs';

/** The four social-health districts of the province (distretti socio-sanitari). */
export type District = 'PARMA' | 'FIDENZA' | 'SUD_EST' | 'VALLI_TARO_CENO';

/** A municipality (comune) of the province, as in `reference/municipalities-parma.json`. */
export interface Municipality {
  /** Six digits. */
  readonly istatCode: string;
  /** Cadastral code (codice Belfiore), as in the last letters of a codice fiscale. */
  readonly belfioreCode: string;
  readonly name: string;
  /** Inhabitants at the 2011 census. */
  readonly population: number;
  readonly district: District;
  readonly postalCodes: readonly string[];
}

const districtByName: Readonly<Record<string, District>> = {
  Parma: 'PARMA',
  Fidenza: 'FIDENZA',
  'Sud-Est': 'SUD_EST',
  'Valli Taro e Ceno': 'VALLI_TARO_CENO',
};

interface ReferenceRow {
  readonly istatCode: string;
  readonly belfioreCode: string;
  readonly name: string;
  readonly population: number;
  readonly district: string;
  readonly postalCodes: readonly string[];
}

function readMunicipalities(): readonly Municipality[] {
  const file = new URL('../reference/municipalities-parma.json', import.meta.url);
  // The file is part of this package, so its shape is trusted; the district is looked up.
  const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly ReferenceRow[];
  return rows.map(({ istatCode, belfioreCode, name, population, postalCodes, district }) => {
    const code = districtByName[district];
    if (code === undefined) throw new Error(`municipality ${istatCode}: unknown district`);
    return { istatCode, belfioreCode, name, population, district: code, postalCodes };
  });
}

/** The 44 municipalities of the province of Parma. */
export const municipalities: readonly Municipality[] = readMunicipalities();

const byIstatCode = new Map(municipalities.map((row) => [row.istatCode, row]));

/** The municipality with this six-digit ISTAT code, or `undefined` outside the province. */
export function municipalityByIstatCode(code: string): Municipality | undefined {
  return byIstatCode.get(code);
}
