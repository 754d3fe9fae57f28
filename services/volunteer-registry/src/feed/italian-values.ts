import { normaliseIdentifier } from '@tavolo/linkage';
import { isDay } from '@tavolo/subgraph-kit';
import { z } from 'zod';

/** Reads `dd/mm/yyyy` (also with `-` or `.`) or `yyyy-mm-dd` into `YYYY-MM-DD`; null = no such day. */
export function readItalianDay(text: string): string | null {
  const trimmed = text.trim();
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(trimmed);
  const day = parts
    ? `${parts[3] ?? ''}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[1] ?? '').padStart(2, '0')}`
    : trimmed;
  return isDay(day) ? day : null;
}

/** Reads `1.234,5`, `12,5` or `12`; null = not a number written the Italian way. */
export function readItalianNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!/^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(trimmed)) return null;
  return Number(trimmed.replaceAll('.', '').replace(',', '.'));
}

/** One spelling for words that registers write with or without accents, capitals and doubled spaces. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Splits a cell that holds a list; registers use commas, slashes and plus signs. */
export function splitList(text: string): string[] {
  return text
    .split(/[,/+|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A day that must be there. */
export const day = z.string().transform((text, context) => {
  const read = readItalianDay(text);
  if (read !== null) return read;
  context.addIssue({
    code: 'custom',
    message: text.trim() === '' ? 'is empty' : 'is not a day (dd/mm/yyyy)',
  });
  return z.NEVER;
});

/** A day that may be left empty. */
export const optionalDay = z.string().transform((text, context) => {
  if (text.trim() === '') return null;
  const read = readItalianDay(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'is not a day (dd/mm/yyyy)' });
  return z.NEVER;
});

/** A quantity that may be left empty, above zero and at most `max`. */
export function optionalQuantity(max: number) {
  return z.string().transform((text, context) => {
    if (text.trim() === '') return null;
    const read = readItalianNumber(text);
    if (read !== null && read > 0 && read <= max) return read;
    context.addIssue({
      code: 'custom',
      message: read === null ? 'is not a number (decimal comma)' : `is not between 0 and ${max}`,
    });
    return z.NEVER;
  });
}

/** A codice fiscale, definitive or provisional, in one spelling; null when empty. */
export const optionalCodiceFiscale = z.string().transform((text, context) => {
  if (text.trim() === '') return null;
  const read =
    normaliseIdentifier('CODICE_FISCALE', text) ??
    normaliseIdentifier('CODICE_FISCALE_PROVISIONAL', text);
  if (read) return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  context.addIssue({ code: 'custom', message: 'is not a codice fiscale' });
  return z.NEVER;
});

/** A code given by an office: letters, digits and a few separators; the words of a sentence are not one. */
export const officeCode = z.string().transform((text, context) => {
  const code = text.trim().toUpperCase();
  if (/^[A-Z0-9][A-Z0-9./_-]{0,31}$/.test(code)) return code;
  context.addIssue({ code: 'custom', message: code === '' ? 'is empty' : 'is not a code' });
  return z.NEVER;
});
