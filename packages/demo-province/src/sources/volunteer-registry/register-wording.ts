const wordings: Readonly<Record<string, string>> = {
  LUN: 'lunedì',
  MAR: 'martedì',
  MER: 'mercoledì',
  GIO: 'giovedì',
  VEN: 'venerdì',
  SAB: 'sabato',
  DOM: 'domenica',
  POM: 'pomeriggio',
  MATT: 'mattina',
  SERA: 'sera',
  COMPLETED: 'percorso concluso',
  NOT_ACCEPTED_BY_HOUSEHOLD: 'non accettato dal nucleo',
  VOLUNTEER_LEFT: 'rinuncia del volontario',
  HOUSEHOLD_MOVED: 'trasferimento del nucleo',
};

const languageNames: Readonly<Record<string, string>> = {
  ar: 'arabo',
  de: 'tedesco',
  en: 'inglese',
  es: 'spagnolo',
  fr: 'francese',
  it: 'italiano',
  pt: 'portoghese',
  uk: 'ucraino',
};

/** A code of the world in the words of a clerk: `MAR_SERA` is written "martedì sera". */
export function inWords(code: string): string {
  return (
    wordings[code] ??
    code
      .split('_')
      .map((part) => wordings[part] ?? part.toLowerCase())
      .join(' ')
  );
}

/** A language code as one association writes it: by name, or by code. */
export function languageInWords(code: string): string {
  return languageNames[code] ?? code;
}

/** The first letter large, the rest as it is: how a list begins. */
export function listInWords(codes: readonly string[]): string {
  return codes.map(inWords).join(', ');
}
