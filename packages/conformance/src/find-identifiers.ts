import { normaliseIdentifier } from '@tavolo/linkage';
import { type HttpAnswer, isRecord } from './http-answer.ts';

/** Values by which somebody would be known, as the trade writes them (domain page, A9; requirement D1). */
const forms: readonly (readonly [string, (word: string) => boolean])[] = [
  ['a codice fiscale', (word) => isOfKind('CODICE_FISCALE', word)],
  [
    'a provisional codice fiscale',
    (word) =>
      normaliseIdentifier('CODICE_FISCALE_PROVISIONAL', word)?.checkPassed === true &&
      /^\d{11}$/u.test(word),
  ],
  ['an STP or ENI code', (word) => /^(?:STP|ENI)[0-9A-Z]{6}\d{7}$/iu.test(word)],
  ['a telephone number', (word) => /^(?:(?:\+|00)39\d{6,11}|3\d{8,9})$/u.test(word)],
];

const patterns: readonly (readonly [string, RegExp])[] = [
  ['an e-mail address', /[\w.+-]+@[\w-]+\.[\w.-]*[a-z]/iu],
  [
    'a telephone number',
    /(?:\+|\b00)39[\s./-]?\d(?:[\s./-]?\d){5,10}\b|\b3\d{2}[\s./-]\d{3}[\s./-]?\d{3,4}\b/u,
  ],
  ['a CUI', /\bC\.?U\.?I\.?\b\W{1,3}(?=[0-9A-Z]*\d)[0-9A-Z]{6,12}\b/iu],
  ['a Vestanet number', /\bvestanet\b\W{1,3}(?=[0-9A-Z]*\d)[0-9A-Z]{5,16}\b/iu],
  ['a permit number', /\bpermesso\b.{0,20}\b(?=[0-9A-Z]*\d{4})[0-9A-Z]{6,16}\b/iu],
];

const maxValues = 200_000;

/** Which kind of identifier is among the values of an answer, and where; null = none. The value is not told. */
export function findIdentifiers({ json, status }: HttpAnswer): string | null {
  let seen = 0;
  const visit = (value: unknown, where: string): string | null => {
    seen += 1;
    if (seen > maxValues) return null;
    if (typeof value === 'string') {
      const kind = kindOf(value);
      return kind === null ? null : `HTTP ${status}, ${kind} at ${where}`;
    }
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((item: unknown) => ['[]', item])
      : isRecord(value)
        ? Object.entries(value)
        : [];
    for (const [name, inner] of entries) {
      // The SDL is no data: it may name kinds and quote examples.
      if (name === 'sdl') continue;
      const shown = name === '[]' || /^\w{1,64}$/u.test(name) ? name : '…';
      const found = visit(inner, name === '[]' ? `${where}[]` : `${where}.${shown}`);
      if (found !== null) return found;
    }
    return null;
  };
  return visit(json, 'answer');
}

function kindOf(text: string): string | null {
  if (text.length > 20_000) return null;
  const pattern = patterns.find(([, form]) => form.test(text));
  if (pattern !== undefined) return pattern[0];
  for (const word of text.split(/[^0-9A-Za-z+]+/u)) {
    if (word.length < 9 || word.length > 17) continue;
    const form = forms.find(([, is]) => is(word));
    if (form !== undefined) return form[0];
  }
  return null;
}

function isOfKind(kind: 'CODICE_FISCALE', word: string): boolean {
  return word.length === 16 && normaliseIdentifier(kind, word) !== null;
}
