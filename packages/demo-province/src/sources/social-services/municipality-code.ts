import type { LocalConventions } from './local-conventions.ts';

/** Cadastral codes (codici catastali) of the municipalities of the Fidenza district, by ISTAT code. */
const belfioreCodes: Readonly<Record<string, string>> = {
  '034007': 'B293',
  '034014': 'B034',
  '034015': 'D673',
  '034016': 'D685',
  '034025': 'F914',
  '034030': 'H384',
  '034032': 'H720',
  '034033': 'I153',
  '034036': 'I840',
  '034049': 'M325',
  '034050': 'M367',
};

/** The code by which a service writes a municipality. */
export function municipalityCode(conventions: LocalConventions, istatCode: string): string {
  if (conventions.municipalities === 'istat') return istatCode;
  const code = belfioreCodes[istatCode];
  if (code === undefined) throw new Error(`no cadastral code for municipality ${istatCode}`);
  return code;
}
